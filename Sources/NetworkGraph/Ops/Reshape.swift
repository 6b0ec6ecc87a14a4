public import SpecSyntax
public import Tensors

/// The same numbers in the same order under another shape.
public struct Reshape: Op {
  public static let name = "reshape"
  public static let summary = "Gives the same numbers another shape: `reshape: [1, 8, 8]`."
  public static var shorthand: String? { "shape" }
  public static var samples: [OpSample] {
    [OpSample("shape: [2, 3, 4]", inputs: [24]), OpSample("shape: [3, -1]", inputs: [2, 3, 2])]
  }

  @Located public var shape: [Int]

  public init(reading fields: inout FieldReader) {
    _shape = fields.required(
      "shape", .list(of: .integer(-1...1_000_000)),
      doc: "The new sizes, outermost first: `[channels, height, width]`; one may be -1: the rest.")
  }

  public init(_ sizes: [Int]) {
    _shape = Located(wrappedValue: sizes)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    let openCount = shape.count { $0 < 0 }
    guard !shape.contains(0), openCount <= 1, !shape.isEmpty else {
      throw ShapeError(
        "a shape has sizes of at least 1, of which one may be left open by -1", at: $shape)
    }
    let count = inputs[0].count
    // Sizes are at most a million each, and the product stops growing beyond the count.
    let known = shape.reduce(1) { $1 < 0 || $0 > count ? $0 : $0 * $1 }
    let isOpen = shape.contains(-1)
    guard isOpen ? known <= count && count % known == 0 : known == count else {
      throw ShapeError(
        "`reshape` to \(shape) does not fit the \(count) values of \(inputs[0])", at: $shape,
        help: "the sizes have to multiply to \(count)")
    }
    return Shape(shape.map { $0 < 0 ? count / known : $0 })
  }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  public var backwardReads: BackwardReads { [] }
  public var worksInPlace: Bool { true }

  public func forward(_ io: Buffers) { copy(io.inputs[0], into: io.output) }

  public func backward(_ io: Buffers) { io.pass(io.outputGradient, to: 0) }
}
