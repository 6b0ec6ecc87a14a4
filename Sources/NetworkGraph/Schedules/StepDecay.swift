public import SpecSyntax

/// `rate = start · factor^⌊epoch / every⌋`.
public struct StepDecay: Schedule {
  public static let name = "step"
  public static let summary = "Multiplies the rate by `factor` after every `every` epochs."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var every: Int
  @Located public var factor: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _every = fields.required(
      "every", .positive, doc: "Epochs between two cuts; a third of all epochs is usual.")
    _factor = fields.field(
      "factor", .number(.above(0, below: 1)), default: 0.1,
      doc: "What each cut multiplies the rate by.")
  }

  public func factor(at progress: TrainingProgress) -> Double {
    (0..<progress.epoch / every).reduce(1) { product, _ in product * factor }
  }
}
