public import SpecSyntax
public import Tables

/// The table, its target and how its columns become inputs.
public struct DataSection: FieldReadable {
  @Located public var source: String
  /// The label file of an IDX or NPY file.
  @Located public var labels: String?
  /// The profile that stands in for the table where there is none.
  @Located public var profile: String?
  /// The sizes of one example, for images: channels, height, width.
  @Located public var shape: [Int]?
  public var format: FormatSection
  @Located public var target: [String]
  @Located public var task: Setting<TaskKind>
  @Located public var features: [NamedValue<FeatureSpec>]?
  @Located public var ignore: [String]
  public var numeric: NumericSection
  public var category: CategorySection
  @Located public var targetScale: Setting<TargetScale>
  public var split: SplitSection

  public init(reading fields: inout FieldReader) {
    _source = fields.required(
      "source", .text("path"),
      doc: "The table, relative to this file: CSV, TSV, IDX, NPY, or gzip of one.")
    _labels = fields.optional(
      "labels", .text("path"), doc: "The label file that belongs to an IDX or NPY file.")
    _profile = fields.optional(
      "profile", .text("path"),
      doc: """
        Facts about the table that `plumb profile` wrote, so that specs can be checked where the \
        table is not.
        """)
    _shape = fields.optional(
      "shape", .list(of: .positive),
      doc: """
        Sizes of one example: channels, height, width of images, channels and length of series. \
        The columns fill them in order, the last size fastest. Without it a table is a flat row, \
        and IDX images have one channel of the sizes in their file.
        """)
    format = fields.section(
      "format", FormatSection.self,
      doc: "How the table is written. Everything is detected; what stands here is pinned.")
    _target = fields.field(
      "target", .list(of: .text("column name")), default: [],
      doc: "The column to predict, or a list of numeric columns.")
    _task = fields.auto(
      "task", .choice(TaskKind.choices), doc: "What is predicted: a class or a number.")
    _features = fields.optional(
      "features", FeatureSpec.listOrMap,
      doc: """
        The columns used as inputs, as a list of names or a mapping to their kinds. Without it, \
        every column that is neither target nor ignored nor useless.
        """)
    _ignore = fields.field(
      "ignore", .list(of: .text("column name")), default: [],
      doc: "Columns that are not inputs: identifiers, text, what would give the target away.")
    numeric = fields.section(
      "numeric", NumericSection.self, doc: "How numeric columns become inputs.")
    category = fields.section(
      "category", CategorySection.self, doc: "How categories become inputs.")
    _targetScale = fields.auto(
      "target_scale", .choice(TargetScale.choices),
      doc: "How a numeric target is scaled for training; predictions are scaled back.")
    split = fields.section(
      "split", SplitSection.self, doc: "Which rows validate and test the network.")
    checkRelations(&fields)
  }

  private func checkRelations(_ fields: inout FieldReader) {
    if shape != nil, numeric.embed != .none, let key = fields.keyNode("numeric") {
      fields.report(
        .noEffect(
          key, because: "the inputs of a `shape` are not embedded one by one",
          path: fields.path.key("numeric"), secondary: [Label($shape, "the sizes of one example")]))
    }
    guard labels == nil, target.isEmpty else { return }
    if fields.node("source") != nil || fields.node("target") != nil {
      fields.reportMissing(
        .missingTarget(at: $source, path: fields.path.key("target")), or: ["labels"])
    }
  }
}

/// What a spec predicts.
public enum TaskKind: String, Sendable, CaseIterable, Codable {
  case classification, regression

  static let choices: [(name: String, value: TaskKind, doc: String)] = [
    ("classification", .classification, "the target is one of several classes"),
    ("regression", .regression, "the target is a number"),
  ]
}

extension TargetScale {
  static let choices: [(name: String, value: TargetScale, doc: String)] = [
    ("standard", .standard, "zero mean and unit variance on the training rows"),
    ("log", .log, "log(1 + y), then standard; for strongly skewed positive targets"),
    ("none", .none, "as it is"),
  ]
}
