internal import CKernels

/// A convolution's sizes: groups of channels, and the windows along height and width.
///
/// Images are matrices with a row per channel, height and width. Weights have a row for each input
/// channel of a group, tap of height and tap of width, and a column for each output channel.
public struct Convolution: Hashable, Sendable {
  public var groups: Int
  /// Input channels of one group.
  public var inputs: Int
  /// Output channels of one group.
  public var outputs: Int
  public var height: WindowAxis
  public var width: WindowAxis

  public init(groups: Int, inputs: Int, outputs: Int, height: WindowAxis, width: WindowAxis) {
    (self.groups, self.inputs, self.outputs) = (groups, inputs, outputs)
    (self.height, self.width) = (height, width)
  }

  /// What a result is put through before it is stored.
  public enum Finish: Hashable, Sendable {
    case plain
    case relu
    /// The largest of every 2 × 2 results, cut at zero if asked; both axes' outputs are even.
    case largestOfFour(relu: Bool)

    var cutsAtZero: Bool {
      switch self {
      case .plain: false
      case .relu: true
      case .largestOfFour(let relu): relu
      }
    }
    var keepsLargest: Bool {
      switch self {
      case .plain, .relu: false
      case .largestOfFour: true
      }
    }
  }

  /// Rows of the weights: what one output sums over.
  public var fanIn: Int { inputs * height.kernel * width.kernel }
  /// Rows of an image that goes in.
  public var inputRows: Int { groups * inputs * height.input * width.input }

  /// Rows of what comes out.
  public func outputRows(_ finish: Finish) -> Int {
    groups * outputs * height.output * width.output / (finish.keepsLargest ? 4 : 1)
  }

  /// How many floats of scratch a call needs for a batch of up to `columns` examples.
  public func scratchCount(columns: Int, on set: InstructionSet = .current) -> Int {
    var call = unsafe call(columns: columns, finish: .plain)
    return unsafe set.kernels.pointee.convolution_scratch(&call)
  }

  /// How many floats hold which of four results was the largest, a byte for each.
  public static func codesCount(rows: Int, stride: Int) -> Int { (rows * stride + 3) / 4 }

  /// The sizes for the kernels; checks them.
  private func call(columns: Int, finish: Finish) -> plumb_convolution {
    precondition(
      groups > 0 && inputs > 0 && outputs > 0 && height.isValid && width.isValid,
      "a convolution has sizes that cannot be")
    precondition(
      !finish.keepsLargest || (height.output % 2 == 0 && width.output % 2 == 0),
      "the largest of four results needs an even number of them each way")
    var call = unsafe plumb_convolution()
    unsafe call.y = height.call
    unsafe call.x = width.call
    unsafe call.groups = groups
    unsafe call.inputs = inputs
    unsafe call.outputs = outputs
    unsafe call.columns = columns
    unsafe call.relu = finish.cutsAtZero ? 1 : 0
    return unsafe call
  }

  /// Blocks of sixteen examples in a batch.
  private func blocks(_ columns: Int) -> Int { padded(columns) / 16 }
}

extension Convolution {
  /// `output[o, y, x] = bias[o] + Σ weights[c, ky, kx, o] · input[c, y′, x′]`, and the finish.
  ///
  /// - Parameters:
  ///   - codes: of `codesCount` floats, where the largest of four is kept.
  ///   - scratch: of `scratchCount` floats.
  public func forward(
    weights: Matrix, bias: View?, input: Matrix, output: Matrix, finish: Finish = .plain,
    codes: View? = nil, scratch: View, on set: InstructionSet = .current
  ) {
    check(weights: weights, bias: bias, input: input, output: output, finish: finish)
    check(scratch: scratch, codes: codes, output: output, finish: finish, on: set)
    var call = unsafe call(columns: input.columns, finish: finish)
    unsafe call.weights = UnsafePointer(weights.base)
    unsafe call.weight_stride = weights.stride
    unsafe call.bias = bias.map { unsafe UnsafePointer($0.base) }
    unsafe call.input = UnsafePointer(input.base)
    unsafe call.input_stride = input.stride
    unsafe call.output = output.base
    unsafe call.output_stride = output.stride
    if finish.keepsLargest { unsafe call.codes = codes?.bytes }
    unsafe call.scratch = scratch.base
    let rows = height.output / (finish.keepsLargest ? 2 : 1)
    unsafe set.kernels.pointee.convolve(&call, 0, blocks(input.columns) * rows)
  }

  /// The gradient of the input, added to what is there if asked.
  ///
  /// - Parameters:
  ///   - output: what `forward` gave, and `codes` likewise, for the finish's gradient.
  public func backwardInput(
    weights: Matrix, output: Matrix, codes: View? = nil, finish: Finish = .plain,
    outputGradient: Matrix, inputGradient: Matrix, scratch: View, accumulate: Bool = false,
    on set: InstructionSet = .current
  ) {
    check(
      weights: weights, bias: nil, input: inputGradient, output: outputGradient, finish: finish)
    check(scratch: scratch, codes: codes, output: output, finish: finish, on: set)
    precondition(output.hasSize(of: outputGradient), "a gradient has the size of its values")
    var call = unsafe call(columns: output.columns, finish: finish)
    unsafe call.weights = UnsafePointer(weights.base)
    unsafe call.weight_stride = weights.stride
    unsafe call.set(output: output, outputGradient, finish.keepsLargest ? codes : nil)
    unsafe call.input_gradient = inputGradient.base
    unsafe call.input_gradient_stride = inputGradient.stride
    unsafe call.scratch = scratch.base
    unsafe call.accumulate = accumulate ? 1 : 0
    unsafe set.kernels.pointee.convolve_backward_input(
      &call, 0, blocks(output.columns) * height.input)
  }

  /// The gradients of weights and bias, added to what is there if asked.
  ///
  /// The padding of the weights' columns becomes zero, or stays as it is when accumulating.
  public func backwardWeights(
    input: Matrix, output: Matrix, codes: View? = nil, finish: Finish = .plain,
    outputGradient: Matrix, weightGradient: Matrix, biasGradient: View?, scratch: View,
    accumulate: Bool = false, on set: InstructionSet = .current
  ) {
    check(
      weights: weightGradient, bias: biasGradient, input: input, output: outputGradient,
      finish: finish)
    check(scratch: scratch, codes: codes, output: output, finish: finish, on: set)
    precondition(output.hasSize(of: outputGradient), "a gradient has the size of its values")
    var call = unsafe call(columns: output.columns, finish: finish)
    unsafe call.input = UnsafePointer(input.base)
    unsafe call.input_stride = input.stride
    unsafe call.set(output: output, outputGradient, finish.keepsLargest ? codes : nil)
    unsafe call.weight_gradient = weightGradient.base
    unsafe call.weight_stride = weightGradient.stride
    unsafe call.bias_gradient = biasGradient?.base
    unsafe call.scratch = scratch.base
    unsafe call.accumulate = accumulate ? 1 : 0
    unsafe set.kernels.pointee.convolve_backward_weights(&call, 0, groups * outputs)
  }

  private func check(
    weights: Matrix, bias: View?, input: Matrix, output: Matrix, finish: Finish
  ) {
    precondition(
      weights.rows == fanIn && weights.columns == groups * outputs,
      "a convolution needs a row of weights per channel and tap, and a column per output channel")
    precondition(
      bias.map { $0.count >= groups * outputs } ?? true,
      "a convolution needs one bias per output channel")
    precondition(
      input.rows == inputRows && output.rows == outputRows(finish)
        && input.columns == output.columns, "a convolution's images have other sizes")
  }

  private func check(
    scratch: View, codes: View?, output: Matrix, finish: Finish, on set: InstructionSet
  ) {
    precondition(
      scratch.count >= scratchCount(columns: output.columns, on: set),
      "the scratch of a convolution is too small")
    guard finish.keepsLargest else { return }
    let needed = Self.codesCount(rows: output.rows, stride: output.stride)
    precondition(
      (codes?.count ?? 0) >= needed, "the numbers of the largest results need a byte each")
  }
}

extension plumb_convolution {
  /// Takes what the gradient of the sums is computed from.
  mutating func set(output: Matrix, _ gradient: Matrix, _ codes: View?) {
    unsafe self.output = output.base
    unsafe output_stride = output.stride
    unsafe output_gradient = UnsafePointer(gradient.base)
    unsafe output_gradient_stride = gradient.stride
    unsafe self.codes = codes?.bytes
  }
}

extension View {
  /// The memory as bytes, for the kernels.
  var bytes: UnsafeMutablePointer<UInt8> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self)
  }
}
