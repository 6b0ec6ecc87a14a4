public import SpecSyntax

/// What a searched key may be: numbers between two ends, or one of some values.
public struct SearchedKey: FieldReadable {
  public enum Scale: String, Sendable, CaseIterable {
    case linear, log

    static let choices: [(name: String, value: Scale, doc: String)] = [
      ("linear", .linear, "equal differences count alike"),
      ("log", .log, "equal factors count alike: from 1 to 10 is as far as from 10 to 100"),
    ]
  }

  /// The least and the greatest.
  @Located public var real: [Located<Double>]?
  @Located public var integer: [Located<Int>]?
  @Located public var choice: [Node]?
  @Located public var scale: Scale
  @Located public var step: Double?
  /// Of another searched key, the values beside which this one is searched at all.
  @Located public var condition: [NamedValue<Node>]
  /// Where it stands.
  public let range: SourceRange
  public let path: SpecPath

  /// Numbers whose differences are numbers.
  private static let reals = NumberRange(lower: .including(-1e100), upper: .including(1e100))

  public init(reading fields: inout FieldReader) {
    _real = fields.optional(
      "real", .pair(of: .number(Self.reals)), doc: "The least and the greatest of real numbers.")
    _integer = fields.optional(
      "integer", .pair(of: .integer(-2_147_483_647...2_147_483_647)),
      doc: "The least and the greatest of whole numbers.")
    _choice = fields.optional(
      "choice", .values,
      doc: "The values themselves, each as it would stand after the key.")
    _scale = fields.field(
      "scale", .choice(Scale.choices), default: .linear, doc: "How numbers lie between the ends.")
    _step = fields.optional(
      "step", .number(.above(0, atMost: 1e9)),
      doc: "The distance of neighbouring numbers, from the least; 1 for whole numbers.")
    _condition = fields.field(
      "when", .map(of: .anything), default: [],
      doc: """
        Another searched key, above this one, with the value, or a list of the values, beside \
        which this key is searched at all. A bare name stands for the member of a family, \
        whatever its fields.
        """)
    range = fields.range
    path = fields.path
    checkRelations(&fields)
  }

  /// A list stands for a choice.
  static let type = FieldType<SearchedKey>.section(listKey: "choice", show: { $0.text })

  /// As it would be written in a flow mapping.
  var text: String {
    var parts: [String] = []
    if let real { parts.append("real: \(list(real.map { numberText($0.wrappedValue) }))") }
    if let integer { parts.append("integer: \(list(integer.map { String($0.wrappedValue) }))") }
    if let choice { parts.append("choice: \(list(choice.map { JSONValue($0).yamlText }))") }
    if scale == .log { parts.append("scale: log") }
    if let step { parts.append("step: \(numberText(step))") }
    if !condition.isEmpty {
      let entries = condition.map { "\(scalarText($0.name)): \(JSONValue($0.value).yamlText)" }
      parts.append("when: {\(entries.joined(separator: ", "))}")
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  private func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

  private func checkRelations(_ fields: inout FieldReader) {
    let domains = ["real", "integer", "choice"].filter {
      fields.node($0).map { $0.scalar?.isNull != true && $0.scalar?.text != "none" } ?? false
    }
    guard let domain = domains.first else {
      fields.reportMissing(
        .missingDomain(at: fields.range, path: fields.path), or: ["real", "integer", "choice"])
      return
    }
    for other in domains.dropFirst() {
      guard let key = fields.keyNode(other), let first = fields.keyNode(domain) else { continue }
      fields.report(
        .exclusiveKeys(
          key, with: first, because: "a key is searched among numbers or among values",
          path: fields.path.key(other)))
    }
    for name in ["scale", "step"] where domain == "choice" {
      guard let key = fields.keyNode(name) else { continue }
      fields.report(
        .noEffect(key, because: "a choice has no order", path: fields.path.key(name)))
    }
    if scale == .log, step != nil, domain != "choice", let key = fields.keyNode("step"),
      let other = fields.keyNode("scale")
    {
      fields.report(
        .exclusiveKeys(
          key, with: other, because: "steps are equal differences, and a log scale equal factors",
          path: fields.path.key("step")))
    }
  }
}
