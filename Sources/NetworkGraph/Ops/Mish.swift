public import SpecSyntax
public import Tensors

/// `y = x · tanh(ln(1 + eˣ))`.
public struct Mish: ActivationOp {
  public static let name = "mish"
  public static let summary = "A smooth curve like `silu`, a little deeper below 0."

  public var activation: Activation { .mish }

  public init(reading fields: inout FieldReader) {}
}
