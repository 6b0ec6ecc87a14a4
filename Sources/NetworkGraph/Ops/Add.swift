public import SpecSyntax
public import Tensors

/// `y = x₁ + x₂ + …`: the end of a residual connection.
public struct Add: Op {
  public static let name = "add"
  public static let summary = "Adds the layers that `from` names, value by value."
  public static var inputCount: ClosedRange<Int> { 2...Int.max }
  public static var samples: [OpSample] {
    [OpSample(inputs: [5], [5]), OpSample(inputs: [2, 3], [2, 3], [2, 3])]
  }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    for input in inputs.dropFirst() where input != inputs[0] {
      throw ShapeError(
        "`add` needs inputs of one shape, but gets \(inputs[0]) and \(input)",
        help: "give the layers the same width, or use `concat`")
    }
    return inputs[0]
  }

  public func flops(for inputs: [Shape]) -> Int { (inputs.count - 1) * inputs[0].count }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ io: Buffers) {
    copy(io.inputs[0], into: io.output)
    for i in 1..<io.inputs.count { add(io.inputs[i], into: io.output) }
  }

  public func backward(_ io: Buffers) {
    for i in io.inputs.indices { io.pass(io.outputGradient, to: i) }
  }
}
