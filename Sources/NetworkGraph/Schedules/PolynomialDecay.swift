public import SpecSyntax

/// `rate = end + (start − end) · (1 − share)^power` over the share of steps done.
public struct PolynomialDecay: Schedule {
  public static let name = "polynomial"
  public static let summary = "Falls to `end` along a power of the steps left: a line by default."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var end: Double
  @Located public var power: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _end = fields.field("end", .nonNegative, default: 0, doc: "The rate of the last step.")
    _power = fields.field(
      "power", .positive, default: 1,
      doc: "1 for a straight line; above it the rate falls faster at first, below it slower.")
    fields.check("end", end, isAbove: false, _start)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    let low = start.value.map { end / $0 } ?? 0
    let left = 1 - progress.share
    return low + (1 - low) * (left > 0 ? exponential(power * naturalLogarithm(left)) : 0)
  }
}
