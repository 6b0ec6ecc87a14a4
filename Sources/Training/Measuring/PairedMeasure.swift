internal import SpecCompiler
internal import SpecSyntax

/// The score by which a spec with an edit is compared with itself without.
package struct PairedMeasure: Sendable {
  package let metric: Metric
  /// Why it is this one.
  package let choice: String

  /// The first metric of the spec as it is, or the error that its task always has, where that
  /// metric is not defined for all of some scores.
  package init(_ base: PairedArm, scores: [PairedScore] = []) {
    self.init(first: base.metric, isClasses: base.isClasses, scores: scores)
  }

  /// - Parameters:
  ///   - first: the name of the spec's first metric.
  ///   - isClasses: whether classes are predicted, and not numbers.
  package init(first name: String?, isClasses: Bool, scores: [PairedScore]) {
    let values = scores.compactMap { score -> [String: Double]? in
      if case .scored(let values) = score { values } else { nil }
    }
    let usual: [Metric] = isClasses ? [.accuracy] : [.rmse, .pinball]
    let isDefined = { (metric: Metric) in values.allSatisfy { $0[metric.name] != nil } }
    let first = name.flatMap { Metrics.named($0) }
    if let first, isDefined(first) {
      (metric, choice) = (first, "the first of `training.metrics`")
      return
    }
    metric = usual.first(where: isDefined) ?? usual[0]
    choice =
      first.map { "as `\($0.name)` is not defined in every fold" }
      ?? "as the spec names no metric"
  }

  /// The score; nil where it is not defined.
  package func value(of score: PairedScore) -> Double? {
    if case .scored(let values) = score { values[metric.name] } else { nil }
  }
}

/// The smallest difference that matters.
package struct PairedMargin {
  package private(set) var value: Double?
  package private(set) var origin: String

  /// What the user says; nil to find one.
  package init(_ value: Double?) {
    self.value = value
    origin = value == nil ? "not known without a pair" : "--margin"
  }

  /// Fixes it, once, by the first scores of the spec as it is: 0.01 of what is at most 1, and 2 %
  /// of an error; `scored` tells of which runs they are.
  package mutating func fix(
    by scores: [Double], _ direction: Metric.Direction, of scored: String = "the first pairs"
  ) {
    guard value == nil, let score = mean(scores) else { return }
    switch direction {
    case .higherIsBetter: (value, origin) = (0.01, "0.01 of a score that is at most 1")
    case .lowerIsBetter:
      (value, origin) = (0.02 * abs(score), "2 % of the spec's own error in \(scored)")
    }
  }
}
