import SpecSyntax

/// A test of rising learning rates: a few hundred steps, each at a higher rate than the last, once
/// for each of a few seeds (Smith 2017).
public struct RateTest: Sendable, Encodable, Equatable {
  /// Rows of each step.
  public let rowsPerStep: Int
  /// Steps of each seed, if nothing ran off.
  public let steps: Int
  /// How many seeds were tried.
  public let seeds: Int
  /// The middle one of the rates at which the seeds ran off, by `StepFacts.divergingRate(of:)`;
  /// nil where most did not.
  public let divergingRate: Double?
  /// Of each seed that ran off, ascending.
  public let divergingRates: [Double]
  /// The highest rate of the spec.
  public let specRate: Double
  /// The smoothed loss of the middle seed over the rates, evenly spread over their logarithms, up
  /// to where it is no longer finite.
  public let points: [StepFacts.RateTrial]

  /// - Parameter tests: the loss of each step before it was taken, for each seed.
  public init?(_ tests: [[StepFacts.RateTrial]], rowsPerStep: Int, steps: Int, specRate: Double) {
    let ranked = tests.filter { !$0.isEmpty }
      .map { (test: $0, rate: StepFacts.divergingRate(of: $0)) }
      .sorted { ($0.rate ?? .infinity) < ($1.rate ?? .infinity) }
    guard !ranked.isEmpty else { return nil }
    let middle = ranked[(ranked.count - 1) / 2]
    self.rowsPerStep = rowsPerStep
    self.steps = steps
    seeds = ranked.count
    divergingRate = middle.rate
    divergingRates = ranked.compactMap(\.rate)
    self.specRate = specRate
    let smoothed = StepFacts.smoothed(middle.test.map(\.loss).prefix { $0.isFinite })
    guard !smoothed.isEmpty else { return nil }
    let count = min(RateCurve.columns, smoothed.count)
    points = (0..<count).map { column in
      let place = column * (smoothed.count - 1) / max(1, count - 1)
      return .init(rate: middle.test[place].rate, loss: smoothed[place])
    }
  }

  /// The curve in blocks over the rates, with the spec's own rate and where the loss ran off.
  public var text: String {
    let losses = points.map(\.loss)
    let top = min(losses.max() ?? 0, 4 * (losses.min() ?? 0))
    let rates = points.map(\.rate)
    guard top > 0, let first = rates.first, let last = rates.last else { return head }
    var marks: [Int: Character] = [:]
    if let divergingRate { marks[column(of: divergingRate)] = "×" }
    if isSpecRateDrawn { marks[column(of: specRate)] = "▲" }
    let chart = BlockChart(
      shares: losses.map { min(1, $0 / top) }, label: roundedText(top),
      first: "rate \(roundedText(first))", last: roundedText(last), marks: marks)
    return ([head] + chart.lines + legend.map { "  \($0)" }).joined(separator: "\n")
  }

  private var head: String {
    """
    learning-rate test · loss of rising rates · \(counted(steps, "step")) of \
    \(counted(rowsPerStep, "row")), \(counted(seeds, "seed"))
    """
  }

  /// Whether the spec's rate is one of those that the curve shows.
  private var isSpecRateDrawn: Bool {
    guard let first = points.first?.rate, let last = points.last?.rate else { return false }
    return specRate >= first && specRate <= last
  }

  private var legend: [String] {
    [
      "\(isSpecRateDrawn ? "▲ " : "")this spec goes up to \(roundedText(specRate))",
      divergingRate.map { "× the loss ran off at \(roundedText($0))" + range }
        ?? "the loss did not run off up to \(roundedText(points[points.count - 1].rate))",
    ]
  }

  /// How far the seeds disagree, in brackets; empty where they do not.
  var range: String {
    guard let least = divergingRates.first, let greatest = divergingRates.last, seeds > 1 else {
      return ""
    }
    let calm = seeds - divergingRates.count
    let rest = calm == 0 ? "" : ", \(calm) not at all"
    return " (\(roundedText(least)) to \(roundedText(greatest)) by seed\(rest))"
  }

  /// The column whose rate is nearest.
  private func column(of rate: Double) -> Int {
    let distances = points.map { $0.rate > rate ? $0.rate / rate : rate / $0.rate }
    return distances.indices.min { distances[$0] < distances[$1] } ?? 0
  }
}

extension RateTest {
  /// What was found, for the list of what was measured.
  public var measurement: Measurement {
    let found =
      divergingRate.map { "the loss ran off at \(roundedText($0))\(range)" }
      ?? "the loss did not run off"
    return Measurement(
      "rate test",
      "\(found); \(counted(steps, "step")) of \(counted(rowsPerStep, "row")), "
        + counted(seeds, "seed"))
  }
}
