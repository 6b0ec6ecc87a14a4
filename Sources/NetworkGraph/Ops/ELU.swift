public import SpecSyntax
public import Tensors

/// `y = x` where `x > 0`, `y = alpha · (eˣ − 1)` elsewhere.
public struct ELU: ActivationOp {
  public static let name = "elu"
  public static let summary =
    "Passes positive values through and bends negative ones towards −alpha."
  public static var shorthand: String? { "alpha" }
  public static var samples: [OpSample] {
    [OpSample(inputs: [5]), OpSample("alpha: 0.5", inputs: [2, 3, 3])]
  }

  @Located public var alpha: Double

  public var activation: Activation { .elu(alpha: Float(alpha)) }

  public init(reading fields: inout FieldReader) {
    _alpha = fields.field(
      "alpha", .positive, default: 1, doc: "How far below 0 very negative values end up.")
  }
}
