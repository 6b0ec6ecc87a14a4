public import SpecSyntax

/// The list of operations.
public enum Ops {
  /// The functions of one number that can also be named by `activation`.
  public static let activations: [any ActivationOp.Type] = [
    ReLU.self, LeakyReLU.self, ELU.self, SELU.self, GELU.self, SiLU.self, Mish.self,
    Softplus.self, Tanh.self, Sigmoid.self, HardSigmoid.self, HardSwish.self, HardTanh.self,
    ReLU6.self,
  ]

  /// All operations, in the order of the reference page.
  public static let all: [any Op.Type] =
    [
      Dense.self, GroupedDense.self, Embedding.self, Periodic.self, Conv1D.self, Conv2D.self,
      MaxPool1D.self, MaxPool2D.self, AveragePool1D.self, AveragePool2D.self, GlobalMaxPool.self,
      GlobalAveragePool.self, Activate.self, Dropout.self, AlphaDropout.self, BatchNorm.self,
      LayerNorm.self, GroupNorm.self, Select.self, Add.self, Multiply.self, Concat.self,
      Flatten.self, Reshape.self,
    ] + activations.map { $0 as any Op.Type }

  /// The operations as a spec names them.
  public static let variants: [Variant<any Op>] = all.map { variant($0) }

  private static func variant<Member: Op>(_ type: Member.Type) -> Variant<any Op> {
    Variant(Member.name, summary: Member.summary, shorthand: Member.shorthand) { fields in
      Member(reading: &fields)
    }
  }
}
