internal import SpecCompiler

/// The mean of paired differences whose trainings share rows, with the interval that heeds it.
///
/// Trainings that learn from the same rows err alike, so that the plain t interval is too narrow.
/// Nadeau and Bengio (2003) widen it: the variance of the mean of `n` differences is taken to be
/// `(1/n + judging rows / learning rows) · s²`, with `n − 1` degrees of freedom. Where all are
/// judged on the same rows, what hangs on these comes on top.
public struct CorrectedDifference: Sendable {
  public let mean: Double
  public let count: Int
  /// Standard deviation of the differences; 0 of one.
  public let deviation: Double
  /// Judging rows for each learning row: 1/9 with ten folds, 0 for differences that share nothing.
  public let overlap: Double

  /// The variance that comes from the rows that judge, where they are the same for all.
  public let rowVariance: Double

  /// - Parameter differences: at least one.
  public init(_ differences: [Double], overlap: Double, rowVariance: Double = 0) {
    precondition(!differences.isEmpty, "there is no mean of nothing")
    count = differences.count
    (self.overlap, self.rowVariance) = (overlap, rowVariance)
    // Equal values have a mean that is only nearly theirs.
    let isConstant = differences.allSatisfy { $0 == differences[0] }
    mean = isConstant ? differences[0] : Training.mean(differences) ?? 0
    deviation =
      isConstant ? 0 : standardErrorOfMean(differences) * Double(differences.count).squareRoot()
  }

  /// The corrected standard error of the mean.
  public var standardError: Double {
    (deviation * deviation * (1 / Double(count) + overlap) + rowVariance).squareRoot()
  }

  /// Half the width of the interval that misses the true mean with a probability; nil of one pair.
  public func halfWidth(missing probability: Double) -> Double? {
    guard count > 1 else { return nil }
    return StudentT(degrees: count - 1).quantile(beyond: probability) * standardError
  }

  /// Half the width that no number of pairs of this spread can get below.
  package func leastHalfWidth(missing probability: Double) -> Double {
    StudentT(degrees: 10_000).quantile(beyond: probability) * deviation * overlap.squareRoot()
  }

  /// What the interval says, if anything: that the whole of it lies within the margin, or that it
  /// does not hold 0; the margin is asked first.
  ///
  /// - Parameters:
  ///   - risk: the probability of telling a difference that is not there, both sides together.
  ///   - equivalenceRisk: that of finding a difference of the margin to be none.
  func finding(
    risk: Double, equivalenceRisk: Double, margin: Double, _ direction: Metric.Direction
  ) -> MeasuredVerdict.Finding? {
    // Two one-sided tests are the interval that misses with twice the risk of each.
    guard let outer = halfWidth(missing: risk), let inner = halfWidth(missing: 2 * equivalenceRisk)
    else { return nil }
    if abs(mean) + inner < margin { return .noDifference }
    guard abs(mean) > outer else { return nil }
    return (mean > 0) == (direction == .higherIsBetter) ? .helps : .harms
  }
}
