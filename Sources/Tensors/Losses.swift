internal import CKernels

// Every loss here returns the weighted sum over the examples in use and writes the gradient of that
// sum divided by `normaliser`: with the sum of the weights it is the gradient of the weighted mean.
// The gradient of padding columns is zero. Weights are one per example, 1 where there are none.

/// `−Σ_b w_b · log softmax(logits)[classes[b], b]`.
///
/// `smoothing` spreads that share of each target over all classes.
public func softmaxCrossEntropy(
  logits: Matrix, classes: View, weights: View? = nil, smoothing: Float = 0, normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  precondition(classes.count >= logits.columns, "a loss needs one class per example")
  precondition(logits.rows > 0, "a cross entropy needs at least one class")
  checkSizes(logits, weights, gradient)
  var call = unsafe plumb_loss_call(
    outputs: logits.base, targets: classes.base, weights: weights?.base, gradient: gradient?.base,
    units: logits.rows, columns: logits.columns, output_stride: logits.stride, target_stride: 0,
    gradient_stride: gradient?.stride ?? 0, smoothing: smoothing, delta: 0, normaliser: normaliser)
  return unsafe set.kernels.pointee.softmax_cross_entropy(&call)
}

/// `Σ −t log σ(x) − (1 − t) log(1 − σ(x))`, summed over units and weighted by example.
///
/// `smoothing` moves that share of each target to one half.
public func sigmoidCrossEntropy(
  logits: Matrix, targets: Matrix, weights: View? = nil, smoothing: Float = 0, normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_sigmoid_cross_entropy, logits, targets, weights, smoothing: smoothing,
    normaliser: normaliser, gradient: gradient, on: set)
}

/// `Σ (x − t)²`, summed over units and weighted by example.
public func squaredError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, normaliser: Float, gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_squared_error, outputs, targets, weights, normaliser: normaliser, gradient: gradient,
    on: set)
}

/// `Σ |x − t|`, summed over units and weighted by example; its derivative at 0 is 0.
public func absoluteError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, normaliser: Float, gradient: Matrix?,
  on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_absolute_error, outputs, targets, weights, normaliser: normaliser, gradient: gradient,
    on: set)
}

/// `½ d²` where the distance `d` is at most `delta`, `delta · (d − ½ delta)` beyond; summed over
/// units and weighted by example.
public func huberError(
  outputs: Matrix, targets: Matrix, weights: View? = nil, delta: Float, normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  elementLoss(
    plumb_huber_error, outputs, targets, weights, delta: delta, normaliser: normaliser,
    gradient: gradient, on: set)
}

private func elementLoss(
  _ kind: plumb_loss, _ outputs: Matrix, _ targets: Matrix, _ weights: View?, smoothing: Float = 0,
  delta: Float = 0, normaliser: Float, gradient: Matrix?, on set: InstructionSet
) -> Double {
  precondition(outputs.hasSize(of: targets), "a loss needs one target per output")
  checkSizes(outputs, weights, gradient)
  var call = unsafe plumb_loss_call(
    outputs: outputs.base, targets: targets.base, weights: weights?.base, gradient: gradient?.base,
    units: outputs.rows, columns: outputs.columns, output_stride: outputs.stride,
    target_stride: targets.stride, gradient_stride: gradient?.stride ?? 0, smoothing: smoothing,
    delta: delta, normaliser: normaliser)
  return unsafe set.kernels.pointee.loss(Int32(kind.rawValue), &call)
}

private func checkSizes(_ outputs: Matrix, _ weights: View?, _ gradient: Matrix?) {
  if let weights {
    precondition(weights.count >= outputs.columns, "a loss needs one weight per example")
  }
  if let gradient {
    precondition(gradient.hasSize(of: outputs), "a loss needs a gradient of its outputs' size")
  }
}
