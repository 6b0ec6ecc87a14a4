public import SpecSyntax
public import Tensors

/// Dropout for `selu` (Klambauer et al. 2017): in training, each value is set with chance `rate`
/// to the least value of `selu`, and all are scaled and shifted so that mean 0 and variance 1
/// stay; in evaluation, nothing happens.
public struct AlphaDropout: Op {
  public static let name = "alpha_dropout"
  public static let summary = "A `dropout` for `selu` layers that keeps mean 0 and variance 1."
  public static var shorthand: String? { "rate" }
  public static var samples: [OpSample] {
    [OpSample("rate: 0.1", inputs: [6]), OpSample("rate: 0.5", inputs: [2, 3, 4])]
  }

  @Located public var rate: Double

  public init(reading fields: inout FieldReader) {
    _rate = fields.required(
      "rate", .fraction, doc: "The share of values that is left out; 0.05 to 0.1 is usual.")
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  /// The factor of each value: 0 where it was replaced.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int { inputs[0].count * stride }

  public var backwardReads: BackwardReads { [] }
  public var worksInPlace: Bool { true }

  public func forward(_ io: Buffers) {
    guard io.isTraining, rate > 0 else {
      return copy(io.inputs[0], into: io.output)
    }
    alphaDropoutForward(
      input: io.inputs[0], output: io.output, mask: io.savedMatrix(), rate: Float(rate),
      key: io.key, counter: io.step)
  }

  public func backward(_ io: Buffers) {
    guard io.isTraining, rate > 0 else { return io.pass(io.outputGradient, to: 0) }
    guard let inputGradient = io.inputGradients[0].matrix else { return }
    dropoutBackward(
      outputGradient: io.outputGradient, mask: io.savedMatrix(), inputGradient: inputGradient,
      accumulate: io.inputGradients[0].accumulates)
  }
}
