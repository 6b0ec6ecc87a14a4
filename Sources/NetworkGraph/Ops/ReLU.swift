public import SpecSyntax
public import Tensors

/// `y = max(0, x)`.
public struct ReLU: ActivationOp {
  public static let name = "relu"
  public static let summary = "Passes positive values through and cuts negative ones to 0."

  public var activation: Activation { .relu }

  public init(reading fields: inout FieldReader) {}
}
