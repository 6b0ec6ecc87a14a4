public import SpecSyntax

/// A number of a rule that a project's configuration may set: a threshold.
///
/// One declaration gives reading, default, `plumb explain` and `plumb config show`.
public struct RuleOption: Sendable {
  public let name: String
  public let defaultValue: Double
  /// What it is, in a sentence.
  public let doc: String
  private let isWhole: Bool

  /// A number above 0.
  static func number(_ name: String, default value: Double, _ doc: String) -> RuleOption {
    RuleOption(name: name, defaultValue: value, doc: doc, isWhole: false)
  }

  /// A whole number of at least 1.
  static func count(_ name: String, default value: Int, _ doc: String) -> RuleOption {
    RuleOption(name: name, defaultValue: Double(value), doc: doc, isWhole: true)
  }

  /// Reads the option from the settings of its rule.
  public func read(_ fields: inout FieldReader) -> Located<Double> {
    guard isWhole else {
      return fields.field(name, .positive, default: defaultValue, doc: doc)
    }
    let count = fields.field(
      name, FieldType<Int>.positive, default: Int(defaultValue), doc: doc)
    return Located(
      wrappedValue: Double(count.wrappedValue), at: count.projectedValue,
      isWritten: count.isWritten)
  }

  /// "default 2: …", for explanations.
  var words: String { "default \(numberText(defaultValue)): \(doc)" }
}

/// What a project's configuration says to the rules.
public struct RuleSettings: Sendable, Hashable {
  /// How the recommended width is chosen.
  public var sizing: SizingChoice
  /// The options that differ from their defaults, by the rule's code and their name.
  public var options: [String: [String: Double]]
  /// The codes of the rules that are not reported.
  public var off: Set<String>

  public init(
    sizing: SizingChoice = .measured, options: [String: [String: Double]] = [:],
    off: Set<String> = []
  ) {
    self.sizing = sizing
    self.options = options
    self.off = off
  }

  /// Every rule as it stands.
  public static let standard = RuleSettings()
}

/// How the sizing rules choose the width that they recommend.
public enum SizingChoice: String, Sendable, CaseIterable {
  /// Two thirds of the inputs plus the outputs, kept within what was measured to hold.
  case measured
  /// Two thirds of the inputs plus the outputs, whatever comes out.
  case classic
}
