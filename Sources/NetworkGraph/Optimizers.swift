public import SpecSyntax

/// The list of optimisers.
public enum Optimizers {
  public static let all: [any Optimizer.Type] = [
    SGD.self, Momentum.self, Nesterov.self, RMSprop.self, Adagrad.self, Adadelta.self, Adam.self,
    AdamW.self, NAdam.self, RAdam.self, Lion.self, LBFGS.self,
  ]

  /// The optimisers as a spec names them.
  public static let variants: [Variant<any Optimizer>] = all.map { variant($0) }

  fileprivate static let fieldType = FieldType<any Optimizer>.variant("optimizer", variants) {
    $0.name
  }

  private static func variant<Member: Optimizer>(_ type: Member.Type) -> Variant<any Optimizer> {
    let rate = numberText(Member.usualLearningRate)
    return Variant(Member.name, summary: "\(Member.summary) Usual rate: \(rate).") { fields in
      Member(reading: &fields)
    }
  }
}

extension FieldType where Value == any Optimizer {
  /// An optimiser by its name.
  public static var optimizer: FieldType { Optimizers.fieldType }
}
