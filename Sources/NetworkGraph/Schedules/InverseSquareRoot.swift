public import SpecSyntax

/// `rate = start / √(1 + t / timescale)`, `t` steps after the warm-up.
///
/// With the warm-up as time scale this is the schedule of Vaswani et al. 2017: proportional to the
/// inverse root of the step's number.
public struct InverseSquareRoot: Schedule {
  public static let name = "inverse_sqrt"
  public static let summary =
    "Falls ever more slowly and has no planned end; usual after a warm-up."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var timescale: Amount?

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _timescale = fields.optional(
      "timescale", .amount,
      doc: """
        Steps, or a share of all steps, after which the rate has fallen to 71%; the warm-up's \
        length where it is left out, an epoch without one.
        """)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    let usual = progress.warmupSteps > 0 ? progress.warmupSteps + 1 : progress.stepsPerEpoch
    let scale = max(1, timescale?.of(progress.totalSteps) ?? usual)
    let steps = max(0, progress.step - progress.warmupSteps)
    return 1 / (1 + Double(steps) / Double(scale)).squareRoot()
  }
}
