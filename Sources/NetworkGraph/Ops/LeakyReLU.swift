public import SpecSyntax
public import Tensors

/// `y = x` where `x > 0`, `y = slope · x` elsewhere.
public struct LeakyReLU: ActivationOp {
  public static let name = "leaky_relu"
  public static let summary = "Passes positive values through and scales negative ones by `slope`."
  public static var shorthand: String? { "slope" }
  public static var samples: [OpSample] {
    [OpSample(inputs: [5]), OpSample("slope: 0.3", inputs: [2, 3, 3])]
  }

  @Located public var slope: Double

  public var activation: Activation { .leakyRelu(slope: Float(slope)) }

  public init(reading fields: inout FieldReader) {
    _slope = fields.field(
      "slope", .fraction, default: 0.01, doc: "Factor applied to negative values.")
  }
}
