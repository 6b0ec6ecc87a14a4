/// How one column becomes network inputs: the decision, before anything is fitted.
public struct FeaturePlan: Sendable, Codable, Hashable {
  public var column: String
  public var kind: Kind
  /// What stands in for a missing number or boolean.
  public var impute: Impute
  public var scale: Scale
  /// What becomes of levels that the training rows do not have.
  public var unknown: Unknown

  public init(
    column: String, kind: Kind, impute: Impute = .median, scale: Scale = .standard,
    unknown: Unknown = .ownLevel
  ) {
    self.column = column
    self.kind = kind
    self.impute = impute
    self.scale = scale
    self.unknown = unknown
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
