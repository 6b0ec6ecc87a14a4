internal import CKernels

/// One step of Adam on flat buffers; `step` counts from 1.
///
/// `first ← β₁·first + (1 − β₁)·g`, `second ← β₂·second + (1 − β₂)·g²`, and the parameters lose
/// `rate · m̂ / (√v̂ + ε)` where `m̂` and `v̂` are corrected for their start at zero. `decay` is
/// decoupled (AdamW): the parameters first lose `rate · decay · mask` of themselves.
public func adamUpdate(
  parameters: View, gradients: View, first: View, second: View, rate: Float, beta1: Float = 0.9,
  beta2: Float = 0.999, epsilon: Float = 1e-8, step: Int, decay: Float = 0, decayMask: View? = nil,
  on set: InstructionSet = .current
) {
  let count = parameters.count
  precondition(step >= 1, "the first step of Adam is step 1")
  precondition(
    gradients.count == count && first.count == count && second.count == count
      && (decayMask?.count ?? count) == count, "Adam needs buffers of one size")
  // m̂ / (√v̂ + ε) = m · √c₂ / c₁ / (√v + ε · √c₂), where cᵢ = 1 − βᵢ^step.
  let firstShare = 1 - power(Double(beta1), step)
  let secondRoot = (1 - power(Double(beta2), step)).squareRoot()
  var call = unsafe plumb_adam(
    parameters: parameters.base, first: first.base, second: second.base,
    gradients: gradients.base, decay_mask: decayMask?.base, count: count,
    rate: Float(Double(rate) * secondRoot / firstShare), beta1: beta1, beta2: beta2,
    epsilon: Float(Double(epsilon) * secondRoot), decay: rate * decay)
  unsafe set.kernels.pointee.adam(&call)
}

/// One step of gradient descent on flat buffers.
///
/// The gradient gains `decay · mask · parameters`. With a velocity `v ← momentum·v + g`, and the
/// parameters lose `rate · v`, or `rate · (g + momentum·v)` with Nesterov's look ahead.
public func sgdUpdate(
  parameters: View, gradients: View, velocity: View? = nil, rate: Float, momentum: Float = 0,
  nesterov: Bool = false, decay: Float = 0, decayMask: View? = nil,
  on set: InstructionSet = .current
) {
  let count = parameters.count
  precondition(
    gradients.count == count && (velocity?.count ?? count) == count
      && (decayMask?.count ?? count) == count, "gradient descent needs buffers of one size")
  precondition(velocity != nil || momentum == 0, "momentum needs a velocity")
  var call = unsafe plumb_sgd(
    parameters: parameters.base, velocity: velocity?.base, gradients: gradients.base,
    decay_mask: decayMask?.base, count: count, rate: rate, momentum: momentum, decay: decay,
    nesterov: nesterov ? 1 : 0)
  unsafe set.kernels.pointee.sgd(&call)
}

/// Multiplies every value by `factor`.
public func scale(_ view: View, by factor: Float, on set: InstructionSet = .current) {
  unsafe set.kernels.pointee.scale(view.base, view.count, factor)
}

/// `Σ x²`, summed in double precision.
public func sumOfSquares(_ view: View, on set: InstructionSet = .current) -> Double {
  unsafe set.kernels.pointee.sum_of_squares(view.base, view.count)
}

/// The index of the first value that is infinite or not a number.
public func firstNonFinite(_ view: View, on set: InstructionSet = .current) -> Int? {
  let index = unsafe set.kernels.pointee.first_non_finite(view.base, view.count)
  return index < view.count ? Int(index) : nil
}

/// `base^exponent` by repeated squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
