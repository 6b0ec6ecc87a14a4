internal import CKernels
public import Parallel

/// An element-wise function with a known derivative.
public enum Activation: Hashable, Sendable {
  case linear
  case relu
  /// `slope` must not be negative.
  case leakyRelu(slope: Float)
  /// `alpha` must be positive.
  case elu(alpha: Float)
  case selu
  /// `x · Φ(x)` with the exact normal distribution function.
  case gelu
  case silu
  case mish
  case softplus
  case tanh
  case sigmoid
  /// `(x + 3) / 6` cut to the interval from 0 to 1.
  case hardSigmoid
  /// `x · hardSigmoid(x)`.
  case hardSwish
  /// `x` cut to the interval from −1 to 1.
  case hardTanh
  /// `x` cut to the interval from 0 to 6.
  case relu6

  /// Whether the derivative is computed from the input; else the output is enough, and the
  /// activation may run in place.
  public var gradientNeedsInput: Bool {
    switch self {
    case .gelu, .silu, .mish, .hardSwish: true
    case .linear, .relu, .leakyRelu, .elu, .selu, .softplus, .tanh, .sigmoid, .hardSigmoid,
      .hardTanh, .relu6:
      false
    }
  }

  /// The number by which the kernels know it.
  var kind: Int32 {
    let kind =
      switch self {
      case .linear: plumb_linear
      case .relu: plumb_relu
      case .leakyRelu: plumb_leaky_relu
      case .elu: plumb_elu
      case .selu: plumb_selu
      case .gelu: plumb_gelu
      case .silu: plumb_silu
      case .mish: plumb_mish
      case .softplus: plumb_softplus
      case .tanh: plumb_tanh
      case .sigmoid: plumb_sigmoid
      case .hardSigmoid: plumb_hard_sigmoid
      case .hardSwish: plumb_hard_swish
      case .hardTanh: plumb_hard_tanh
      case .relu6: plumb_relu6
      }
    return Int32(kind.rawValue)
  }

  /// The slope or alpha, zero where there is none.
  var parameter: Float {
    switch self {
    case .leakyRelu(let slope): slope
    case .elu(let alpha): alpha
    case .linear, .relu, .selu, .gelu, .silu, .mish, .softplus, .tanh, .sigmoid, .hardSigmoid,
      .hardSwish, .hardTanh, .relu6:
      0
    }
  }
}

/// `output = f(input)`; both may be the same memory.
public func activate(
  _ activation: Activation, input: Matrix, output: Matrix, workers: Workers? = nil,
  on set: InstructionSet = .current
) {
  precondition(input.hasSize(of: output), "an activation needs an output of its input's size")
  let sizes = sizes(of: output, strides: (input.stride, output.stride, 0, 0))
  shareRows(sizes, workers) { first, sizes in
    unsafe set.kernels.pointee.activate(
      activation.kind, activation.parameter, input.base + first * input.stride,
      output.base + first * output.stride, &sizes)
  }
}

/// `inputGradient = outputGradient · f′(input)`, added to what is there if asked.
///
/// Pass the output as input too unless `gradientNeedsInput`. The gradients may be the same memory.
public func activateBackward(
  _ activation: Activation, input: Matrix, output: Matrix, outputGradient: Matrix,
  inputGradient: Matrix, accumulate: Bool = false, workers: Workers? = nil,
  on set: InstructionSet = .current
) {
  precondition(
    input.hasSize(of: output) && input.hasSize(of: outputGradient)
      && input.hasSize(of: inputGradient),
    "the gradient of an activation needs four matrices of one size")
  let sizes = sizes(
    of: output,
    strides: (input.stride, output.stride, outputGradient.stride, inputGradient.stride))
  shareRows(sizes, workers) { first, sizes in
    unsafe set.kernels.pointee.activate_backward(
      activation.kind, activation.parameter, input.base + first * input.stride,
      output.base + first * output.stride, outputGradient.base + first * outputGradient.stride,
      inputGradient.base + first * inputGradient.stride, accumulate ? 1 : 0, &sizes)
  }
}

/// Calls `body` with the first row and the sizes of each part of a large loop, or once with all.
private func shareRows(
  _ sizes: plumb_sizes, _ workers: Workers?, _ body: (_ first: Int, inout plumb_sizes) -> Void
) {
  var whole = sizes
  guard let workers, workers.count > 1, sizes.rows * sizes.lanes >= 1 << 16 else {
    return body(0, &whole)
  }
  workers.share(sizes.rows, grain: 1) { first, count in
    var part = sizes
    part.rows = count
    body(first, &part)
  }
}

/// The sizes of an element-wise loop over matrices as large as `matrix`.
func sizes(of matrix: Matrix, strides: (Int, Int, Int, Int)) -> plumb_sizes {
  plumb_sizes(rows: matrix.rows, lanes: matrix.lanes, columns: matrix.columns, strides: strides)
}
