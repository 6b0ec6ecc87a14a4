internal import CKernels

/// For each row of `input`, the cosines and then the sines of `2π · frequency · x`, for as many
/// frequencies as `frequencies` holds for a row.
public func periodicForward(
  input: Matrix, frequencies: View, output: Matrix, on set: InstructionSet = .current
) {
  var call = unsafe plumb_periodic(input, frequencies, output)
  unsafe set.kernels.pointee.periodic(&call)
}

/// The gradients of `periodicForward`; that of the input only where it is wanted, and added to
/// what is there if asked.
public func periodicBackward(
  input: Matrix, frequencies: View, output: Matrix, outputGradient: Matrix,
  frequencyGradient: View, inputGradient: Matrix?, accumulate: Bool = false,
  on set: InstructionSet = .current
) {
  precondition(
    output.hasSize(of: outputGradient) && inputGradient.map { input.hasSize(of: $0) } ?? true,
    "a gradient has the size of what it belongs to")
  precondition(
    frequencyGradient.count >= output.rows / 2, "every frequency has a place for its gradient")
  var call = unsafe plumb_periodic(input, frequencies, output)
  unsafe call.output_gradient = unsafe UnsafePointer(outputGradient.base)
  unsafe call.output_gradient_stride = outputGradient.stride
  unsafe call.frequency_gradient = unsafe frequencyGradient.base
  unsafe call.input_gradient = unsafe inputGradient?.base
  unsafe call.input_gradient_stride = inputGradient?.stride ?? 0
  unsafe call.accumulate = accumulate ? 1 : 0
  unsafe set.kernels.pointee.periodic_backward(&call)
}

extension plumb_periodic {
  fileprivate init(_ input: Matrix, _ frequencies: View, _ output: Matrix) {
    let count = input.rows > 0 ? output.rows / (2 * input.rows) : 0
    precondition(
      output.rows == 2 * input.rows * count && input.columns == output.columns,
      "every value has as many cosines as sines")
    precondition(frequencies.count >= input.rows * count, "every row has its own frequencies")
    unsafe self.init()
    unsafe self.input = unsafe UnsafePointer(input.base)
    unsafe self.frequencies = unsafe UnsafePointer(frequencies.base)
    unsafe self.output = unsafe output.base
    unsafe (input_stride, output_stride) = (input.stride, output.stride)
    unsafe (features, self.count, columns) = (input.rows, count, input.columns)
  }
}
