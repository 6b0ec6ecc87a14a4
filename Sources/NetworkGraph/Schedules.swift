public import SpecSyntax

/// The list of learning-rate schedules.
public enum Schedules {
  public static let all: [any Schedule.Type] = [
    ConstantRate.self, StepDecay.self, MultiStepDecay.self, ExponentialDecay.self,
    PolynomialDecay.self, CosineDecay.self, CosineRestarts.self, OneCycle.self,
    InverseSquareRoot.self, ReduceOnPlateau.self,
  ]

  /// The schedules as a spec names them.
  public static let variants: [Variant<any Schedule>] = all.map { variant($0) }

  private static func variant<Member: Schedule>(_ type: Member.Type) -> Variant<any Schedule> {
    Variant(Member.name, summary: Member.summary) { fields in Member(reading: &fields) }
  }
}
