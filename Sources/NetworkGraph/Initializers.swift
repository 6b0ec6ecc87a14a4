public import SpecSyntax
public import Tensors

/// The list of initialisers.
public enum Initializers {
  public static let all: [any Initializer.Type] = [
    He.self, Glorot.self, Lecun.self, Orthogonal.self,
  ]

  /// The initialisers as a spec names them.
  public static let variants: [Variant<any Initializer>] = all.map { variant($0) }

  fileprivate static let fieldType = FieldType<any Initializer>.variant("initializer", variants) {
    type(of: $0).name
  }

  /// The usual choice before an activation: `he` where half of the values are cut off, `lecun`
  /// before `selu`, `glorot` elsewhere.
  public static func usual(before activation: Activation) -> any Initializer {
    switch activation {
    case .relu, .leakyRelu, .elu, .gelu, .silu, .mish, .softplus, .hardSwish, .relu6: He()
    case .selu: Lecun()
    case .linear, .tanh, .sigmoid, .hardSigmoid, .hardTanh: Glorot()
    }
  }

  private static func variant<Member: Initializer>(
    _ type: Member.Type
  ) -> Variant<any Initializer> {
    Variant(Member.name, summary: Member.summary, shorthand: Member.shorthand) { fields in
      Member(reading: &fields)
    }
  }
}

extension FieldType where Value == any Initializer {
  /// An initialiser by its name.
  public static var initializer: FieldType { Initializers.fieldType }
}
