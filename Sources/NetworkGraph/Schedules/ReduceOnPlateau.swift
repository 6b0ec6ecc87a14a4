public import SpecSyntax

/// Multiplies the rate by `factor` whenever `patience` epochs in a row have not lowered the
/// monitored loss by `min_delta`.
public struct ReduceOnPlateau: Schedule {
  public static let name = "reduce_on_plateau"
  public static let summary = "Cuts the rate when the loss has stopped getting better."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount
  @Located public var factor: Double
  @Located public var patience: Int
  @Located public var minDelta: Double
  @Located public var cooldown: Int
  @Located public var minimum: Double

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
    _factor = fields.field(
      "factor", .number(.above(0, below: 1)), default: 0.5,
      doc: "What each cut multiplies the rate by.")
    _patience = fields.field(
      "patience", .positive, default: 10, doc: "Epochs without progress before a cut.")
    _minDelta = fields.field(
      "min_delta", .nonNegative, default: 1e-4, doc: "The least fall of the loss that is progress.")
    _cooldown = fields.field(
      "cooldown", .nonNegative, default: 0, doc: "Epochs after a cut that are not counted.")
    _minimum = fields.field(
      "minimum", .nonNegative, default: 0, doc: "The rate is never cut below this.")
    fields.check("minimum", minimum, isAbove: false, _start)
  }

  public func factor(at progress: TrainingProgress) -> Double {
    var (best, waited, resting, product) = (Double.infinity, 0, 0, 1.0)
    for loss in progress.losses {
      if loss < best - minDelta {
        (best, waited) = (loss, 0)
      } else if resting == 0 {
        waited += 1
      }
      resting = max(0, resting - 1)
      guard waited >= patience else { continue }
      product *= factor
      (waited, resting) = (0, cooldown)
    }
    let low = start.value.map { min(1, minimum / $0) } ?? 0
    return max(low, product)
  }
}
