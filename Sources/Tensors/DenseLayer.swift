internal import CKernels
public import Parallel

/// A dense layer with its activation on memory that stays where it is.
///
/// Sizes are checked once, so that a pass is a call or two. Threads share a large layer by its
/// outputs or inputs; the result is the same for every number of them.
@safe public final class DenseLayer {
  /// Where a layer reads and writes; matrices have a feature per row and an example per column,
  /// weights an input per row and an output per column.
  public struct Memory {
    public var weights: Matrix
    public var bias: View?
    public var input: Matrix
    public var output: Matrix
    /// Room for the sums where the activation's slope is computed from them; else nil.
    public var sums: Matrix?
    public var weightGradient: Matrix
    public var biasGradient: View?
    /// The gradient of the output, which `backward` turns into that of the sums.
    public var outputGradient: Matrix
    /// Nil where nobody wants the gradient of the input.
    public var inputGradient: Matrix?
    /// Whether the input's gradient is added to what is there.
    public var accumulates: Bool
    /// As large as `denseBackwardWeightsScratch` says.
    public var scratch: View

    public init(
      weights: Matrix, bias: View?, input: Matrix, output: Matrix, sums: Matrix?,
      weightGradient: Matrix, biasGradient: View?, outputGradient: Matrix, inputGradient: Matrix?,
      accumulates: Bool, scratch: View
    ) {
      self.weights = weights
      self.bias = bias
      self.input = input
      self.output = output
      self.sums = sums
      self.weightGradient = weightGradient
      self.biasGradient = biasGradient
      self.outputGradient = outputGradient
      self.inputGradient = inputGradient
      self.accumulates = accumulates
      self.scratch = scratch
    }
  }

  private let memory: Memory
  private let kernels: UnsafePointer<plumb_kernels>
  private let call: UnsafeMutablePointer<plumb_dense>
  private let outputs: Int
  private let inputs: Int
  private let isShared: Bool
  private let wantsInput: Bool

  public init(_ memory: Memory, activation: Activation, on set: InstructionSet = .current) {
    precondition(
      activation.gradientNeedsInput == (memory.sums != nil),
      "a dense layer keeps its sums where the activation's slope is computed from them")
    self.memory = memory
    unsafe kernels = set.kernels
    (outputs, inputs) = (memory.output.rows, memory.input.rows)
    wantsInput = memory.inputGradient != nil
    isShared = outputs * inputs * memory.output.lanes >= sharedMultiplications
    unsafe call = .allocate(capacity: 1)
    unsafe call.initialize(to: plumb_dense(memory, activation))
  }

  deinit { unsafe call.deallocate() }

  /// Computes the output; only a large layer asks for the threads.
  public func forward(_ workers: @autoclosure () -> Workers) {
    guard isShared else {
      unsafe kernels.pointee.dense_forward(call, 0, outputs)
      return
    }
    workers().share(outputs, grain: 16) { first, count in
      unsafe kernels.pointee.dense_forward(call, first, count)
    }
  }

  /// Computes the gradients of weights, bias and input.
  public func backward(_ workers: @autoclosure () -> Workers) {
    guard isShared else {
      unsafe kernels.pointee.dense_backward_outputs(call, 0, outputs)
      if wantsInput { unsafe kernels.pointee.dense_backward_inputs(call, 0, inputs) }
      return
    }
    let workers = workers()
    workers.share(outputs, grain: 32) { first, count in
      unsafe kernels.pointee.dense_backward_outputs(call, first, count)
    }
    guard wantsInput else { return }
    workers.share(inputs, grain: 16) { first, count in
      unsafe kernels.pointee.dense_backward_inputs(call, first, count)
    }
  }
}

/// Multiplications of a product from which on threads share it: some ten microseconds of work.
private let sharedMultiplications = 500_000

extension plumb_dense {
  /// The calls of a layer, their sizes checked.
  fileprivate init(_ memory: DenseLayer.Memory, _ activation: Activation) {
    let sums = memory.sums ?? memory.output
    precondition(
      sums.hasSize(of: memory.output) && sums.stride == memory.output.stride
        && memory.outputGradient.hasSize(of: memory.output)
        && memory.outputGradient.stride == memory.output.stride,
      "a dense layer keeps outputs, sums and their gradient alike")
    let forward = unsafe plumb_product.forward(
      weights: memory.weights, bias: memory.bias, input: memory.input, output: sums,
      isCutAtZero: activation == .relu)
    let backData = unsafe memory.inputGradient.map {
      unsafe plumb_product.backData(
        weights: memory.weights, outputGradient: memory.outputGradient, inputGradient: $0,
        accumulates: memory.accumulates)
    }
    unsafe self.init(
      forward: forward, back_data: backData ?? forward,
      gradient: .weights(
        input: memory.input, outputGradient: memory.outputGradient,
        weightGradient: memory.weightGradient, biasGradient: memory.biasGradient,
        scratch: memory.scratch, accumulates: false),
      activation: activation.kind, parameter: activation.parameter, sums: sums.base,
      output: memory.output.base, output_gradient: memory.outputGradient.base)
  }
}
