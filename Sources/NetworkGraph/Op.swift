public import SpecSyntax
public import Tensors

/// One operation of a network: a value, the same thing in the spec, the graph and the plan.
///
/// Shapes are those of one example; at run time every tensor is a matrix with a feature per row
/// and an example per column.
public protocol Op: Sendable {
  /// The name in a spec: `batch_norm`.
  static var name: String { get }
  /// One sentence on what it computes.
  static var summary: String { get }
  /// The field that a bare value sets: `dropout: 0.2` sets `rate`.
  static var shorthand: String? { get }
  /// The fields that a picture of a network shows even where they are left at their defaults.
  static var shownFields: [String] { get }
  /// How many inputs it takes.
  static var inputCount: ClosedRange<Int> { get }
  /// Fields and input shapes that show it, and on which the tests check it.
  static var samples: [OpSample] { get }

  /// Asks for every field, always.
  init(reading fields: inout FieldReader)

  /// The shape that comes out, or why these shapes cannot go in.
  func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape
  /// The tensors that are trained, in the order in which `Buffers` has them.
  func parameters(for inputs: [Shape]) -> [ParameterTensor]
  /// The tensors that are kept, but not by the optimiser.
  func state(for inputs: [Shape]) -> [StateTensor]
  /// Floats that `forward` leaves for `backward`, at a batch whose rows are `stride` long.
  func savedCount(for inputs: [Shape], stride: Int) -> Int
  /// Floats that `forward` or `backward` needs while it runs.
  func scratchCount(for inputs: [Shape], stride: Int) -> Int
  /// What `backward` reads besides the output's gradient and what was saved; memory that nobody
  /// reads any more is used anew.
  var backwardReads: BackwardReads { get }
  /// Whether the output may lie where the only input does, and their gradients too.
  var worksInPlace: Bool { get }
  /// Floating-point operations of one example's forward pass; a multiplication and an addition
  /// are two.
  func flops(for inputs: [Shape]) -> Int
  /// This operation with `next` done in the same sweep, if it can do that and give the same
  /// result.
  func fused(with next: any Op) -> (any Op)?

  /// This operation on its memory, with everything prepared that is the same at every step; only
  /// the smallest networks notice.
  func bound(to io: Buffers) -> any BoundOp

  /// Computes the output from the inputs.
  func forward(_ io: Buffers)
  /// Computes the gradients of inputs and parameters from that of the output, which it may spoil.
  func backward(_ io: Buffers)
  /// What is wrong with the numbers of the last forward pass, in words, where they are not such as
  /// the operation takes; looked at only once the output is not finite.
  func fault(in io: Buffers) -> String?
}

extension Op {
  public static var shorthand: String? { nil }
  public static var shownFields: [String] { [] }
  public static var inputCount: ClosedRange<Int> { 1...1 }
  /// The operation's name in a spec.
  public var name: String { Self.name }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] { [] }
  public func state(for inputs: [Shape]) -> [StateTensor] { [] }
  public func savedCount(for inputs: [Shape], stride: Int) -> Int { 0 }
  public func scratchCount(for inputs: [Shape], stride: Int) -> Int { 0 }
  public var backwardReads: BackwardReads { [.inputs, .output] }
  public var worksInPlace: Bool { false }
  public func fused(with next: any Op) -> (any Op)? { nil }
  public func bound(to io: Buffers) -> any BoundOp { PlainBoundOp(op: self, io: io) }
  public func fault(in io: Buffers) -> String? { nil }
}

/// An operation on its memory: what the steps of a training run.
public protocol BoundOp: AnyObject {
  /// Computes the output from the inputs.
  func forward()
  /// Computes the gradients of inputs and parameters from that of the output.
  func backward()
}

/// An operation with nothing to prepare.
private final class PlainBoundOp: BoundOp {
  private let op: any Op
  private let io: Buffers

  init(op: any Op, io: Buffers) { (self.op, self.io) = (op, io) }

  func forward() { op.forward(io) }
  func backward() { op.backward(io) }
}

/// An example of an operation.
public struct OpSample: Sendable {
  /// The fields as they stand between the braces of a spec: `units: 8, activation: relu`.
  public let fields: String
  public let inputs: [Shape]
  /// For an operation that takes whole numbers: one above the largest.
  public let indicesBelow: Int?

  public init(_ fields: String = "", inputs: Shape..., indicesBelow: Int? = nil) {
    self.fields = fields
    self.inputs = inputs
    self.indicesBelow = indicesBelow
  }
}
