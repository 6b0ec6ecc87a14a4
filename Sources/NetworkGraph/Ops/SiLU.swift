public import SpecSyntax
public import Tensors

/// `y = x / (1 + e⁻ˣ)`.
public struct SiLU: ActivationOp {
  public static let name = "silu"
  public static let summary = "Weighs each value by its own sigmoid; also called swish."

  public var activation: Activation { .silu }

  public init(reading fields: inout FieldReader) {}
}
