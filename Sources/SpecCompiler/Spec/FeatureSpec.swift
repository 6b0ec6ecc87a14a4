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
  @Located public var impute: Impute?
  @Located public var scale: FeatureScale?
  @Located public var encode: CategorySection.Encoding?

  public init(reading fields: inout FieldReader) {
    _use = fields.field(
      "type", .choice(Use.choices), default: .auto, doc: "What the column holds.")
    _impute = fields.optional(
      "impute", .choice(Impute.choices), doc: "What stands for a missing number in this column.")
    _scale = fields.optional(
      "scale", .choice(FeatureScale.choices), doc: "How this column's numbers are scaled.")
    _encode = fields.optional(
      "encode", .choice(CategorySection.Encoding.choices),
      doc: "How this column's levels become inputs.")
    for (name, uses) in [
      ("impute", [Use.numeric, .auto]), ("scale", [.numeric, .auto]),
      ("encode", [.category, .auto]),
    ] where !uses.contains(use) {
      guard let key = fields.keyNode(name), fields.isWritten(name) else { continue }
      fields.report(
        .noEffect(
          key, because: "a column of type `\(use.rawValue)` does not use it",
          path: fields.path.key(name)))
    }
  }

  public init(_ use: Use, at range: SourceRange = .none) {
    _use = Located(wrappedValue: use, at: range, isWritten: true)
    _impute = Located(wrappedValue: nil)
    _scale = Located(wrappedValue: nil)
    _encode = Located(wrappedValue: nil)
  }

  /// A list of column names, or a mapping from column names to uses.
  static var listOrMap: FieldType<[NamedValue<FeatureSpec>]> {
    let whole = FieldType<FeatureSpec>.section(show: { $0.use.rawValue })
    let item = FieldType<FeatureSpec>.scalarOr(
      .choice(Use.choices), whole, first: { FeatureSpec($0) }, second: { $0 },
      show: { $0.use.rawValue })
    return .namedList(of: item, bare: FeatureSpec(.auto), "column name")
  }
}

/// What stands for a missing number.
public typealias Impute = FeaturePlan.Impute
/// How numbers are scaled.
public typealias FeatureScale = FeaturePlan.Scale

extension Impute {
  static let choices: [(name: String, value: Impute, doc: String)] = [
    ("median", .median, "the median of the training rows"),
    ("mean", .mean, "the mean of the training rows"),
    ("zero", .zero, "zero"),
  ]
}

extension FeatureScale {
  static let choices: [(name: String, value: FeatureScale, doc: String)] = [
    ("standard", .standard, "zero mean, unit variance"),
    ("robust", .robust, "median and quartile distance; extremes do not matter"),
    ("quantile", .quantile, "ranks, spread evenly"),
    ("min_max", .minMax, "smallest value 0, largest 1"),
    ("none", .none, "as they are"),
  ]
}

/// How numeric columns become inputs.
public struct NumericSection: FieldReadable {
  @Located public var impute: Impute
  @Located public var scale: FeatureScale

  public init(reading fields: inout FieldReader) {
    _impute = fields.field(
      "impute", .choice(Impute.choices), default: .median,
      doc: "What stands for a missing number.")
    _scale = fields.field(
      "scale", .choice(FeatureScale.choices), default: .standard, doc: "How numbers are scaled.")
  }
}

/// How categories become inputs.
public struct CategorySection: FieldReadable {
  public enum Encoding: String, Sendable, CaseIterable {
    case oneHot = "one_hot"

    static let choices: [(name: String, value: Encoding, doc: String)] = [
      ("one_hot", .oneHot, "one input for every level seen in the training rows")
    ]
  }

  public typealias Unknown = FeaturePlan.Unknown

  @Located public var encode: Setting<Encoding>
  @Located public var unknown: Unknown

  public init(reading fields: inout FieldReader) {
    _encode = fields.auto(
      "encode", .choice(Encoding.choices), doc: "How levels become inputs.")
    _unknown = fields.field(
      "unknown",
      .choice([
        ("own_level", Unknown.ownLevel, "an input of its own, shared with missing cells"),
        ("zeros", .zeros, "all inputs of the column zero"),
        ("error", .error, "refused, naming the row"),
      ]), default: .ownLevel, doc: "What a level means that training has not seen.")
  }
}
