public import SpecSyntax

/// What makes a trial good.
public struct SearchObjective: FieldReadable {
  public enum Direction: String, Sendable, CaseIterable { case minimize, maximize }

  /// `validation.loss`, `validation.METRIC`, or a cost.
  @Located public var measure: String
  public var direction: Direction

  /// The most objectives of a search.
  static let maximumCount = 2

  /// What a network costs, which can be an objective beside a measure of validation.
  public static let costs = ["parameters", "flops", "memory", "seconds"]

  public init(reading fields: inout FieldReader) {
    let small = fields.optional(
      "minimize", .text("measure"),
      doc: """
        What is to be small: `validation.loss`, `validation.METRIC`, or a cost: `parameters`, \
        `flops`, `memory`, `seconds` of training, as \
        estimated on the machine.
        """)
    let large = fields.optional(
      "maximize", .text("measure"), doc: "What is to be large, such as `validation.accuracy`.")
    let written = large.wrappedValue == nil ? small : large
    direction = large.wrappedValue == nil ? .minimize : .maximize
    _measure = Located(
      wrappedValue: written.wrappedValue ?? "", at: written.projectedValue,
      isWritten: written.isWritten)
    if small.wrappedValue == nil, large.wrappedValue == nil {
      fields.reportMissing(
        .missingObjective(at: fields.range, path: fields.path), or: ["minimize", "maximize"])
    }
    if small.wrappedValue != nil, large.wrappedValue != nil,
      let key = fields.keyNode("maximize"), let other = fields.keyNode("minimize")
    {
      fields.report(
        .exclusiveKeys(
          key, with: other, because: "two objectives are a list of two",
          path: fields.path.key("maximize")))
    }
  }

  public init(_ measure: String, _ direction: Direction) {
    _measure = Located(wrappedValue: measure)
    self.direction = direction
  }

  private init(_ measure: Located<String>) {
    _measure = measure
    direction = Self.direction(of: measure.wrappedValue)
  }

  /// The better direction of a measure.
  static func direction(of measure: String) -> Direction {
    let name = measure.hasPrefix("validation.") ? String(measure.dropFirst(11)) : measure
    return MetricName.named(name)?.isLargerBetter == true ? .maximize : .minimize
  }

  /// Whether it is a cost of the network, known without a measure on validation rows.
  public var isCost: Bool { Self.costs.contains(measure) }

  /// The metric after `validation.`.
  public var metric: String? {
    measure.hasPrefix("validation.") ? String(measure.dropFirst(11)) : nil
  }

  /// A bare measure goes the way that is better.
  static let type = FieldType<SearchObjective>.scalarOr(
    FieldType<String>.text("measure").located, .section(show: { $0.text }),
    first: { SearchObjective($0) }, second: { $0 }, show: { $0.text })

  /// As it would be written in a flow mapping.
  var text: String { "{\(direction.rawValue): \(scalarText(measure))}" }
}
