internal import CKernels

// Losses over the classes of an example. Like the losses by element they return the weighted sum
// over the examples in use, write the gradient of that sum divided by `normaliser`, and may keep
// the losses of columns.

/// How the lack of a margin is counted.
public enum HingePower: Sendable, Hashable {
  case linear, squared
}

/// `−Σ_b w_b · log softmax(logits)[classes[b], b]`.
///
/// `smoothing` spreads that share of each target over all classes.
public func softmaxCrossEntropy(
  logits: Matrix, classes: View, weights: View? = nil, losses: View? = nil, smoothing: Float = 0,
  normaliser: Float,
  gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  var call = unsafe classCall(
    logits, classes, weights, losses, smoothing: smoothing, normaliser: normaliser,
    gradient: gradient)
  return unsafe set.kernels.pointee.softmax_cross_entropy(&call)
}

/// `−Σ_b w_b · (1 − p)^γ · log p` with `p = softmax(logits)[classes[b], b]` and `γ = focus`.
///
/// `smoothing` spreads that share of each target over all classes, each with its own `p`.
public func focalCrossEntropy(
  logits: Matrix, classes: View, weights: View? = nil, losses: View? = nil, focus: Float,
  smoothing: Float = 0,
  normaliser: Float, gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  var call = unsafe classCall(
    logits, classes, weights, losses, smoothing: smoothing, parameter: focus,
    normaliser: normaliser,
    gradient: gradient)
  return unsafe set.kernels.pointee.focal_cross_entropy(&call)
}

/// How much the score of the right class lacks to lie 1 above every other.
///
/// One row of scores tells two classes apart, the second by its sign: `max(0, 1 − (2t − 1) · x)`.
/// Several rows have a score for each class: `max(0, 1 + max_(c≠t) x_c − x_t)`, after Crammer and
/// Singer 2001. At a lack of 0 the derivative is 0.
public func hingeLoss(
  scores: Matrix, classes: View, weights: View? = nil, losses: View? = nil,
  power: HingePower = .linear,
  normaliser: Float, gradient: Matrix?, on set: InstructionSet = .current
) -> Double {
  var call = unsafe classCall(
    scores, classes, weights, losses, smoothing: 0, normaliser: normaliser, gradient: gradient)
  let isSquared = power == .squared
  guard scores.rows > 1 else {
    let kind = isSquared ? plumb_squared_hinge : plumb_hinge
    return unsafe set.kernels.pointee.loss(Int32(kind.rawValue), &call)
  }
  return unsafe set.kernels.pointee.multiclass_hinge(isSquared ? 1 : 0, &call)
}

private func classCall(
  _ outputs: Matrix, _ classes: View, _ weights: View?, _ losses: View?, smoothing: Float,
  parameter: Float = 0, normaliser: Float, gradient: Matrix?
) -> plumb_loss_call {
  precondition(classes.count >= outputs.columns, "a loss needs one class per example")
  precondition(outputs.rows > 0, "a loss over classes needs at least one")
  checkSizes(outputs, weights, losses, gradient)
  return unsafe plumb_loss_call(
    outputs: outputs.base, targets: classes.base, weights: weights?.base, gradient: gradient?.base,
    losses: losses?.base, units: outputs.rows, columns: outputs.columns,
    output_stride: outputs.stride, target_stride: 0,
    gradient_stride: gradient?.stride ?? 0, smoothing: smoothing, parameter: parameter,
    normaliser: normaliser)
}
