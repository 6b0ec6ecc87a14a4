public import SpecSyntax
public import Tensors

/// `y = min(max(x + 3, 0), 6) / 6`.
public struct HardSigmoid: ActivationOp {
  public static let name = "hard_sigmoid"
  public static let summary = "A `sigmoid` of straight lines: 0 below −3, 1 above 3."

  public var activation: Activation { .hardSigmoid }

  public init(reading fields: inout FieldReader) {}
}
