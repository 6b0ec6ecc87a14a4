internal import CKernels

// Every loss here returns the weighted sum over the examples in use and writes the gradient of that
// sum divided by `normaliser`: with the sum of the weights it is the gradient of the weighted mean.
// The gradient of padding columns is zero. Weights are one per example, 1 where there are none.
// `losses` takes the loss of each column, if somebody wants it.

/// `Σ −t log σ(x) − (1 − t) log(1 − σ(x))`, summed over units and weighted by example.
///
/// `smoothing` moves that share of each target to one half.
public func sigmoidCrossEntropy(
  logits: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, smoothing: Float = 0,
  normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_sigmoid_cross_entropy, logits, targets, weights, losses, smoothing: smoothing,
    normaliser: normaliser, gradient: gradient, on: set)
}

/// `Σ (x − t)²`, summed over units and weighted by example.
public func squaredError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, normaliser: Float,
  gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_squared_error, outputs, targets, weights, losses, normaliser: normaliser,
    gradient: gradient,
    on: set)
}

/// `Σ |x − t|`, summed over units and weighted by example; its derivative at 0 is 0.
public func absoluteError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, normaliser: Float,
  gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_absolute_error, outputs, targets, weights, losses, normaliser: normaliser,
    gradient: gradient,
    on: set)
}

/// `½ d²` where the distance `d` is at most `delta`, `delta · (d − ½ delta)` beyond; summed over
/// units and weighted by example.
public func huberError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, delta: Float,
  normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_huber_error, outputs, targets, weights, losses, parameter: delta, normaliser: normaliser,
    gradient: gradient, on: set)
}

/// `Σ log cosh(x − t)`, summed over units and weighted by example.
public func logCoshError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, normaliser: Float,
  gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_log_cosh_error, outputs, targets, weights, losses, normaliser: normaliser,
    gradient: gradient,
    on: set)
}

/// `Σ level · (t − x)` where `x` is below `t`, `Σ (1 − level) · (x − t)` where it is above; summed
/// over units and weighted by example. Its derivative at 0 is 0.
public func quantileError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, level: Float,
  normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_quantile_error, outputs, targets, weights, losses, parameter: level,
    normaliser: normaliser,
    gradient: gradient, on: set)
}

/// `Σ eˣ − t · x`, summed over units and weighted by example: minus the logarithm of the
/// probability of the count `t` at the rate `eˣ`, without the part that depends on `t` alone.
public func poissonLoss(
  outputs: Matrix, targets: Matrix, weights: View? = nil, losses: View? = nil, normaliser: Float,
  gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_poisson, outputs, targets, weights, losses, normaliser: normaliser, gradient: gradient,
    on: set)
}

private func elementLoss(
  _ kind: plumb_loss, _ outputs: Matrix, _ targets: Matrix, _ weights: View?, _ losses: View?,
  smoothing: Float = 0, parameter: Float = 0, normaliser: Float, gradient: Matrix?,
  on set: InstructionSet
) -> Double {
  precondition(outputs.hasSize(of: targets), "a loss needs one target per output")
  checkSizes(outputs, weights, losses, gradient)
  var call = unsafe plumb_loss_call(
    outputs: outputs.base, targets: targets.base, weights: weights?.base, gradient: gradient?.base,
    losses: losses?.base, units: outputs.rows, columns: outputs.columns,
    output_stride: outputs.stride,
    target_stride: targets.stride, gradient_stride: gradient?.stride ?? 0, smoothing: smoothing,
    parameter: parameter, normaliser: normaliser)
  return unsafe set.kernels.pointee.loss(Int32(kind.rawValue), &call)
}

/// Stops unless weights and gradient have the sizes that go with the outputs.
func checkSizes(_ outputs: Matrix, _ weights: View?, _ losses: View?, _ gradient: Matrix?) {
  if let weights {
    precondition(weights.count >= outputs.columns, "a loss needs one weight per example")
  }
  if let losses {
    precondition(losses.count >= outputs.lanes, "the losses of all columns need room")
  }
  if let gradient {
    precondition(gradient.hasSize(of: outputs), "a loss needs a gradient of its outputs' size")
  }
}
