public import SpecSyntax

/// `rate = end + (start − end) · (1 + cos(π · t / T)) / 2`, `t` epochs after the last restart, in
/// periods `T = period · multiplier^n` (SGDR: Loshchilov and Hutter 2017).
public struct CosineRestarts: Schedule {
  public static let name = "cosine_restarts"
  public static let summary = "Falls along half a cosine again and again, from the top each time."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var period: Int
  @Located public var multiplier: Double
  @Located public var end: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _period = fields.required(
      "period", .positive, doc: "Epochs of the first fall; a tenth of all epochs is usual.")
    _multiplier = fields.field(
      "multiplier", .number(.atLeast(1)), default: 1,
      doc: "How much longer each fall is than the one before.")
    _end = fields.field(
      "end", .nonNegative, default: 0, doc: "The rate just before each restart.")
    fields.check("end", end, isAbove: false, _start)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    var (time, length) = (progress.epochsSinceWarmup, Double(period))
    if multiplier == 1 {
      time = time.truncatingRemainder(dividingBy: length)
    } else {
      while time >= length { (time, length) = (time - length, length * multiplier) }
    }
    let low = start.value.map { end / $0 } ?? 0
    return low + (1 - low) * (1 + cosine(ofHalfTurns: time / length)) / 2
  }
}
