public import SpecSyntax

/// Half a cosine from `start` up to `peak` over the `rise`, another down to `end` at the last step
/// (Smith and Topin 2018, as PyTorch does it).
public struct OneCycle: Schedule {
  public static let name = "one_cycle"
  public static let summary =
    "Climbs to a peak and falls far below the start, once in the training."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var peak: Double?
  @Located public var end: Double?
  @Located public var rise: Amount

  public init(reading fields: inout FieldReader) {
    _start = fields.auto(
      "start", .positive, doc: "The rate of the first step, far below that of the peak.")
    _warmup = fields.warmup()
    _peak = fields.optional(
      "peak", .positive, doc: "The highest rate; 10 times `start` where it is left out.")
    _end = fields.optional(
      "end", .nonNegative,
      doc: "The rate of the last step; a 10,000th of `start` where it is left out.")
    _rise = fields.field(
      "rise", .amount, default: .share(0.3),
      doc: "Steps, or a share of all steps, until the peak is reached.")
    fields.check("peak", peak, isAbove: true, _start)
    fields.check("end", end, isAbove: false, _start)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    let peak = ratio(self.peak) ?? 10
    let end = ratio(self.end) ?? 1e-4
    let steps = progress.totalSteps - progress.warmupSteps
    let step = Double(max(0, progress.step - progress.warmupSteps))
    let top = topStep(of: steps)
    if step < top { return between(1, peak, step / top) }
    let last = Double(steps - 1)
    return between(peak, end, last > top ? min(1, (step - top) / (last - top)) : 1)
  }

  /// The number of the step at the peak, from 0; as in PyTorch it may lie between two steps.
  private func topStep(of steps: Int) -> Double {
    switch rise {
    case .share(let share): max(0, share * Double(steps) - 1)
    case .count(let count): Double(max(0, min(count, steps) - 1))
    }
  }

  /// A rate as a factor of `start`.
  private func ratio(_ rate: Double?) -> Double? {
    guard let rate, let start = start.value else { return nil }
    return rate / start
  }

  /// Half a cosine from one factor to another.
  private func between(_ first: Double, _ last: Double, _ share: Double) -> Double {
    last + (first - last) * (1 + cosine(ofHalfTurns: share)) / 2
  }
}
