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
  private let isImage: Bool

  /// Chooses from what the author wrote, and from the table where the spec is silent.
  ///
  /// The pixels of images are all inputs, because their places matter.
  public init(_ data: DataSection, profile: DataProfile, isImage: Bool = false) {
    self.isImage = isImage
    let named = Self.named(data, profile)
    columns = profile.columns.map { column in
      let choice = Self.choose(column, data, named)
      guard isImage, !choice.isNamedElsewhere else { return choice }
      return Column(name: column.name, use: .numeric, reason: "a pixel")
    }
    plans = Self.plans(columns, data, profile, isRow: !isImage && data.shape == nil)
  }

  /// Plans the same columns anew, for a spec of which more has been decided.
  mutating func plan(for data: DataSection, profile: DataProfile) {
    plans = Self.plans(columns, data, profile, isRow: !isImage && data.shape == nil)
  }

  private static func plans(
    _ columns: [Column], _ data: DataSection, _ profile: DataProfile, isRow: Bool
  ) -> [FeaturePlan] {
    let specs = named(data, profile)
    return zip(columns, profile.columns).compactMap { column, facts in
      guard let kind = column.use.planKind else { return nil }
      let spec = specs[column.name]
      var plan = FeaturePlan(
        column: column.name, kind: kind, impute: spec?.impute.value ?? data.numeric.impute,
        scale: spec?.scale.value ?? data.numeric.scale,
        clip: spec?.clip.value ?? data.numeric.clip, unknown: data.category.unknown)
      if isRow { plan.form = form(of: facts, kind, spec, data) }
      plan.room = FeatureEncoder.width(of: plan, column: facts)
      return plan
    }
  }

  /// What the author says about columns that there are, by their names.
  private static func named(_ data: DataSection, _ profile: DataProfile) -> [String: FeatureSpec] {
    var named: [String: FeatureSpec] = [:]
    for feature in data.features ?? []
    where profile.hasColumn(feature.name) && named[feature.name] == nil {
      named[feature.name] = feature.value
    }
    return named
  }

  private static func form(
    of column: ColumnProfile, _ kind: FeaturePlan.Kind, _ spec: FeatureSpec?, _ data: DataSection
  ) -> FeaturePlan.Form {
    switch kind {
    case .category:
      guard (spec?.encode.value ?? data.category.encode.value) == .embedding else { return .plain }
      return .index(levels: column.distinct + (data.category.unknown == .ownLevel ? 1 : 0))
    case .numeric:
      guard case .piecewiseLinear(let settings) = spec?.embed.value ?? data.numeric.embed else {
        return .plain
      }
      // A dense layer for each column needs as many bins of all; else no bin has to stay empty.
      guard settings.size == nil else { return .bins(settings.bins) }
      return .bins(min(settings.bins, max(1, column.distinct - 1)))
    case .boolean, .date: return .plain
    }
  }

  private static func choose(
    _ column: ColumnProfile, _ data: DataSection, _ named: [String: FeatureSpec]
  ) -> Column {
    func chosen(_ use: FeatureSpec.Use, _ reason: String) -> Column {
      Column(name: column.name, use: use, reason: reason)
    }
    if data.target.contains(column.name) { return chosen(.ignore, Column.target) }
    if data.labels != nil, column.name == "label" { return chosen(.ignore, Column.target) }
    if data.ignore.contains(column.name) { return chosen(.ignore, Column.ignored) }
    if data.features != nil {
      guard let spec = named[column.name] else {
        return chosen(.ignore, "not listed in `features`")
      }
      if spec.use != .auto { return chosen(spec.use, "written in the spec") }
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
