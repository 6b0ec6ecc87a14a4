import NetworkGraph
import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite("names of other programs")
struct SynonymTests {
  struct Family: Sendable, CustomTestStringConvertible {
    var kind: String
    var table: [String: ForeignName]
    var names: [String]
    var testDescription: String { kind }
  }

  static let families: [Family] = [
    Family(kind: "loss", table: Losses.synonyms, names: Losses.all.map { $0.name }),
    Family(kind: "optimizer", table: Optimizers.synonyms, names: Optimizers.all.map { $0.name }),
    Family(kind: "schedule", table: Schedules.synonyms, names: Schedules.all.map { $0.name }),
    Family(
      kind: "initializer", table: Initializers.synonyms, names: Initializers.all.map { $0.name }),
    Family(kind: "operation", table: Ops.synonyms, names: Ops.all.map { $0.name } + ["linear"]),
    Family(
      kind: "activation", table: Ops.activationSynonyms,
      names: Ops.activations.map { $0.name } + ["linear"]),
    Family(
      kind: "embedding", table: embeddingSynonyms, names: NumericEmbedding.variants.map(\.name)),
    Family(kind: "weight averaging", table: averagingSynonyms, names: ["ema", "swa"]),
    Family(kind: "metric", table: MetricName.synonyms, names: MetricName.all.map(\.name)),
    Family(kind: "choice", table: choiceSynonyms, names: Array(choices)),
    Family(kind: "key", table: keySynonyms, names: Array(keys)),
  ]

  @Test("lead to names that exist, or to words", arguments: families)
  func targets(family: Family) {
    for (foreign, name) in family.table {
      #expect(!name.names.isEmpty || name.words?.isEmpty == false, "\(foreign)")
      for target in name.names {
        #expect(family.names.contains(target), "\(foreign) → \(target)")
      }
    }
  }

  @Test("are written as they are looked up, and are not our own", arguments: families)
  func spelling(family: Family) {
    for foreign in family.table.keys {
      #expect(Synonyms.normalised(foreign) == foreign)
      if !["key", "choice"].contains(family.kind) {
        // As an activation, `linear` is also an operation's name that is missing.
        #expect(!family.names.contains(foreign) || foreign == "linear", "\(foreign)")
      }
    }
    #expect(!family.table.isEmpty)
  }

  /// Every key of the language, alone and with its path.
  private static let keys: Set<String> = {
    var found: Set<String> = ["kind"]
    func walk(_ fields: [FieldDescription], _ path: String) {
      for field in fields where !field.name.isEmpty {
        found.insert(field.name)
        found.insert(path + field.name)
        walk(fieldsBelow(field.type), path + field.name + ".")
      }
    }
    func fieldsBelow(_ type: TypeDescription) -> [FieldDescription] {
      switch type {
      case .map(let item), .auto(let item), .optional(let item): fieldsBelow(item)
      case .either(let first, let second): fieldsBelow(first) + fieldsBelow(second)
      default: type.fields
      }
    }
    walk(FieldReader.describe(Spec.self), "")
    for member in Ops.variants.map(\.description) { walk(member.fields, member.name + ".") }
    return found.union(["name", "from"])
  }()

  /// Every value of a key that is one of several words.
  private static let choices: Set<String> = {
    var found: Set<String> = []
    func walk(_ type: TypeDescription) {
      switch type {
      case .choice(let choices): found.formUnion(choices.map(\.name))
      case .section(let fields): for field in fields { walk(field.type) }
      case .variant(_, let members): for field in members.flatMap(\.fields) { walk(field.type) }
      case .auto(let type), .optional(let type), .list(let type), .map(let type): walk(type)
      case .either(let first, let second):
        walk(first)
        walk(second)
      case .integer, .number, .share, .boolean, .text, .anything: break
      }
    }
    walk(.section(FieldReader.describe(Spec.self)))
    for member in Ops.variants.map(\.description) { walk(.section(member.fields)) }
    return found
  }()
}
