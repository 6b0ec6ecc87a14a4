public import SpecSyntax
public import Tables

/// How one column is used.
public struct FeatureSpec: FieldReadable, Equatable {
  public enum Use: String, Sendable, CaseIterable {
    case auto, numeric, category, boolean, date, ignore

    static let choices: [(name: String, value: Use, doc: String)] = [
      ("auto", .auto, "as the table shows"),
      ("numeric", .numeric, "a number"),
      ("category", .category, "one of several levels, without order"),
      ("boolean", .boolean, "true or false"),
      ("date", .date, "a date or a time, taken apart"),
      ("ignore", .ignore, "not an input"),
    ]
  }

  @Located public var use: Use
  // What is `auto` is as `data.numeric` and `data.category` say.
  @Located public var impute: Setting<Impute>
  @Located public var scale: Setting<FeatureScale>
  @Located public var clip: Setting<FeatureClip>
  @Located public var embed: Setting<NumericEmbedding>
  @Located public var encode: Setting<CategorySection.Encoding>
  @Located public var size: Setting<Int>

  public init(reading fields: inout FieldReader) {
    _use = fields.field(
      "type", Self.useType, default: .auto, doc: "What the column holds.")
    _impute = fields.auto(
      "impute", Self.imputeType, doc: "What stands for a missing number in this column.")
    _scale = fields.auto(
      "scale", Self.scaleType, doc: "How this column's numbers are scaled.")
    _clip = fields.auto(
      "clip", Self.clipType, doc: "What keeps this column's numbers near 0.")
    _embed = fields.auto(
      "embed", NumericEmbedding.type, doc: "What this column's scaled numbers are turned into.")
    _encode = fields.auto(
      "encode", Self.encodeType,
      doc: "How this column's levels become inputs.")
    _size = fields.auto(
      "size", .integer(CategorySection.sizes),
      doc: "How many trained numbers stand for a level of this column, where it is embedded.")
    checkRelations(&fields)
  }

  private func checkRelations(_ fields: inout FieldReader) {
    let (isNumber, isCategory) = (use == .numeric || use == .auto, use == .category || use == .auto)
    for (name, isUnused) in [
      ("impute", _impute.isWritten && !isNumber), ("scale", _scale.isWritten && !isNumber),
      ("clip", _clip.isWritten && !isNumber), ("embed", _embed.isWritten && !isNumber),
      ("encode", _encode.isWritten && !isCategory), ("size", _size.isWritten && !isCategory),
    ] where isUnused {
      report(name, because: "a column of type `\(use.rawValue)` does not use it", &fields)
    }
    if encode.value == .oneHot, _size.isWritten {
      report("size", because: "a level that is encoded `one_hot` is not embedded", &fields)
    }
  }

  private func report(_ name: String, because reason: String, _ fields: inout FieldReader) {
    guard let key = fields.keyNode(name), fields.isWritten(name) else { return }
    fields.report(.noEffect(key, because: reason, path: fields.path.key(name)))
  }

  public init(_ use: Use, at range: SourceRange = .none) {
    _use = Located(wrappedValue: use, at: range, isWritten: true)
    _impute = Located(wrappedValue: .auto)
    _scale = Located(wrappedValue: .auto)
    _clip = Located(wrappedValue: .auto)
    _embed = Located(wrappedValue: .auto)
    _encode = Located(wrappedValue: .auto)
    _size = Located(wrappedValue: .auto)
  }

  // A table has many columns: what their fields take is made once.
  private static let useType = FieldType.choice(Use.choices)
  private static let imputeType = FieldType.choice(Impute.choices)
  private static let scaleType = FieldType.choice(FeatureScale.choices)
  private static let clipType = FieldType.choice(FeatureClip.choices)
  private static let encodeType = FieldType.choice(CategorySection.Encoding.choices)

  /// A list of column names, or a mapping from column names to uses.
  static var listOrMap: FieldType<[NamedValue<FeatureSpec>]> {
    let whole = FieldType<FeatureSpec>.section(show: { $0.use.rawValue })
    let item = FieldType<FeatureSpec>.scalarOr(
      useType, whole, first: { FeatureSpec($0) }, second: { $0 },
      show: { $0.use.rawValue })
    return .namedList(of: item, bare: FeatureSpec(.auto), "column name")
  }
}
