public import SpecSyntax
public import Tensors

/// `y = 1 / (1 + e⁻ˣ)`.
public struct Sigmoid: ActivationOp {
  public static let name = "sigmoid"
  public static let summary = "Squeezes values into the interval from 0 to 1."

  public var activation: Activation { .sigmoid }

  public init(reading fields: inout FieldReader) {}
}
