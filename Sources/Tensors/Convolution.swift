internal import CKernels
public import Parallel

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

  /// The most threads that share a call, each with scratch of its own.
  public static let mostThreads = min(Workers.processorCount, 16)

  /// How many floats of scratch a call needs for a batch of up to `columns` examples on so many
  /// threads.
  public func scratchCount(
    columns: Int, threads: Int = 1, on set: InstructionSet = .current
  ) -> Int {
    var call = unsafe call(columns: columns, finish: .plain)
    return unsafe padded(set.kernels.pointee.convolution_scratch(&call)) * threads
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
  ///   - scratch: of `scratchCount` floats; no more threads are used than it has room for.
  public func forward(
    weights: Matrix, bias: View?, input: Matrix, output: Matrix, finish: Finish = .plain,
    codes: View? = nil, scratch: View, workers: Workers? = nil, on set: InstructionSet = .current
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
    let rows = height.output / (finish.keepsLargest ? 2 : 1)
    unsafe share(call, rows: rows, scratch, workers, on: set) { call, range in
      unsafe set.kernels.pointee.convolve(&call, range.lowerBound, range.upperBound)
    }
  }

  /// The gradient of the input, added to what is there if asked.
  ///
  /// - Parameters:
  ///   - output: what `forward` gave, and `codes` likewise, for the finish's gradient.
  public func backwardInput(
    weights: Matrix, output: Matrix, codes: View? = nil, finish: Finish = .plain,
    outputGradient: Matrix, inputGradient: Matrix, scratch: View, accumulate: Bool = false,
    workers: Workers? = nil, on set: InstructionSet = .current
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
    unsafe call.accumulate = accumulate ? 1 : 0
    unsafe share(call, rows: height.input, scratch, workers, on: set) { call, range in
      unsafe set.kernels.pointee.convolve_backward_input(
        &call, range.lowerBound, range.upperBound)
    }
  }

  /// The gradients of weights and bias, added to what is there if asked.
  ///
  /// The padding of the weights' columns becomes zero, or stays as it is when accumulating.
  public func backwardWeights(
    input: Matrix, output: Matrix, codes: View? = nil, finish: Finish = .plain,
    outputGradient: Matrix, weightGradient: Matrix, biasGradient: View?, scratch: View,
    accumulate: Bool = false, workers: Workers? = nil, on set: InstructionSet = .current
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
    unsafe call.accumulate = accumulate ? 1 : 0
    let room = scratchCount(columns: output.columns, on: set)
    unsafe share(call, groups * outputs, grain: 4, scratch, room, workers) { call, range in
      unsafe set.kernels.pointee.convolve_backward_weights(
        &call, range.lowerBound, range.upperBound)
    }
  }

  /// Shares the rows of all blocks: whole blocks where there is one for each thread.
  private func share(
    _ call: plumb_convolution, rows: Int, _ scratch: View, _ workers: Workers?,
    on set: InstructionSet, _ body: (inout plumb_convolution, Range<Int>) -> Void
  ) {
    let columns = unsafe call.columns
    let grain = blocks(columns) >= (workers?.count ?? 1) ? rows : 1
    let room = scratchCount(columns: columns, on: set)
    unsafe share(call, blocks(columns) * rows, grain: grain, scratch, room, workers, body)
  }

  /// Cuts `count` things into a run for each thread, a multiple of `grain` long, and gives each
  /// its part of the scratch.
  private func share(
    _ call: plumb_convolution, _ count: Int, grain: Int, _ scratch: View, _ room: Int,
    _ workers: Workers?, _ body: (inout plumb_convolution, Range<Int>) -> Void
  ) {
    let threads = min(workers?.count ?? 1, scratch.count / room)
    let even = (count + threads - 1) / threads
    let size = (even + grain - 1) / grain * grain
    func run(_ part: Int) {
      var mine = unsafe call
      unsafe mine.scratch = scratch.window(part * room, room).base
      unsafe body(&mine, part * size..<min(count, (part + 1) * size))
    }
    guard let workers, threads > 1 else { return run(0) }
    workers.run(parts: (count + size - 1) / size, run)
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
