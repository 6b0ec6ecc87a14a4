public import NetworkGraph
public import SpecSyntax

/// The learning rate over the course of training: a schedule with its fields, or one number.
public struct LearningRateSpec: FieldReadable {
  public private(set) var schedule: any Schedule

  /// The rate of the first full step.
  public internal(set) var start: Setting<Double> {
    get { schedule.start }
    set { schedule.start = newValue }
  }

  public init(reading fields: inout FieldReader) {
    schedule = fields.variantNamed(
      by: "schedule", "schedule", Schedules.variants, default: ConstantRate.name,
      doc: "How the rate changes while training goes on.")
  }
}
