public import SpecSyntax

/// `rate = start · factor^epochs`, step by step; with `end`, the factor that arrives there.
public struct ExponentialDecay: Schedule {
  public static let name = "exponential"
  public static let summary = "Multiplies the rate by the same factor in every epoch, smoothly."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var factor: Double
  @Located public var end: Double?

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _factor = fields.field(
      "factor", .number(.above(0, below: 1)), default: 0.95,
      doc: "What an epoch multiplies the rate by, unless `end` is given.")
    _end = fields.optional(
      "end", .positive, doc: "The rate of the last step; takes the place of `factor`.")
    if end != nil, fields.isWritten("factor"), let range = fields.keyRange("factor") {
      let key = Node(.scalar(Scalar("factor")), range: range)
      fields.report(
        .noEffect(key, because: "`end` decides the factor", path: fields.path.key("factor")))
    }
  }

  public func factor(at progress: TrainingProgress) -> Double {
    guard let end, case .value(let start) = start else {
      return exponential(naturalLogarithm(factor) * progress.epochsSinceWarmup)
    }
    return exponential(naturalLogarithm(end / start) * progress.share)
  }
}
