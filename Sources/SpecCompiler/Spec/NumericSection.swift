public import SpecSyntax
public import Tables

/// What stands for a missing number.
public typealias Impute = FeaturePlan.Impute
/// How numbers are scaled.
public typealias FeatureScale = FeaturePlan.Scale
/// What keeps scaled numbers from going far out.
public typealias FeatureClip = FeaturePlan.Clip

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

extension FeatureClip {
  static let choices: [(name: String, value: FeatureClip, doc: String)] = [
    ("none", .none, "nothing"),
    ("smooth", .smooth, "x / √(1 + (x/3)²): unchanged near 0, never beyond ±3"),
  ]
}

/// How numeric columns become inputs.
public struct NumericSection: FieldReadable {
  @Located public var impute: Impute
  @Located public var scale: FeatureScale
  @Located public var clip: FeatureClip
  @Located public var embed: NumericEmbedding

  public init(reading fields: inout FieldReader) {
    _impute = fields.field(
      "impute", .choice(Impute.choices), default: .median,
      doc: "What stands for a missing number.")
    _scale = fields.field(
      "scale", .choice(FeatureScale.choices), default: .standard, doc: "How numbers are scaled.")
    _clip = fields.field(
      "clip", .choice(FeatureClip.choices), default: .none,
      doc: "What keeps scaled numbers from going far out; `smooth` goes well with `robust`.")
    _embed = fields.field(
      "embed", NumericEmbedding.type, default: .none,
      doc: "What scaled numbers are turned into before the first layer sees them.")
  }
}

/// How one number becomes several inputs (Gorishniy et al. 2022).
public enum NumericEmbedding: Hashable, Sendable {
  case none
  case periodic(PeriodicEmbedding)
  case piecewiseLinear(PiecewiseLinearEmbedding)

  /// The members as a spec names them.
  static let variants: [Variant<NumericEmbedding>] = [
    Variant("none", summary: "One input for each number.") { _ in .none },
    Variant(
      "periodic",
      summary: """
        Cosines and sines at trained frequencies, then a dense layer with `relu` for each \
        column: PLR of Gorishniy et al. 2022.
        """
    ) { .periodic(PeriodicEmbedding(reading: &$0)) },
    Variant(
      "piecewise_linear",
      summary: """
        The place among the quantiles of the training rows, an input for each bin: PLE of \
        Gorishniy et al. 2022.
        """
    ) { .piecewiseLinear(PiecewiseLinearEmbedding(reading: &$0)) },
  ]

  /// One of the members, bare or with fields.
  static let type = FieldType<NumericEmbedding>.variant("embedding", variants, show: { $0.name })

  private var name: String {
    switch self {
    case .none: "none"
    case .periodic: "periodic"
    case .piecewiseLinear: "piecewise_linear"
    }
  }
}

/// The settings of `periodic`; the defaults are those of the authors' own package.
public struct PeriodicEmbedding: FieldReadable, Hashable {
  public var frequencies: Int
  public var sigma: Double
  public var size: Int
  /// Whether all columns have the weights of one layer: PLR(lite).
  public var isShared: Bool

  public init(reading fields: inout FieldReader) {
    frequencies =
      fields.field(
        "frequencies", .integer(1...1_000), default: 48,
        doc: "How many trained frequencies each column has."
      ).wrappedValue
    sigma =
      fields.field(
        "sigma", .positive, default: 0.01,
        doc: "The deviation of the first frequencies; the most important setting, 0.01 to 10."
      ).wrappedValue
    size =
      fields.field(
        "size", .integer(1...1_000), default: 24, doc: "How many inputs each column becomes."
      ).wrappedValue
    isShared =
      fields.field(
        "shared", .boolean, default: false,
        doc: "Whether all columns share one dense layer, which is lighter."
      ).wrappedValue
  }
}

/// The settings of `piecewise_linear`.
public struct PiecewiseLinearEmbedding: FieldReadable, Hashable {
  public var bins: Int
  /// How many inputs a column becomes through a dense layer of its own; nil for the bins as they
  /// are.
  public var size: Int?

  public init(reading fields: inout FieldReader) {
    bins =
      fields.field(
        "bins", .integer(2...1_000), default: 48,
        doc: "How many bins, of equally many training rows, the numbers are sorted into."
      ).wrappedValue
    size =
      fields.optional(
        "size", .integer(1...1_000),
        doc: "How many inputs each column becomes through a dense layer with `relu` of its own."
      ).wrappedValue
  }
}
