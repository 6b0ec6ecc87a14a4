/// How one column becomes network inputs: the decision, before anything is fitted.
public struct FeaturePlan: Sendable, Codable, Hashable {
  public var column: String
  public var kind: Kind
  /// What stands in for a missing number or boolean.
  public var impute: Impute
  public var scale: Scale
  /// What keeps scaled numbers from going far out.
  public var clip: Clip
  /// What becomes of levels that the training rows do not have.
  public var unknown: Unknown
  /// How the values become inputs.
  public var form: Form
  /// How many inputs are kept free for the column; nil for as many as its fitted form needs.
  ///
  /// Where it is more than that, the last of them are zero. So the place of every input is known
  /// before anything is fitted.
  public var room: Int?

  public init(
    column: String, kind: Kind, impute: Impute = .median, scale: Scale = .standard,
    clip: Clip = .none, unknown: Unknown = .ownLevel, form: Form = .plain, room: Int? = nil
  ) {
    self.column = column
    self.kind = kind
    self.impute = impute
    self.scale = scale
    self.clip = clip
    self.unknown = unknown
    self.form = form
    self.room = room
  }

  /// How the values of a column become inputs.
  public enum Form: Sendable, Codable, Hashable {
    /// One input for a number, one for each level or part of a date.
    case plain
    /// For categories, one input: the number of the row's level, to be looked up in a table of
    /// `levels` rows. Row 0 is for unknown and missing values under `own_level`; −1 stands for
    /// none.
    case index(levels: Int)
    /// For numbers, at most so many inputs that together tell in which bin of the training
    /// values the number lies, and where in the bin.
    case bins(Int)
  }

  /// What keeps scaled numbers from going far out.
  public enum Clip: String, Sendable, Codable, Hashable, CaseIterable {
    case none
    /// x / √(1 + (x/3)²), which is x near 0 and never beyond ±3 (Holzmüller et al. 2024).
    case smooth
  }

  /// What a column is taken as.
  public enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
    case numeric
    case category
    case boolean
    case date
  }

  /// A stand-in for missing values, from the training rows.
  public enum Impute: String, Sendable, Codable, Hashable, CaseIterable {
    case mean
    case median
    case zero
  }

  /// How numbers are brought to a common size.
  public enum Scale: String, Sendable, Codable, Hashable, CaseIterable {
    /// (x − mean) / standard deviation.
    case standard
    /// (x − median) / (interquartile range / 1.349), which is the deviation of normal values.
    case robust
    /// The normal quantile of x's rank, which bounds the result by about ±3.1.
    case quantile
    /// (x − minimum) / (maximum − minimum).
    case minMax = "min_max"
    /// x itself.
    case none
  }

  /// The treatment of levels that were not seen in training.
  public enum Unknown: String, Sendable, Codable, Hashable, CaseIterable {
    /// One more input, shared by unknown and missing values.
    case ownLevel = "own_level"
    /// No input is set.
    case zeros
    /// Reading stops with the row and the value.
    case error
  }
}
