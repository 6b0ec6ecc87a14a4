internal import CKernels

extension InstructionSet {
  /// How many networks of one shape a vector holds.
  public var laneCount: Int { unsafe Int(kernels.pointee.lanes) }

  /// Floats from row to row of activations of so many examples of every lane's network.
  ///
  /// An odd number of cache lines, so that the rows of a column lie in different sets of a cache.
  public func laneStride(columns: Int) -> Int {
    let count = padded(columns * laneCount)
    return count / lanePadding % 2 == 0 ? count + lanePadding : count
  }
}

/// A dense layer of as many networks as a vector has lanes, on memory that stays where it is.
///
/// Number `i` of a network is at `i · laneCount + its lane`; a matrix of activations has a row for
/// each feature and `laneCount` columns for each example. The numbers of each network are those
/// that `DenseLayer` gives, to the last bit.
@safe public final class LaneLayer {
  /// Where a layer reads and writes.
  public struct Memory {
    public var weights: View
    public var bias: View?
    public var input: Matrix
    public var output: Matrix
    /// Room for the sums where the activation's slope is computed from them; else nil.
    public var sums: Matrix?
    /// The gradient of the output, which `backward` turns into that of the sums.
    public var outputGradient: Matrix
    /// Nil for the first layer.
    public var inputGradient: Matrix?
    /// As large as `scratchCount` says.
    public var scratch: View

    public init(
      weights: View, bias: View?, input: Matrix, output: Matrix, sums: Matrix?,
      outputGradient: Matrix, inputGradient: Matrix?, scratch: View
    ) {
      self.weights = weights
      self.bias = bias
      self.input = input
      self.output = output
      self.sums = sums
      self.outputGradient = outputGradient
      self.inputGradient = inputGradient
      self.scratch = scratch
    }
  }

  private let memory: Memory
  private let activation: Activation
  private let set: InstructionSet
  private let call: UnsafeMutablePointer<plumb_lane_layer>
  private let laneCount: Int

  public init(_ memory: Memory, activation: Activation, on set: InstructionSet = .current) {
    (self.memory, self.activation, self.set) = (memory, activation, set)
    let laneCount = set.laneCount
    self.laneCount = laneCount
    let (inputs, outputs) = (memory.input.rows, memory.output.rows)
    let sums = memory.sums ?? memory.output
    precondition(
      activation.gradientNeedsInput == (memory.sums != nil),
      "a dense layer keeps its sums where the activation's slope is computed from them")
    precondition(
      memory.weights.count >= inputs * outputs * laneCount
        && memory.bias.map { $0.count >= outputs * laneCount } ?? true,
      "every lane has its weights")
    let matrices = [memory.output, sums, memory.outputGradient] + [memory.inputGradient ?? sums]
    precondition(
      matrices.allSatisfy { $0.stride == memory.input.stride } && sums.rows == outputs
        && memory.outputGradient.rows == outputs && memory.inputGradient?.rows ?? inputs == inputs,
      "the layers of lanes have rows of one length, and as many as values")
    precondition(
      memory.scratch.count >= Self.scratchCount(outputs: outputs, on: set),
      "a layer of lanes needs its scratch")
    unsafe call = .allocate(capacity: 1)
    unsafe call.initialize(
      to: plumb_lane_layer(
        weights: memory.weights.base, bias: memory.bias?.base, input: memory.input.base,
        output: sums.base, output_gradient: memory.outputGradient.base,
        input_gradient: memory.inputGradient?.base, scratch: memory.scratch.base, inputs: inputs,
        outputs: outputs, stride: memory.input.stride, relu: activation == .relu ? 1 : 0))
  }

  deinit { unsafe call.deallocate() }

  /// How many floats of scratch a layer needs.
  public static func scratchCount(outputs: Int, on set: InstructionSet = .current) -> Int {
    max(4 * outputs, 128) * set.laneCount
  }

  /// Computes the outputs of the first `columns` examples.
  public func forward(columns: Int) {
    check(columns)
    unsafe set.kernels.pointee.lane_forward(call, columns)
    guard activation != .linear, activation != .relu else { return }
    activate(
      activation, input: used(memory.sums ?? memory.output, columns),
      output: used(memory.output, columns), on: set)
  }

  /// Computes the gradient of the input, and takes the step of weights and bias.
  public func backward(columns: Int, _ updates: LaneUpdates) {
    check(columns)
    if activation != .linear {
      let gradient = used(memory.outputGradient, columns)
      activateBackward(
        activation, input: used(memory.sums ?? memory.output, columns),
        output: used(memory.output, columns), outputGradient: gradient, inputGradient: gradient,
        on: set)
    }
    // The weights are those of the forward pass until their step is taken.
    if memory.inputGradient != nil {
      unsafe set.kernels.pointee.lane_backward_inputs(call, columns)
    }
    let steps = unsafe updates.steps
    unsafe set.kernels.pointee.lane_backward_weights(call, columns, steps.kind, steps.calls)
  }

  private func used(_ matrix: Matrix, _ columns: Int) -> Matrix {
    matrix.withColumns(columns * laneCount)
  }

  private func check(_ columns: Int) {
    precondition(
      columns > 0 && columns * laneCount <= memory.input.stride, "a batch fits its memory")
  }
}

/// The sums of the losses of each lane's columns, which a loss has kept.
public func laneLosses(
  _ losses: View, columns: Int, on set: InstructionSet = .current
) -> [Double] {
  let laneCount = set.laneCount
  precondition(losses.count >= columns * laneCount, "every column has a loss")
  return unsafe [Double](unsafeUninitializedCapacity: laneCount) { sums, count in
    guard let start = sums.baseAddress else { return }
    unsafe set.kernels.pointee.lane_loss(losses.base, columns, start)
    count = laneCount
  }
}
