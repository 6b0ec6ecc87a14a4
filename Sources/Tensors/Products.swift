internal import CKernels

/// `output[o, b] = activation(bias[o] + Σ_i weights[i, o] · input[i, b])`.
///
/// `relu` costs nothing here; the other activations run afterwards in place.
public func denseForward(
  weights: Matrix, bias: View?, input: Matrix, output: Matrix, activation: Activation? = nil,
  on set: InstructionSet = .current
) {
  var product = unsafe plumb_product.forward(
    weights: weights, bias: bias, input: input, output: output,
    isCutAtZero: activation == .relu)
  unsafe set.kernels.pointee.product(&product)
  guard let activation, activation != .relu, activation != .linear else { return }
  activate(activation, input: output, output: output, on: set)
}

/// `inputGradient[i, b] = Σ_o weights[i, o] · outputGradient[o, b]`, added to what is there if
/// asked.
public func denseBackwardInput(
  weights: Matrix, outputGradient: Matrix, inputGradient: Matrix, accumulate: Bool = false,
  on set: InstructionSet = .current
) {
  var product = unsafe plumb_product.backData(
    weights: weights, outputGradient: outputGradient, inputGradient: inputGradient,
    accumulates: accumulate)
  unsafe set.kernels.pointee.product(&product)
}

/// How many floats of scratch `denseBackwardWeights` needs for a batch of up to `columns` examples.
public func denseBackwardWeightsScratch(outputs: Int, columns: Int) -> Int {
  // The kernels read the gradient in panels of up to 32 outputs.
  (outputs + 31) / 32 * 32 * padded(columns)
}

/// `weightGradient[i, o] = Σ_b input[i, b] · outputGradient[o, b]` and
/// `biasGradient[o] = Σ_b outputGradient[o, b]`, added to what is there if asked.
///
/// The padding of the weights' columns becomes zero, or stays as it is when accumulating.
public func denseBackwardWeights(
  input: Matrix, outputGradient: Matrix, weightGradient: Matrix, biasGradient: View?, scratch: View,
  accumulate: Bool = false, on set: InstructionSet = .current
) {
  var call = unsafe plumb_weight_gradient.weights(
    input: input, outputGradient: outputGradient, weightGradient: weightGradient,
    biasGradient: biasGradient, scratch: scratch, accumulates: accumulate)
  unsafe set.kernels.pointee.weight_gradient(&call)
}

extension plumb_product {
  /// The sums of a dense layer.
  static func forward(
    weights: Matrix, bias: View?, input: Matrix, output: Matrix, isCutAtZero: Bool
  ) -> plumb_product {
    precondition(weights.rows == input.rows, "a dense layer needs one row of weights per input")
    precondition(
      weights.columns == output.rows, "a dense layer needs one column of weights per output")
    precondition(input.columns == output.columns, "a dense layer needs one output per example")
    precondition(
      bias.map { $0.count >= output.rows } ?? true, "a dense layer needs one bias per output")
    return unsafe plumb_product(
      a: weights.base, row_step: 1, depth_step: weights.stride,
      b: input.base, b_stride: input.stride, c: output.base, c_stride: output.stride,
      bias: bias?.base, rows: output.rows, lanes: output.lanes, depth: input.rows,
      accumulate: 0, relu: isCutAtZero ? 1 : 0)
  }

  /// The gradient of a dense layer's input.
  static func backData(
    weights: Matrix, outputGradient: Matrix, inputGradient: Matrix, accumulates: Bool
  ) -> plumb_product {
    precondition(
      weights.rows == inputGradient.rows && weights.columns == outputGradient.rows,
      "a dense layer needs one row of weights per input and one column per output")
    precondition(
      inputGradient.columns == outputGradient.columns, "a dense layer needs one output per example")
    return unsafe plumb_product(
      a: weights.base, row_step: weights.stride, depth_step: 1,
      b: outputGradient.base, b_stride: outputGradient.stride,
      c: inputGradient.base, c_stride: inputGradient.stride, bias: nil,
      rows: inputGradient.rows, lanes: inputGradient.lanes, depth: outputGradient.rows,
      accumulate: accumulates ? 1 : 0, relu: 0)
  }
}

extension plumb_weight_gradient {
  /// The gradient of a dense layer's weights and bias.
  static func weights(
    input: Matrix, outputGradient: Matrix, weightGradient: Matrix, biasGradient: View?,
    scratch: View, accumulates: Bool
  ) -> plumb_weight_gradient {
    precondition(
      weightGradient.rows == input.rows && weightGradient.columns == outputGradient.rows,
      "a dense layer needs one row of weights per input and one column per output")
    precondition(
      input.columns == outputGradient.columns, "a dense layer needs one output per example")
    precondition(
      biasGradient.map { $0.count >= outputGradient.rows } ?? true,
      "a dense layer needs one bias per output")
    precondition(
      scratch.count
        >= denseBackwardWeightsScratch(outputs: outputGradient.rows, columns: input.columns),
      "the scratch of a weight gradient is too small")
    return unsafe plumb_weight_gradient(
      input: input.base, output_gradient: outputGradient.base, input_stride: input.stride,
      output_gradient_stride: outputGradient.stride, weight_gradient: weightGradient.base,
      bias_gradient: biasGradient?.base, scratch: scratch.base,
      weight_stride: weightGradient.stride, inputs: input.rows, outputs: outputGradient.rows,
      columns: input.columns, accumulate: accumulates ? 1 : 0)
  }
}
