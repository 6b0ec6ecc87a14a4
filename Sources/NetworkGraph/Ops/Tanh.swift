public import SpecSyntax
public import Tensors

/// `y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`.
public struct Tanh: ActivationOp {
  public static let name = "tanh"
  public static let summary = "Squeezes values into the interval from −1 to 1."

  public var activation: Activation { .tanh }

  public init(reading fields: inout FieldReader) {}
}
