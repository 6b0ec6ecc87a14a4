/// How many hidden neurons: three rules of thumb, what measurement says of them, and one answer.
///
/// `inputs` is the width the network really sees, after encoding.
public struct Sizing: Sendable, Encodable, Equatable {
  public let inputs: Int
  public let outputs: Int
  /// Rows of the table, if it was read.
  public let rows: Int?
  public let rules: [SizingRule]
  /// Neurons of the one hidden layer to begin with.
  public let recommended: Int
  /// What decides: the rule or its guard rail.
  public let reason: String
  /// Other widths worth a measured trial.
  public let alternatives: [Int]
  /// Where the rules of thumb exclude one another.
  public let contradictions: [String]
  /// Parameters of a network with the recommended layer.
  public let parameters: Int
  /// Published networks, tuned for tables that are most like this one.
  public let published: [PublishedNetwork]
  /// The trial of a linear model, where one was measured and suffices; then no hidden layer is
  /// needed.
  public let linear: LinearTrial?

  /// The table for a network; rows decide how far the upper rail lies.
  public init(
    inputs: Int, outputs: Int, rows: Int? = nil, choice: SizingChoice = .measured,
    linear: LinearTrial? = nil
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    let rails = Sizing.rails(rows: rows)
    let raw = Sizing.twoThirds(inputs: inputs, outputs: outputs)
    recommended = Sizing.width(raw: raw, rails: rails, choice)
    rules = Sizing.rules(inputs: inputs, outputs: outputs, rails: rails)
    reason = Sizing.reason(raw: raw, rails: rails, choice)
    alternatives = Sizing.alternatives(raw: raw, rails: rails, recommended: recommended)
    contradictions = Sizing.contradictions(inputs: inputs, outputs: outputs, raw: raw)
    parameters = (inputs + 1) * recommended + (recommended + 1) * outputs
    published = PublishedNetwork.nearest(inputs: inputs, outputs: outputs, rows: rows)
    self.linear = linear
  }

  /// Two thirds of the inputs plus the outputs, rounded.
  static func twoThirds(inputs: Int, outputs: Int) -> Int {
    Int((2 * Double(inputs) / 3 + Double(outputs)).rounded())
  }

  /// Where the two-thirds rule was measured to hold: 32 to 64 units, to 128 from 5,000 rows.
  static func rails(rows: Int?) -> ClosedRange<Int> {
    32...((rows ?? 0) >= 5_000 ? 128 : 64)
  }
}

/// One line of the sizing table.
public struct SizingRule: Sendable, Encodable, Equatable {
  /// The rule that speaks of it in a spec.
  public let code: String
  public let title: String
  /// The range it allows; an end that is nil is open.
  public let low: Int?
  public let high: Int?
  /// The one value it names.
  public let value: Int?
  /// How it comes to its value or limit: `2/3 · 30 + 1`.
  public let arithmetic: String
  /// What it lost on thirteen public tables against each table's best width.
  public let evidence: String

  /// The value or the range, as a table shows it.
  var text: String {
    let steps = arithmetic.isEmpty ? "" : "\(arithmetic) = "
    if let value { return "\(steps)\(value)" }
    guard let low, let high else { return "\(steps)\(high ?? 0) at most" }
    return "\(low) … \(high)"
  }
}

extension Sizing {
  private static func rules(
    inputs: Int, outputs: Int, rails: ClosedRange<Int>
  ) -> [SizingRule] {
    let raw = twoThirds(inputs: inputs, outputs: outputs)
    return [
      SizingRule(
        code: "A204", title: "between output and input", low: min(inputs, outputs),
        high: max(inputs, outputs), value: nil, arithmetic: "",
        evidence: "loses 3.1 % (worst 13 %)"),
      SizingRule(
        code: "A203", title: "two thirds of input, plus output", low: nil, high: nil, value: raw,
        arithmetic: "2/3 · \(inputs) + \(outputs)", evidence: "loses 3.1 % (worst 18 %)"),
      SizingRule(
        code: "A205", title: "less than twice the input", low: nil, high: 2 * inputs - 1,
        value: nil, arithmetic: "2 · \(inputs) − 1",
        evidence: "loses 6.2 % at the limit (worst 55 %)"),
      SizingRule(
        code: "A203", title: "two thirds, kept within 32 and \(rails.upperBound)", low: nil,
        high: nil, value: width(raw: raw, rails: rails, .measured),
        arithmetic: "", evidence: rails.upperBound > 64
          ? "loses 0.7 % (worst 4.8 %)" : "loses 0.4 % (worst 1.9 %)"),
    ]
  }

  private static func width(
    raw: Int, rails: ClosedRange<Int>, _ choice: SizingChoice
  ) -> Int {
    switch choice {
    case .measured: min(max(raw, rails.lowerBound), rails.upperBound)
    case .classic: max(raw, 1)
    }
  }

  private static func reason(
    raw: Int, rails: ClosedRange<Int>, _ choice: SizingChoice
  ) -> String {
    if choice == .classic { return "the rule alone decides, as `sizing: classic` asks" }
    if raw < rails.lowerBound {
      return "the guard rail decides: under \(rails.lowerBound) units networks learn slowly"
    }
    if raw > rails.upperBound {
      return """
        the guard rail decides: over \(rails.upperBound) units most tables gain nothing, and few \
        rows make wide networks over-confident
        """
    }
    return "the rule decides: it lies within \(rails.lowerBound) and \(rails.upperBound)"
  }

  /// The raw rule and the rails, without what is recommended; 256 is the widest network that was
  /// measured on every table.
  private static func alternatives(
    raw: Int, rails: ClosedRange<Int>, recommended: Int
  ) -> [Int] {
    let candidates = [min(raw, 256), rails.lowerBound, rails.upperBound]
    return Set(candidates).subtracting([recommended]).sorted()
  }

  private static func contradictions(inputs: Int, outputs: Int, raw: Int) -> [String] {
    let (low, high, limit) = (min(inputs, outputs), max(inputs, outputs), 2 * inputs - 1)
    var found: [String] = []
    if raw < low || raw > high {
      found.append(
        "two thirds of the inputs plus the outputs, \(raw), lies outside \(low) … \(high)")
    }
    if raw > limit {
      found.append(
        "two thirds of the inputs plus the outputs, \(raw), is not under twice the inputs, "
          + "\(2 * inputs)")
    }
    if high > limit {
      found.append("between output and input allows \(high), twice the inputs only \(limit)")
    }
    return found
  }
}
