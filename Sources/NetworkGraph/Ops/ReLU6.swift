public import SpecSyntax
public import Tensors

/// `y = min(max(x, 0), 6)`.
public struct ReLU6: ActivationOp {
  public static let name = "relu6"
  public static let summary = "A `relu` that ends at 6: cuts values to the interval from 0 to 6."

  public var activation: Activation { .relu6 }

  public init(reading fields: inout FieldReader) {}
}
