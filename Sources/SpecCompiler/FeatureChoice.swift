import SpecSyntax
public import Tables

/// What becomes of each column: an input of some kind, the target, or nothing, and why.
public struct FeatureChoice: Sendable {
  public struct Column: Sendable {
    public var name: String
    public var use: FeatureSpec.Use
    /// Why, in words.
    public var reason: String

    /// Whether another key says what becomes of the column.
    var isNamedElsewhere: Bool { reason == Self.target || reason == Self.ignored }

    static let target = "it is the target"
    static let ignored = "listed in `ignore`"
  }

  /// Every column of the table, in its order.
  public var columns: [Column]
  /// The inputs, in the table's order.
  public var plans: [FeaturePlan]

  /// Chooses from what the author wrote, and from the table where the spec is silent.
  ///
  /// The pixels of images are all inputs, because their places matter.
  public init(_ data: DataSection, profile: DataProfile, isImage: Bool = false) {
    columns = profile.columns.map { column in
      let choice = Self.choose(column, data)
      guard isImage, !choice.isNamedElsewhere else { return choice }
      return Column(name: column.name, use: .numeric, reason: "a pixel")
    }
    var plans: [FeaturePlan] = []
    for column in columns {
      guard let kind = column.use.planKind else { continue }
      let spec = data.features?.first { $0.name == column.name }?.value
      plans.append(
        FeaturePlan(
          column: column.name, kind: kind, impute: spec?.impute ?? data.numeric.impute,
          scale: spec?.scale ?? data.numeric.scale, unknown: data.category.unknown))
    }
    self.plans = plans
  }

  private static func choose(_ column: ColumnProfile, _ data: DataSection) -> Column {
    func chosen(_ use: FeatureSpec.Use, _ reason: String) -> Column {
      Column(name: column.name, use: use, reason: reason)
    }
    if data.target.contains(column.name) { return chosen(.ignore, Column.target) }
    if data.labels != nil, column.name == "label" { return chosen(.ignore, Column.target) }
    if data.ignore.contains(column.name) { return chosen(.ignore, Column.ignored) }
    if let features = data.features {
      guard let spec = features.first(where: { $0.name == column.name }) else {
        return chosen(.ignore, "not listed in `features`")
      }
      if spec.value.use != .auto { return chosen(spec.value.use, "written in the spec") }
    }
    switch column.type {
    case .numeric: return chosen(.numeric, column.evidence)
    case .category: return chosen(.category, column.evidence)
    case .boolean: return chosen(.boolean, column.evidence)
    case .date: return chosen(.date, column.evidence)
    case .text: return chosen(.ignore, "free text: \(column.evidence)")
    case .identifier: return chosen(.ignore, "names the row: \(column.evidence)")
    case .constant:
      // Without its constant places, an image would not have the sizes that `shape` gives.
      if data.shape != nil, column.minimum != nil { return chosen(.numeric, "a place in `shape`") }
      return chosen(.ignore, "never varies: \(column.evidence)")
    }
  }
}

extension FeatureSpec.Use {
  /// How the column is encoded; nil where it is not an input.
  var planKind: FeaturePlan.Kind? {
    switch self {
    case .numeric: .numeric
    case .category: .category
    case .boolean: .boolean
    case .date: .date
    case .auto, .ignore: nil
    }
  }

  /// The column type that the table reader shall read.
  var columnType: ColumnType? {
    switch self {
    case .numeric: .numeric
    case .category: .category
    case .boolean: .boolean
    case .date: .date
    case .auto, .ignore: nil
    }
  }
}

extension DataSection {
  /// What the table reader has to know.
  public var tableOptions: TableOptions {
    var options = format.options
    for feature in features ?? [] {
      guard let type = feature.value.use.columnType else { continue }
      options.types[feature.name] = type
    }
    if case .value(.classification) = task, target.count == 1, options.types[target[0]] == nil {
      options.types[target[0]] = .category
    }
    return options
  }
}
