public import SpecSyntax

/// `rate = start · factor^n` where `n` milestones have been reached.
public struct MultiStepDecay: Schedule {
  public static let name = "multi_step"
  public static let summary = "Multiplies the rate by `factor` at each of the given epochs."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var milestones: [Amount]
  @Located public var factor: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _milestones = fields.required(
      "milestones", .list(of: .amount),
      doc: "Epochs, or shares of all epochs, after which the rate is cut: `[50%, 75%]`.")
    _factor = fields.field(
      "factor", .number(.above(0, below: 1)), default: 0.1,
      doc: "What each cut multiplies the rate by.")
  }

  public func factor(at progress: TrainingProgress) -> Double {
    let epochs = progress.totalSteps / progress.stepsPerEpoch
    return milestones.reduce(1) { product, milestone in
      progress.epoch >= milestone.of(epochs) ? product * factor : product
    }
  }
}
