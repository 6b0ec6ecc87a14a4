public import SpecSyntax
public import Tensors

/// `y = ln(1 + eˣ)`.
public struct Softplus: ActivationOp {
  public static let name = "softplus"
  public static let summary = "A smooth `relu` that is always positive."

  public var activation: Activation { .softplus }

  public init(reading fields: inout FieldReader) {}
}
