internal import CKernels
public import Parallel

/// Multiplies and adds in registers on every thread, and gives how many floating-point operations
/// that were: with the time it took, the most that this processor can do.
public func multiplyAdd(
  rounds: Int, _ workers: Workers, on set: InstructionSet = .current
) -> Double {
  workers.run(parts: workers.count) { _ in
    _ = unsafe set.kernels.pointee.multiply_add(rounds, 0.999, 0.001)
  }
  return Double(rounds) * Double(unsafe set.kernels.pointee.multiply_add_width)
    * Double(workers.count)
}
