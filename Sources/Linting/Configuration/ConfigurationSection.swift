import SpecCompiler
public import SpecSyntax

/// `.plumb.yaml` as it is written: every key with its place.
struct ConfigurationSection: FieldReadable {
  var bases: Located<[Located<String>]>
  var rules: RulesSection
  var perFile: Located<[NamedValue<RulesSection>]>
  var exclude: Located<[Located<String>]>
  var failOn: Located<FailThreshold>
  var maxWarnings: Located<Int?>
  var baseline: Located<String?>
  var advice: AdviceSection

  init(reading fields: inout FieldReader) {
    bases = fields.field(
      "extends", .list(of: FieldType<String>.text("path").located), default: [],
      doc: "Configurations whose values hold where this one is silent, relative to this file.")
    rules = fields.section(
      "rules", RulesSection.self, doc: "The level of each rule or group, and a rule's options.")
    perFile = fields.field(
      "per_file", .map(of: .section(show: { $0.text })), default: [],
      doc: "For files that a pattern matches, `rules` of their own.")
    exclude = fields.field(
      "exclude", .list(of: FieldType<String>.text("pattern").located), default: [],
      doc: "What is passed over in folders, as in .gitignore, relative to this file.")
    failOn = fields.field(
      "fail_on", .choice(FailThreshold.allCases.map { ($0.rawValue, $0, $0.meaning) }),
      default: .error, doc: "The least level that makes the exit code 1.")
    maxWarnings = fields.optional(
      "max_warnings", .nonNegative, doc: "More warnings than this make the exit code 1.")
    baseline = fields.optional(
      "baseline", .text("path"),
      doc: "A file of findings that are not reported, relative to this file.")
    advice = fields.section("advice", AdviceSection.self, doc: "How advice is given.")
  }
}

/// The least level that makes a check fail.
public enum FailThreshold: String, Sendable, CaseIterable {
  case error, warning, advice, never

  /// Nil where nothing fails.
  public var level: Level? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .advice: .advice
    case .never: nil
    }
  }

  fileprivate var meaning: String {
    self == .never ? "Findings never fail." : "Fails from this level on."
  }
}

/// How advice is given.
struct AdviceSection: FieldReadable {
  var sizing: Located<SizingChoice>

  init(reading fields: inout FieldReader) {
    sizing = fields.field(
      "sizing",
      .choice([
        ("measured", .measured, "Two thirds of the inputs plus the outputs, kept within limits."),
        ("classic", .classic, "Two thirds of the inputs plus the outputs alone."),
      ]), default: .measured, doc: "How an open `hidden_layers` is decided and widths are judged.")
  }
}

/// `rules`: kinds of finding and groups of them, each with a level or a mapping of its own.
struct RulesSection: FieldReadable {
  struct Entry: Sendable {
    var selector: RuleSelector
    var setting: RuleSection
  }

  private(set) var entries: [Entry] = []

  init(reading fields: inout FieldReader) {
    var seen: [RuleSelector: String] = [:]
    for key in fields.keys {
      guard let node = fields.node(key), let keyNode = fields.keyNode(key) else { continue }
      let path = fields.path.key(key)
      let setting = fields.section(
        key, RuleSection.self, shorthand: "level", doc: "The level of this rule or group.")
      guard let selector = RuleSelector(key) else {
        fields.report(
          .unknownRule(key, groups: RuleSelector.groups, at: keyNode.range, path: path))
        continue
      }
      if node.scalar?.isNull == true || node.scalar?.text == "auto" {
        fields.report(.ruleWithoutLevel(at: node.range, path: path))
      }
      if let other = seen[selector], let otherNode = fields.keyNode(other) {
        fields.report(
          .exclusiveKeys(
            keyNode, with: otherNode, because: "both name the same rule", path: path))
      }
      seen[selector] = key
      entries.append(Entry(selector: selector, setting: setting))
    }
  }

  var text: String { "{\(entries.count) rules}" }
}

/// What a configuration says of one rule: its level, and its options where it has some.
struct RuleSection: FieldReadable {
  var level: Located<LevelSetting>
  /// The options that are written.
  private(set) var options: [(name: String, value: Located<Double>)] = []

  init(reading fields: inout FieldReader) {
    level = fields.field(
      "level", .choice(LevelSetting.allCases.map { ($0.rawValue, $0, "") }), default: .standard,
      doc: "`off`, a level, or `default`.")
    guard case .key(let name)? = fields.path.steps.last, let code = FindingNames.code(of: name)
    else { return }
    let setting = level.wrappedValue
    if setting != .error, setting != .standard, !code.isAdjustable {
      fields.report(
        .loweredError(
          code, to: setting.rawValue, at: level.projectedValue, path: fields.path.key("level")))
    }
    for option in Rules.named(code.code)?.options ?? [] {
      let value = option.read(&fields)
      if value.isWritten { options.append((option.name, value)) }
    }
  }
}
