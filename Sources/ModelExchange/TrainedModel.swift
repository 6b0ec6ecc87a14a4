public import NetworkGraph
public import Tables

/// A trained network with what was fitted around it: all that another program needs to predict.
public struct TrainedModel: Sendable {
  /// What the model is called in files.
  public var name: String
  /// The version of the program that writes it.
  public var version: String
  public var graph: Graph
  /// Parameters and running statistics by name: `hidden1.weight`.
  public var tensors: [SafeTensors.Tensor]
  public var features: FeatureEncoder
  public var target: TargetEncoder
  /// What turns outputs into predictions.
  public var link: Link
  /// The levels of the quantiles that are predicted, ascending; empty where there are none.
  public var levels: [Double]
  /// Whether the columns are the values of an image or a series, which has no columns of its own.
  public var isImage: Bool
  /// Cells that stand for a missing value.
  public var missing: [String]
  /// Texts that travel with the model: where it came from.
  public var facts: [String: String]

  public init(
    name: String, version: String, graph: Graph, tensors: [SafeTensors.Tensor],
    features: FeatureEncoder, target: TargetEncoder, link: Link, levels: [Double] = [],
    isImage: Bool = false, missing: [String] = [], facts: [String: String] = [:]
  ) {
    (self.name, self.version, self.graph, self.tensors) = (name, version, graph, tensors)
    (self.features, self.target, self.link, self.levels) = (features, target, link, levels)
    (self.isImage, self.missing, self.facts) = (isImage, missing, facts)
  }

  /// Whether the model's input is one tensor in place of a column each: an image or a series whose
  /// values are all plain numbers.
  var takesTensor: Bool {
    isImage
      && features.features.allSatisfy { feature in
        guard case .number(let fit) = feature.encoding else { return false }
        return feature.width == 1 && fit.knots.isEmpty
      }
  }

  /// The classes by name; nil where numbers are predicted.
  var classes: [String]? {
    guard case .classes(_, let levels) = target.target else { return nil }
    return levels
  }
}

/// Why a model cannot be written in a format.
public struct ExportError: Error, Sendable, Hashable {
  /// Lower case, no full stop, code in backticks.
  public var message: String
  /// What to do about it.
  public var hint: String?

  init(_ message: String, hint: String? = nil) {
    (self.message, self.hint) = (message, hint)
  }

  /// An operation that a format has no translation of.
  static func untranslated(_ node: Graph.Node, format: String) -> ExportError {
    ExportError(
      "the operation `\(node.op.name)` of layer `\(node.name)` cannot be written as \(format)",
      hint: "`--to safetensors` writes the weights of any network")
  }
}
