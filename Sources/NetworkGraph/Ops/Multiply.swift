public import SpecSyntax
public import Tensors

/// `y = x₁ · x₂ · …`, value by value: gates and interactions.
public struct Multiply: Op {
  public static let name = "multiply"
  public static let summary = "Multiplies the layers that `from` names, value by value."
  public static var inputCount: ClosedRange<Int> { 2...Int.max }
  public static var samples: [OpSample] {
    [OpSample(inputs: [5], [5]), OpSample(inputs: [2, 3], [2, 3], [2, 3])]
  }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    for input in inputs.dropFirst() where input != inputs[0] {
      throw ShapeError(
        "`multiply` needs inputs of one shape, but gets \(inputs[0]) and \(input)",
        help: "give the layers the same width")
    }
    return inputs[0]
  }

  /// The product of all inputs but one, where there are more than two.
  public func scratchCount(for inputs: [Shape], stride: Int) -> Int {
    inputs.count > 2 ? inputs[0].count * stride : 0
  }

  public func flops(for inputs: [Shape]) -> Int { (inputs.count - 1) * inputs[0].count }

  public var backwardReads: BackwardReads { .inputs }

  public func forward(_ io: Buffers) {
    multiply(io.inputs[0], io.inputs[1], into: io.output)
    for input in io.inputs.dropFirst(2) { multiply(io.output, input, into: io.output) }
  }

  /// `dxᵢ = dy · Π xⱼ` over all other inputs; an input named twice gets both shares.
  public func backward(_ io: Buffers) {
    for i in io.inputs.indices {
      guard let target = io.inputGradients[i].matrix else { continue }
      var others = io.inputs.indices.filter { $0 != i }
      let last = others.removeLast()
      var product = io.outputGradient
      if !others.isEmpty {
        let room = Matrix(
          io.scratch, rows: product.rows, columns: product.columns, stride: product.stride)
        for other in others {
          multiply(product, io.inputs[other], into: room)
          product = room
        }
      }
      multiply(
        product, io.inputs[last], into: target, accumulate: io.inputGradients[i].accumulates)
    }
  }
}
