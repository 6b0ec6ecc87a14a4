#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tables

extension TrainedModel {
  /// What a file says about the model in texts: where it came from, what it takes and predicts.
  var sharedFacts: [String: String] {
    var facts = facts
    facts["version"] = version
    facts["name"] = name
    facts["target"] = json(target.columns)
    facts["inputs"] = json(features.features.map(InputFact.init))
    if let classes { facts["classes"] = json(classes) }
    if !levels.isEmpty { facts["levels"] = json(levels) }
    return facts
  }

  /// The fitted preprocessing as a run folder has it.
  var preprocessingText: String {
    json(FittedTexts(features: features, target: target))
  }

  private struct FittedTexts: Encodable {
    var features: FeatureEncoder
    var target: TargetEncoder
  }

  /// A column that the model takes.
  private struct InputFact: Encodable {
    var column: String
    var kind: String

    init(_ feature: FittedFeature) {
      (column, kind) = (feature.plan.column, feature.plan.kind.rawValue)
    }
  }
}

/// A value as JSON in one line, keys in order.
func json(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("texts and finite numbers can be written as JSON")
  }
  return String(decoding: data, as: UTF8.self)
}
