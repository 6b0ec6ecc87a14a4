public import SpecSyntax
public import Tensors

/// `y = scale · (x − mean) / √(variance + epsilon) + shift` with the statistics of a group of
/// channels of one example, and a scale and shift per channel (Wu and He 2018).
public struct GroupNorm: Op {
  public static let name = "group_norm"
  public static let summary = "Brings groups of channels of each example to mean 0 and variance 1."
  public static var shorthand: String? { "groups" }
  public static var samples: [OpSample] {
    [
      OpSample("groups: 2", inputs: [6]), OpSample("groups: 3, epsilon: 0.01", inputs: [6, 2]),
      OpSample("groups: 1", inputs: [3, 2, 2]),
    ]
  }

  @Located public var groups: Int
  @Located public var epsilon: Double

  public init(reading fields: inout FieldReader) {
    _groups = fields.required(
      "groups", .positive,
      doc: "How many groups the channels, or features of a flat row, are divided into.")
    _epsilon = fields.field(
      "epsilon", .positive, default: 1e-5,
      doc: "Added to the variance, so that equal values do not divide by 0.")
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    let channels = inputs[0].sizes.first ?? 1
    guard channels % groups == 0 else {
      throw ShapeError(
        "\(channels) channels cannot be divided into \(groups) groups of one size", at: $groups,
        help: "choose a number that divides \(channels)")
    }
    return inputs[0]
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let channels = inputs[0].sizes.first ?? 1
    return [
      .vector("scale", .scale, count: channels, start: 1),
      .vector("shift", .shift, count: channels),
    ]
  }

  /// Mean and inverse deviation of each group of each example.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int { 2 * groups * stride }

  /// A place for the input's gradient where nobody wants it.
  public func scratchCount(for inputs: [Shape], stride: Int) -> Int { inputs[0].count * stride }

  /// Mean, variance, and four operations to scale and shift.
  public func flops(for inputs: [Shape]) -> Int { 8 * inputs[0].count }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ io: Buffers) {
    layerNormForward(
      input: io.inputs[0], scale: io.parameters[0].view, shift: io.parameters[1].view,
      output: io.output, statistics: io.savedStatistics, epsilon: Float(epsilon), groups: groups,
      rowsPerFeature: io.output.rows / io.parameters[0].columns)
  }

  public func backward(_ io: Buffers) {
    layerNormBackward(
      input: io.inputs[0], scale: io.parameters[0].view, statistics: io.savedStatistics,
      outputGradient: io.outputGradient, inputGradient: io.inputGradientOrScratch,
      scaleGradient: io.parameterGradients[0].view, shiftGradient: io.parameterGradients[1].view,
      accumulate: io.inputGradients[0].accumulates, groups: groups,
      rowsPerFeature: io.output.rows / io.parameters[0].columns)
  }
}
