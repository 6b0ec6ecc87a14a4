public import SpecSyntax
public import Tensors

/// In training, each value is set to 0 with chance `rate` and otherwise divided by `1 − rate`;
/// in evaluation, nothing happens.
public struct Dropout: Op {
  public static let name = "dropout"
  public static let summary = "Sets a random share of the values to 0 at each training step."
  public static var shorthand: String? { "rate" }
  public static var samples: [OpSample] {
    [OpSample("rate: 0.3", inputs: [6]), OpSample("rate: 0.5", inputs: [2, 3, 4])]
  }

  @Located public var rate: Double

  public init(reading fields: inout FieldReader) {
    _rate = fields.required(
      "rate", .fraction, doc: "The share of values that is left out; 0.1 to 0.5 is usual.")
  }

  public init(rate: Double, at range: SourceRange = .none) {
    _rate = Located(wrappedValue: rate, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  /// The factor of each value: 0 or `1 / (1 − rate)`.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int { inputs[0].count * stride }

  public var backwardReads: BackwardReads { [] }
  public var worksInPlace: Bool { true }

  public func forward(_ io: Buffers) {
    guard io.isTraining, rate > 0 else {
      return copy(io.inputs[0], into: io.output)
    }
    dropoutForward(
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
