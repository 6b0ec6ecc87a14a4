public import SpecSyntax
public import Tensors

/// `y = 1.0507 · x` where `x > 0`, `1.0507 · 1.6733 · (eˣ − 1)` elsewhere.
public struct SELU: ActivationOp {
  public static let name = "selu"
  public static let summary = "An `elu` scaled so that layers keep mean 0 and variance 1."

  public var activation: Activation { .selu }

  public init(reading fields: inout FieldReader) {}
}
