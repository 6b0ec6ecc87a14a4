public import SpecSyntax
public import Tensors

/// `y = scale · (x − mean) / √(variance + epsilon) + shift`, per feature, or per channel of an
/// image: in training with the statistics of the batch, in evaluation with running ones.
public struct BatchNorm: Op {
  public static let name = "batch_norm"
  public static let summary = "Brings each feature to mean 0 and variance 1 over the batch."
  public static var samples: [OpSample] {
    [
      OpSample(inputs: [5]), OpSample("momentum: 0.2, epsilon: 0.01", inputs: [3, 2, 2]),
      OpSample(inputs: [2, 7]),
    ]
  }

  @Located public var momentum: Double
  @Located public var epsilon: Double

  public init(reading fields: inout FieldReader) {
    _momentum = fields.field(
      "momentum", .number(.above(0, atMost: 1)), default: 0.1,
      doc: "How far the running statistics move towards those of each batch.")
    _epsilon = fields.field(
      "epsilon", .positive, default: 1e-5,
      doc: "Added to the variance, so that a constant feature does not divide by 0.")
  }

  /// The operation with its defaults.
  public init(at range: SourceRange = .none) {
    _momentum = Located(wrappedValue: 0.1, at: range)
    _epsilon = Located(wrappedValue: 1e-5, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let features = featureCount(of: inputs[0])
    return [
      .vector("scale", .scale, count: features, start: 1),
      .vector("shift", .shift, count: features),
    ]
  }

  public func state(for inputs: [Shape]) -> [StateTensor] {
    let features = featureCount(of: inputs[0])
    return [
      StateTensor("running_mean", count: features, start: 0),
      StateTensor("running_variance", count: features, start: 1),
    ]
  }

  /// Mean and inverse deviation of each feature.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int {
    2 * padded(featureCount(of: inputs[0]))
  }

  /// A place for the input's gradient where nobody wants it.
  public func scratchCount(for inputs: [Shape], stride: Int) -> Int { inputs[0].count * stride }

  public func flops(for inputs: [Shape]) -> Int { 2 * inputs[0].count }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ io: Buffers) {
    let (scale, shift) = (io.parameters[0].view, io.parameters[1].view)
    let running = RunningStatistics(mean: io.state[0], variance: io.state[1])
    let rowsPerFeature = io.output.rows / io.parameters[0].columns
    guard io.isTraining else {
      return batchNormInference(
        input: io.inputs[0], scale: scale, shift: shift, output: io.output, running: running,
        epsilon: Float(epsilon), rowsPerFeature: rowsPerFeature)
    }
    batchNormForward(
      input: io.inputs[0], scale: scale, shift: shift, output: io.output,
      statistics: io.savedStatistics, running: running, momentum: Float(momentum),
      epsilon: Float(epsilon), rowsPerFeature: rowsPerFeature)
  }

  public func backward(_ io: Buffers) {
    batchNormBackward(
      input: io.inputs[0], scale: io.parameters[0].view, statistics: io.savedStatistics,
      outputGradient: io.outputGradient, inputGradient: io.inputGradientOrScratch,
      scaleGradient: io.parameterGradients[0].view, shiftGradient: io.parameterGradients[1].view,
      accumulate: io.inputGradients[0].accumulates,
      rowsPerFeature: io.output.rows / io.parameters[0].columns)
  }

  /// Channels of an image, or all features of a flat row.
  private func featureCount(of shape: Shape) -> Int { shape.sizes.first ?? 1 }
}
