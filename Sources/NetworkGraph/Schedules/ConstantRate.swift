public import SpecSyntax

/// `rate = start`.
public struct ConstantRate: Schedule {
  public static let name = "constant"
  public static let summary = "One rate for the whole training."

  @Located public var start: Setting<Double>
  @Located public var warmup: Amount

  public init(reading fields: inout FieldReader) {
    _start = fields.startRate()
    _warmup = fields.warmup()
  }

  public init(start: Setting<Double> = .auto, warmup: Amount = .count(0)) {
    _start = Located(wrappedValue: start)
    _warmup = Located(wrappedValue: warmup)
  }

  public func factor(at progress: TrainingProgress) -> Double { 1 }
}
