public import SpecSyntax
public import Tensors

/// The same numbers in one row: `[channels, height, width]` becomes `[channels · height · width]`.
public struct Flatten: Op {
  public static let name = "flatten"
  public static let summary = "Turns an image or any other shape into one row of features."
  public static var samples: [OpSample] { [OpSample(inputs: [2, 3, 4]), OpSample(inputs: [5])] }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { [inputs[0].count] }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  public var backwardReads: BackwardReads { [] }
  public var worksInPlace: Bool { true }

  public func forward(_ io: Buffers) { copy(io.inputs[0], into: io.output) }

  public func backward(_ io: Buffers) { io.pass(io.outputGradient, to: 0) }
}
