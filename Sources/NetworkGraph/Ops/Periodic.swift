public import SpecSyntax
public import Tensors

/// `cos 2πcx` and `sin 2πcx` of every feature at `frequencies` trained frequencies `c` of its own
/// (Gorishniy et al. 2022, section 3.3): a row of `n` becomes one of `2 · frequencies · n`, feature
/// by feature, the cosines before the sines.
public struct Periodic: Op {
  public static let name = "periodic"
  public static let summary = "Turns each feature into cosines and sines at trained frequencies."
  public static var samples: [OpSample] {
    [
      OpSample("frequencies: 4, sigma: 0.3", inputs: [3]),
      OpSample("frequencies: 1", inputs: [1]),
    ]
  }

  @Located public var frequencies: Int
  @Located public var sigma: Double

  public init(reading fields: inout FieldReader) {
    _frequencies = fields.field(
      "frequencies", .integer(1...10_000), default: 48,
      doc: "How many frequencies each feature has.")
    _sigma = fields.field(
      "sigma", .positive, default: 0.01,
      doc: "The deviation of the first frequencies: from 0.01 for smooth curves to 1 and above.")
  }

  public init(frequencies: Int, sigma: Double, at range: SourceRange = .none) {
    _frequencies = Located(wrappedValue: frequencies, at: range)
    _sigma = Located(wrappedValue: sigma, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    guard inputs[0].rank == 1 else {
      throw ShapeError(
        "`periodic` takes a flat row of features, but its input is \(inputs[0])",
        help: "put `flatten` before it")
    }
    return [2 * frequencies * inputs[0].count]
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let count = frequencies * inputs[0].count
    return [
      ParameterTensor(
        name: "frequencies", kind: .frequency, rows: 1, columns: count, fanIn: 1, fanOut: 1,
        start: .normal(deviation: sigma))
    ]
  }

  /// A product, a cosine and a sine for each frequency, the two counted as one each.
  public func flops(for inputs: [Shape]) -> Int { 3 * frequencies * inputs[0].count }

  public func forward(_ io: Buffers) {
    periodicForward(
      input: io.inputs[0], frequencies: io.parameters[0].view, output: io.output)
  }

  public func backward(_ io: Buffers) {
    periodicBackward(
      input: io.inputs[0], frequencies: io.parameters[0].view, output: io.output,
      outputGradient: io.outputGradient, frequencyGradient: io.parameterGradients[0].view,
      inputGradient: io.inputGradients[0].matrix, accumulate: io.inputGradients[0].accumulates)
  }
}
