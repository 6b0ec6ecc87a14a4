/// What a model says about some rows.
public enum Predictions: Sendable, Hashable {
  case classes(ClassPredictions)
  case numbers(NumberPredictions)
}

/// One probability per row and class.
public struct ClassPredictions: Sendable, Hashable {
  /// The classes by name, in the order of the probabilities.
  public var classes: [String]
  /// Row-major: the probabilities of the first row, then those of the second.
  public var probabilities: [Double]

  public init(classes: [String], probabilities: [Double]) {
    precondition(!classes.isEmpty && probabilities.count % classes.count == 0, "a row is cut short")
    self.classes = classes
    self.probabilities = probabilities
  }

  public var rowCount: Int { probabilities.count / classes.count }

  /// The probabilities of one row.
  public func row(_ row: Int) -> ArraySlice<Double> {
    probabilities[(row * classes.count)..<((row + 1) * classes.count)]
  }

  /// The index of a row's most probable class; the first of equals.
  public func winner(_ row: Int) -> Int {
    let start = row * classes.count
    var best = 0
    for i in 1..<max(classes.count, 1)
    where probabilities[start + i] > probabilities[start + best] {
      best = i
    }
    return best
  }

  /// The probabilities of one class, row by row.
  func column(_ index: Int) -> [Double] {
    stride(from: index, to: probabilities.count, by: classes.count).map { probabilities[$0] }
  }
}

/// One number per row and target, in the units of the data.
public struct NumberPredictions: Sendable, Hashable {
  /// The target columns, in the order of the values.
  public var targets: [String]
  /// Row-major: the values of the first row, then those of the second.
  public var values: [Double]

  public init(targets: [String], values: [Double]) {
    precondition(!targets.isEmpty && values.count % targets.count == 0, "a row is cut short")
    self.targets = targets
    self.values = values
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
