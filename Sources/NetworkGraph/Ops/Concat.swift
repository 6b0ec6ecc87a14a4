public import SpecSyntax
public import Tensors

/// The inputs one after another along the outermost axis: `[3]` and `[4]` give `[7]`.
public struct Concat: Op {
  public static let name = "concat"
  public static let summary = "Puts the layers that `from` names side by side."
  public static var inputCount: ClosedRange<Int> { 2...Int.max }
  public static var samples: [OpSample] {
    [
      OpSample(inputs: [3], [4]), OpSample(inputs: [1, 2, 2], [2, 2, 2], [1, 2, 2]),
      OpSample(inputs: [2, 5], [1, 5]),
    ]
  }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    let first = inputs[0]
    for input in inputs.dropFirst() where input.sizes.dropFirst() != first.sizes.dropFirst() {
      throw ShapeError(
        "`concat` joins along the first size only, but gets \(first) and \(input)",
        help: "the other sizes have to agree; `flatten` makes any shape one row")
    }
    guard first.rank > 0 else { throw ShapeError("`concat` cannot join single numbers") }
    return Shape([inputs.reduce(0) { $0 + $1.sizes[0] }] + first.sizes.dropFirst())
  }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ io: Buffers) {
    var row = 0
    for input in io.inputs {
      copy(input, into: io.output.rows(row..<row + input.rows))
      row += input.rows
    }
  }

  public func backward(_ io: Buffers) {
    var row = 0
    for i in io.inputs.indices {
      let rows = io.inputs[i].rows
      io.pass(io.outputGradient.rows(row..<row + rows), to: i)
      row += rows
    }
  }
}
