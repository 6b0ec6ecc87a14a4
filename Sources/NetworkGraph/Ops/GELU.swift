public import SpecSyntax
public import Tensors

/// `y = x · Φ(x)` with the normal distribution function `Φ`, exact.
public struct GELU: ActivationOp {
  public static let name = "gelu"
  public static let summary = "Weighs each value by the chance that a normal number lies below it."

  public var activation: Activation { .gelu }

  public init(reading fields: inout FieldReader) {}
}
