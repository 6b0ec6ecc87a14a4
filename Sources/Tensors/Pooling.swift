internal import CKernels
public import Parallel

/// Pooling's sizes: windows along height and width, the same for every channel.
public struct Pooling: Hashable, Sendable {
  /// What is kept of a window; positions outside the input are left out of it.
  public enum Kind: Hashable, Sendable {
    /// The largest value; a value that is not a number wins, so that it stays visible.
    case largest
    /// The mean.
    case mean
  }

  public var kind: Kind
  public var channels: Int
  public var height: WindowAxis
  public var width: WindowAxis

  public init(_ kind: Kind, channels: Int, height: WindowAxis, width: WindowAxis) {
    (self.kind, self.channels) = (kind, channels)
    (self.height, self.width) = (height, width)
  }

  /// The most positions of a window whose largest value can be told.
  public static let maximumPositions = 65_536

  /// How many floats hold which position of each window was the largest, two bytes for each.
  public func codesCount(stride: Int) -> Int {
    switch kind {
    case .largest: (outputRows * stride + 1) / 2
    case .mean: 0
    }
  }

  private var inputRows: Int { channels * height.input * width.input }
  private var outputRows: Int { channels * height.output * width.output }

  /// Pools; `codes`, of `codesCount` floats, keeps what the gradient needs.
  public func forward(
    input: Matrix, output: Matrix, codes: View, workers: Workers? = nil,
    on set: InstructionSet = .current
  ) {
    var call = unsafe call(input: input, output: output, codes: codes)
    unsafe call.input = UnsafePointer(input.base)
    unsafe call.input_stride = input.stride
    unsafe call.output = output.base
    unsafe share(call, rows: input.rows, workers) { call, first, end in
      switch kind {
      case .largest: unsafe set.kernels.pointee.max_pool(&call, first, end)
      case .mean: unsafe set.kernels.pointee.average_pool(&call, first, end)
      }
    }
  }

  /// The gradient of the input, added to what is there if asked; of equal values the first in a
  /// window takes it all.
  public func backward(
    outputGradient: Matrix, inputGradient: Matrix, codes: View, accumulate: Bool = false,
    workers: Workers? = nil, on set: InstructionSet = .current
  ) {
    var call = unsafe call(input: inputGradient, output: outputGradient, codes: codes)
    unsafe call.output_gradient = UnsafePointer(outputGradient.base)
    unsafe call.output_gradient_stride = outputGradient.stride
    unsafe call.input_gradient = inputGradient.base
    unsafe call.input_gradient_stride = inputGradient.stride
    unsafe call.accumulate = accumulate ? 1 : 0
    unsafe share(call, rows: inputGradient.rows, workers) { call, first, end in
      switch kind {
      case .largest: unsafe set.kernels.pointee.max_pool_backward(&call, first, end)
      case .mean: unsafe set.kernels.pointee.average_pool_backward(&call, first, end)
      }
    }
  }

  /// Shares the channels among the threads where that is worth a handover.
  private func share(
    _ call: plumb_pooling, rows: Int, _ workers: Workers?,
    _ body: (inout plumb_pooling, _ first: Int, _ end: Int) -> Void
  ) {
    let isLarge = unsafe rows * call.lanes >= 1 << 16
    let threads = isLarge ? min(workers?.count ?? 1, channels) : 1
    let size = (channels + threads - 1) / threads
    func run(_ part: Int) {
      var mine = unsafe call
      unsafe body(&mine, part * size, min(channels, (part + 1) * size))
    }
    guard let workers, threads > 1 else { return run(0) }
    workers.run(parts: (channels + size - 1) / size, run)
  }

  /// The sizes for the kernels; checks them.
  private func call(input: Matrix, output: Matrix, codes: View) -> plumb_pooling {
    precondition(
      channels > 0 && height.isValid && width.isValid && height.dilation == 1
        && width.dilation == 1, "a pooling has sizes that cannot be")
    precondition(
      input.rows == inputRows && output.rows == outputRows && input.columns == output.columns,
      "a pooling's images have other sizes")
    precondition(
      codes.count >= codesCount(stride: output.stride),
      "the numbers of the largest values need two bytes each")
    precondition(
      kind == .mean || height.kernel * width.kernel <= Self.maximumPositions,
      "a window of pooling has too many positions")
    var call = unsafe plumb_pooling()
    unsafe call.y = height.call
    unsafe call.x = width.call
    unsafe call.lanes = output.lanes
    unsafe call.output_stride = output.stride
    if kind == .largest { unsafe call.codes = codes.halfwords }
    return unsafe call
  }
}

extension View {
  /// The memory as numbers of two bytes, for the kernels.
  fileprivate var halfwords: UnsafeMutablePointer<UInt16> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt16.self)
  }
}
