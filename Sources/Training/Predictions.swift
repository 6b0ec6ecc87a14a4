/// What a model says about some rows.
public enum Predictions: Sendable, Hashable {
  case classes(ClassPredictions)
  case numbers(NumberPredictions)
}

/// One number per row and class.
public struct ClassPredictions: Sendable, Hashable {
  /// What the numbers are.
  public enum Kind: String, Sendable {
    /// From 0 to 1; those of a row add up to 1.
    case probability
    /// Higher means more likely, but not how likely: what hinge losses give.
    case score
  }

  /// The classes by name, in the order of a row's numbers.
  public var classes: [String]
  public var kind: Kind
  /// Row-major: the numbers of the first row, then those of the second.
  public var values: [Double]

  public init(classes: [String], probabilities: [Double]) {
    self.init(classes: classes, kind: .probability, values: probabilities)
  }

  public init(classes: [String], kind: Kind, values: [Double]) {
    precondition(!classes.isEmpty && values.count % classes.count == 0, "a row is cut short")
    self.classes = classes
    self.kind = kind
    self.values = values
  }

  public var rowCount: Int { values.count / classes.count }

  /// The numbers of one row.
  public func row(_ row: Int) -> ArraySlice<Double> {
    values[(row * classes.count)..<((row + 1) * classes.count)]
  }

  /// The index of a row's most probable class; the first of equals.
  public func winner(_ row: Int) -> Int {
    let start = row * classes.count
    var best = 0
    for i in 1..<max(classes.count, 1) where values[start + i] > values[start + best] {
      best = i
    }
    return best
  }

  /// How many classes are more probable than one of a row; of equals the first comes first.
  func rank(of index: Int, in row: Int) -> Int {
    let start = row * classes.count
    let own = values[start + index]
    return classes.indices.count {
      values[start + $0] > own || (values[start + $0] == own && $0 < index)
    }
  }

  /// The numbers of one class, row by row.
  func column(_ index: Int) -> [Double] {
    stride(from: index, to: values.count, by: classes.count).map { values[$0] }
  }
}

/// One number per row and target, in the units of the data, and quantiles where the loss has them.
public struct NumberPredictions: Sendable, Hashable {
  /// The numbers below which a share of the targets should lie.
  public struct Quantile: Sendable, Hashable {
    /// The share, between 0 and 1.
    public var level: Double
    /// Row-major, as the predictions.
    public var values: [Double]

    public init(level: Double, values: [Double]) {
      self.level = level
      self.values = values
    }
  }

  /// The target columns, in the order of the values.
  public var targets: [String]
  /// Row-major: the values of the first row, then those of the second.
  public var values: [Double]
  /// By ascending level; empty where the one number is no quantile.
  public var quantiles: [Quantile]

  public init(targets: [String], values: [Double]) {
    precondition(!targets.isEmpty && values.count % targets.count == 0, "a row is cut short")
    self.targets = targets
    self.values = values
    quantiles = []
  }

  /// Predictions by quantiles, the middle one of which, nearest to one half, stands for the row.
  public init(targets: [String], quantiles: [Quantile]) {
    let middle = quantiles.min { abs($0.level - 0.5) < abs($1.level - 0.5) }
    self.init(targets: targets, values: middle?.values ?? [])
    precondition(quantiles.allSatisfy { $0.values.count == values.count }, "a row is cut short")
    self.quantiles = quantiles
  }

  public var rowCount: Int { values.count / targets.count }
}

/// What is true of the rows that were predicted.
public enum Truth: Sendable, Hashable {
  /// The index of each row's class.
  case classes([Int])
  /// Row-major values in the units of the data.
  case numbers([Double])
}
