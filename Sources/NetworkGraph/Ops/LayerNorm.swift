public import SpecSyntax
public import Tensors

/// `y = scale · (x − mean) / √(variance + epsilon) + shift` with the statistics of one example.
public struct LayerNorm: Op {
  public static let name = "layer_norm"
  public static let summary = "Brings the features of each example to mean 0 and variance 1."
  public static var samples: [OpSample] {
    [
      OpSample(inputs: [5]), OpSample("epsilon: 0.01", inputs: [3, 2, 2]),
      OpSample(inputs: [2, 7]),
    ]
  }

  @Located public var epsilon: Double

  public init(reading fields: inout FieldReader) {
    _epsilon = fields.field(
      "epsilon", .positive, default: 1e-5,
      doc: "Added to the variance, so that equal features do not divide by 0.")
  }

  /// The operation with its defaults.
  public init(at range: SourceRange = .none) {
    _epsilon = Located(wrappedValue: 1e-5, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let features = inputs[0].count
    return [
      .vector("scale", .scale, count: features, start: 1),
      .vector("shift", .shift, count: features),
    ]
  }

  /// Mean and inverse deviation of each example.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int { 2 * stride }

  /// A place for the input's gradient where nobody wants it.
  public func scratchCount(for inputs: [Shape], stride: Int) -> Int { inputs[0].count * stride }

  /// Mean, variance, and four operations to scale and shift.
  public func flops(for inputs: [Shape]) -> Int { 8 * inputs[0].count }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ io: Buffers) {
    layerNormForward(
      input: io.inputs[0], scale: io.parameters[0].view, shift: io.parameters[1].view,
      output: io.output, statistics: io.savedStatistics, epsilon: Float(epsilon))
  }

  public func backward(_ io: Buffers) {
    layerNormBackward(
      input: io.inputs[0], scale: io.parameters[0].view, statistics: io.savedStatistics,
      outputGradient: io.outputGradient, inputGradient: io.inputGradientOrScratch,
      scaleGradient: io.parameterGradients[0].view, shiftGradient: io.parameterGradients[1].view,
      accumulate: io.inputGradients[0].accumulates)
  }
}

extension Buffers {
  /// The two halves of `saved` as a normalisation's statistics.
  var savedStatistics: NormalizationStatistics {
    let half = saved.count / 2
    return NormalizationStatistics(
      mean: saved.window(0, half), inverseDeviation: saved.window(half, half))
  }

  /// The gradient of the first input, or room that nobody reads.
  var inputGradientOrScratch: Matrix {
    let input = inputs[0]
    return inputGradients[0].matrix
      ?? Matrix(scratch, rows: input.rows, columns: input.columns, stride: input.stride)
  }
}
