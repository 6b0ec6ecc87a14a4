public import NetworkGraph
public import SpecSyntax

/// How weights are drawn to zero, beside the decay that an optimiser has of its own.
public struct RegularizationSpec: FieldReadable {
  @Located public var l1: Double
  @Located public var l2: Double

  public init(reading fields: inout FieldReader) {
    _l1 = fields.field(
      "l1", .nonNegative, default: 0,
      doc: "Adds this times the sign of each weight to its gradient; drives small weights to 0.")
    _l2 = fields.field(
      "l2", .nonNegative, default: 0,
      doc: "Adds this times each weight to its gradient: a penalty of half of it times its square.")
  }

  static var type: FieldType<RegularizationSpec> {
    .section { "{l1: \(numberText($0.l1)), l2: \(numberText($0.l2))}" }
  }
}

extension WeightAveraging {
  /// The ways of averaging as a spec names them.
  static var variants: [Variant<WeightAveraging>] {
    [
      Variant(
        "ema", summary: "After every step; older weights count less and less.",
        shorthand: "decay"
      ) { fields in
        let decay = fields.field(
          "decay", .fraction, default: 0.999,
          doc: "How much the weights of a step count beside those of the next.")
        return .exponential(decay: decay.wrappedValue)
      },
      Variant(
        "swa", summary: "At the end of each epoch after the start; all count alike.",
        shorthand: "start"
      ) { fields in
        let start = fields.field(
          "start", .amount, default: .share(0.75),
          doc: "Epochs, or a share of all epochs, that do not join the mean.")
        return .epochs(start: start.wrappedValue)
      },
    ]
  }

  static var type: FieldType<WeightAveraging> {
    .variant("weight averaging", variants) { averaging in
      switch averaging {
      case .exponential: "ema"
      case .epochs: "swa"
      }
    }
  }
}

extension TrainingSection {
  /// What happens around the optimiser's step.
  public var stepRules: StepRules {
    StepRules(
      clipping: GradientClipping(norm: gradientClipping?.norm, value: gradientClipping?.value),
      penalty: WeightPenalty(l1: regularization?.l1 ?? 0, l2: regularization?.l2 ?? 0),
      accumulation: gradientAccumulation, averaging: weightAveraging)
  }
}
