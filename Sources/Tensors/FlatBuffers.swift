internal import CKernels
public import Parallel

// Loops and sums over flat buffers of any length.

/// Multiplies every value by `factor`.
public func scale(_ view: View, by factor: Float, on set: InstructionSet = .current) {
  unsafe set.kernels.pointee.scale(view.base, view.count, factor)
}

/// Cuts every value to the range from `-bound` to `bound`.
public func clamp(_ view: View, to bound: Float, on set: InstructionSet = .current) {
  unsafe set.kernels.pointee.clamp(view.base, view.count, bound)
}

/// `y ← kept · y + taken · x`.
public func blend(
  _ y: View, keeping kept: Float, with x: View, taking taken: Float,
  on set: InstructionSet = .current
) {
  precondition(x.count == y.count, "a blend needs two views of the same size")
  unsafe set.kernels.pointee.blend(y.base, kept, x.base, taken, y.count)
}

/// Swaps the values of two views.
public func swapValues(_ x: View, _ y: View, on set: InstructionSet = .current) {
  precondition(x.count == y.count, "a swap needs two views of the same size")
  unsafe set.kernels.pointee.swap(x.base, y.base, x.count)
}

/// Adds to the gradients that of `penaltySum`; the slope of `|p|` at 0 is 0.
public func addPenalty(
  to buffers: OptimizerBuffers, l1: Float, l2: Float, on set: InstructionSet = .current
) {
  var call = unsafe plumb_penalty(buffers, l1: l1, l2: l2)
  unsafe set.kernels.pointee.penalize(&call)
}

/// `l1 · Σ|p| + ½ · l2 · Σp²` over the parameters that decay, summed in double precision.
public func penaltySum(
  of buffers: OptimizerBuffers, l1: Float, l2: Float, on set: InstructionSet = .current
) -> Double {
  var call = unsafe plumb_penalty(buffers, l1: l1, l2: l2)
  return unsafe set.kernels.pointee.penalty_sum(&call)
}

extension plumb_penalty {
  fileprivate init(_ buffers: OptimizerBuffers, l1: Float, l2: Float) {
    unsafe self.init(
      gradients: buffers.gradients.base, parameters: buffers.parameters.base,
      mask: buffers.decayMask?.base, count: buffers.parameters.count, l1: l1, l2: l2)
  }
}

/// `Σ x·y`, summed in double precision.
public func dot(_ x: View, _ y: View, on set: InstructionSet = .current) -> Double {
  precondition(x.count == y.count, "a product needs two views of the same size")
  return unsafe set.kernels.pointee.dot(x.base, y.base, x.count)
}

/// `Σ x²`: stretches of 1024 values are summed in single precision, their sums in double.
///
/// Threads share the blocks of a large view; the result does not depend on their number.
public func sumOfSquares(
  _ view: View, _ workers: Workers? = nil, on set: InstructionSet = .current
) -> Double {
  let block = 1 << 16
  let blockCount = (view.count + block - 1) / block
  guard blockCount > 1 else {
    return unsafe set.kernels.pointee.sum_of_squares(view.base, view.count)
  }
  return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: blockCount) { sums in
    let sumBlock = { (i: Int) in
      unsafe sums[i] = unsafe set.kernels.pointee.sum_of_squares(
        view.base + i * block, min(block, view.count - i * block))
    }
    if let workers {
      workers.run(parts: blockCount, sumBlock)
    } else {
      for i in 0..<blockCount { sumBlock(i) }
    }
    return unsafe sums.reduce(0, +)
  }
}

/// The index of the first value that is infinite or not a number.
public func firstNonFinite(_ view: View, on set: InstructionSet = .current) -> Int? {
  let index = unsafe set.kernels.pointee.first_non_finite(view.base, view.count)
  return index < view.count ? Int(index) : nil
}
