public import SpecSyntax
public import Tensors

/// `y = x · min(max(x + 3, 0), 6) / 6`, of MobileNetV3 (Howard et al. 2019).
public struct HardSwish: ActivationOp {
  public static let name = "hard_swish"
  public static let summary = "A `silu` of simple pieces: 0 below −3, the value itself above 3."

  public var activation: Activation { .hardSwish }

  public init(reading fields: inout FieldReader) {}
}
