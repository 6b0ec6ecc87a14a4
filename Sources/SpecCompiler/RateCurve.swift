import NetworkGraph
import SpecSyntax

/// The learning rate over a run, step by step.
public struct RateCurve: Sendable, Encodable, Equatable {
  /// The rate of one step.
  public struct Point: Sendable, Encodable, Equatable {
    /// From 1; an epoch where steps are not known.
    public var step: Int
    public var rate: Double

    public init(step: Int, rate: Double) {
      self.step = step
      self.rate = rate
    }
  }

  public let schedule: String
  /// Steps of the whole run, if nothing stops it; nil without a table to count rows of.
  public let totalSteps: Int?
  public let stepsPerEpoch: Int?
  public let epochs: Int
  /// Evenly spread; empty where the curve cannot be known.
  public let points: [Point]
  /// What the curve does not show.
  public let remarks: [String]

  /// How many columns a curve has.
  static let columns = 60

  /// The curve that a spec plans; nil while its values are open.
  public init?(_ facts: Facts) {
    let rate = facts.spec.training.learningRate
    guard let start = rate.start.value, start > 0, let epochs = facts.epochs else { return nil }
    self.epochs = epochs
    schedule = facts.scheduleName
    stepsPerEpoch = facts.needsAllRows ? facts.trainRows.map { _ in 1 } : facts.stepsPerEpoch
    totalSteps = stepsPerEpoch.map { $0 * epochs }
    var remarks: [String] = []
    if totalSteps == nil { remarks.append("how many steps there are is not known without a table") }
    if schedule == ReduceOnPlateau.name {
      remarks.append("it falls when the validation loss halts: when that is, only a run shows")
    }
    if facts.earlyStopping != nil { remarks.append("early stopping may end it sooner") }
    // Steps of a warm-up cannot be placed among epochs of unknown length.
    if totalSteps == nil, case .count(let steps) = rate.schedule.warmup, steps > 0 {
      points = []
      remarks.append("the warm-up of \(counted(steps, "step")) cannot be drawn over epochs")
    } else {
      points = Self.points(
        rate.schedule, epochs: epochs, stepsPerEpoch: stepsPerEpoch ?? 64,
        hasSteps: stepsPerEpoch != nil)
    }
    self.remarks = remarks
  }

  /// The curve that a run took, an epoch at a time.
  public init?(measured: [Point], schedule: String) {
    guard let last = measured.last, last.step > 0 else { return nil }
    (self.schedule, epochs, totalSteps) = (schedule, measured.count, last.step)
    stepsPerEpoch = last.step / measured.count
    points = (0..<Self.columns).map { column in
      measured[min(measured.count - 1, column * measured.count / Self.columns)]
    }
    remarks = []
  }

  private static func points(
    _ schedule: any Schedule, epochs: Int, stepsPerEpoch: Int, hasSteps: Bool
  ) -> [Point] {
    let total = epochs * stepsPerEpoch
    return (0..<columns).map { column in
      let step = Int(Double(column) * Double(total - 1) / Double(columns - 1))
      let progress = TrainingProgress(step: step, totalSteps: total, stepsPerEpoch: stepsPerEpoch)
      return Point(
        step: hasSteps ? step + 1 : step / stepsPerEpoch + 1, rate: schedule.rate(at: progress))
    }
  }

  /// Whether the rate is the same at every point.
  public var isConstant: Bool { points.allSatisfy { $0.rate == points.first?.rate } }
}

extension RateCurve {
  /// The curve in blocks, eight steps of height to a line, with its axes and remarks.
  public var text: String {
    let length =
      totalSteps.map { "\(counted($0, "step")), \(stepsPerEpoch ?? 1) an epoch" }
      ?? counted(epochs, "epoch")
    let greatest = points.map(\.rate).max() ?? 0
    let head = "learning rate · \(schedule) · \(length)"
    guard greatest > 0, !isConstant else {
      let all = points.isEmpty ? "" : ": \(roundedText(greatest)) at every step"
      return ([head + all] + remarks.map { "  \($0)" }).joined(separator: "\n")
    }
    let chart = BlockChart(
      shares: points.map { $0.rate / greatest }, label: roundedText(greatest),
      first: "\(totalSteps == nil ? "epoch" : "step") \(points[0].step)",
      last: "\(points[points.count - 1].step)")
    let end = "  it ends at \(roundedText(points[points.count - 1].rate))"
    return ([head] + chart.lines + [end] + remarks.map { "  \($0)" }).joined(separator: "\n")
  }
}
