public import SpecSyntax

/// `rate = end + (start − end) · (1 + cos(π · share)) / 2` over the share of steps done.
public struct CosineDecay: Schedule {
  public static let name = "cosine"
  public static let summary = "Starts high, ends low, along half a cosine over the whole training."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var end: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _end = fields.field("end", .nonNegative, default: 0, doc: "The rate of the last step.")
    fields.check("end", end, isAbove: false, _start)
  }

  public init(start: Setting<Double> = .auto, warmup: Amount = .count(0), end: Double = 0) {
    _start = Located(wrappedValue: start)
    _warmup = Located(wrappedValue: warmup)
    _end = Located(wrappedValue: end)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    let low = start.value.map { end / $0 } ?? 0
    return low + (1 - low) * (1 + cosine(ofHalfTurns: progress.share)) / 2
  }
}
