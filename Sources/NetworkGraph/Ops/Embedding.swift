public import SpecSyntax
public import Tensors

/// A trained row of `size` numbers for each of `levels` levels: a row of `n` whole numbers becomes
/// the `n · size` numbers of the rows they name, one after another.
///
/// −1 stands for no level and gives zeros. Any other number that names no level is reported with
/// the layer's name when training or evaluation meets it.
public struct Embedding: Op {
  public static let name = "embedding"
  public static let summary = "Turns whole numbers from 0 to `levels` − 1 into trained rows."
  public static var samples: [OpSample] {
    [
      OpSample("levels: 5, size: 3", inputs: [1], indicesBelow: 5),
      OpSample("levels: 40, size: 18, initializer: he", inputs: [2], indicesBelow: 40),
    ]
  }

  @Located public var levels: Int
  @Located public var size: Int
  @Located public var initializer: Setting<any Initializer>
  /// Whether the first row stands for whatever training has not seen, and starts at zero.
  let hasUnknown: Bool

  public init(reading fields: inout FieldReader) {
    _levels = fields.required(
      "levels", .integer(1...16_777_216), doc: "How many levels there are: the rows of the table.")
    _size = fields.required(
      "size", .integer(1...1_000_000), doc: "How many numbers stand for a level.")
    _initializer = fields.auto(
      "initializer", .initializer,
      doc: "How the rows are drawn; `auto` gives each a length of about 1, as one-hot rows have.")
    hasUnknown = false
  }

  /// A table that no spec wrote; with `hasUnknown`, its first row starts at zero.
  public init(levels: Int, size: Int, hasUnknown: Bool, at range: SourceRange = .none) {
    _levels = Located(wrappedValue: levels, at: range)
    _size = Located(wrappedValue: size, at: range)
    _initializer = Located(wrappedValue: .auto, at: range)
    self.hasUnknown = hasUnknown
  }

  /// How many numbers usually stand for one of so many levels: `1.6 · levels^0.56`, at least 1 and
  /// at most 600.
  ///
  /// The rule of thumb of fastai's tabular models, found by trial and error; it grows slower than
  /// the levels, which a half of them, its older rule, does not.
  public static func usualSize(levels: Int) -> Int {
    let power = exponential(0.56 * naturalLogarithm(Double(max(levels, 1))))
    return max(1, min(600, Int((1.6 * power).rounded())))
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    guard inputs[0].rank == 1 else {
      throw ShapeError(
        "`embedding` takes a flat row of whole numbers, but its input is \(inputs[0])",
        help: "put `flatten` before it")
    }
    return [inputs[0].count * size]
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    [
      .embedding(
        levels: levels, size: size, initializer: initializer.value ?? Lecun(),
        zeroRows: hasUnknown ? 1 : 0)
    ]
  }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ io: Buffers) {
    embed(indices: io.inputs[0], table: io.parameters[0], output: io.output)
  }

  public func backward(_ io: Buffers) {
    embedBackward(
      indices: io.inputs[0], outputGradient: io.outputGradient,
      tableGradient: io.parameterGradients[0])
    // A level does not change by a little, so its number has no slope.
    guard let gradient = io.inputGradients[0].matrix, !io.inputGradients[0].accumulates else {
      return
    }
    gradient.view.fill(0)
  }

  public func fault(in io: Buffers) -> String? {
    guard let index = firstBadIndex(io.inputs[0], levels: levels) else { return nil }
    return "\(index) is not one of its \(levels) levels, 0 to \(levels - 1)"
  }
}
