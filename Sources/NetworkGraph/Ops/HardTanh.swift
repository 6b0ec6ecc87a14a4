public import SpecSyntax
public import Tensors

/// `y = min(max(x, −1), 1)`.
public struct HardTanh: ActivationOp {
  public static let name = "hard_tanh"
  public static let summary = "Cuts values to the interval from −1 to 1."

  public var activation: Activation { .hardTanh }

  public init(reading fields: inout FieldReader) {}
}
