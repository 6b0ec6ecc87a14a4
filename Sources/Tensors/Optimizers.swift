internal import CKernels

// One step of each optimiser on flat buffers. `penalty` times the parameter joins the gradient;
// `decay` is the share of a parameter that is lost before its step. Both spare what the mask has
// at 0. Steps go element by element, so that a step may be cut into ranges.

/// Gradient descent: the parameters lose `rate · g`.
///
/// With momentum `slots[0]` is a velocity `v ← momentum·v + g`, and the parameters lose `rate · v`,
/// or `rate · (g + momentum·v)` with Nesterov's look ahead.
public func sgdUpdate(
  _ buffers: OptimizerBuffers, rate: Float, momentum: Double = 0, nesterov: Bool = false,
  penalty: Double = 0, on set: InstructionSet = .current
) {
  var call = unsafe plumb_update(buffers, rate: rate, penalty: penalty)
  precondition(unsafe momentum == 0 || call.first != nil, "momentum needs a velocity")
  if momentum == 0 { unsafe call.first = nil }
  unsafe call.kept1 = Float(momentum)
  unsafe call.nesterov = nesterov ? 1 : 0
  unsafe buffers.take(plumb_sgd, call, on: set)
}

/// The constants of a step of Adam's family, corrected for the step's number.
public struct AdamConstants: Sendable {
  /// The factor of the mean gradient.
  public var rate: Double
  /// The factor of the gradient itself.
  public var gradientRate: Double
  /// The factor of the root of the mean square in the denominator.
  public var rootFactor: Double
  public var epsilon: Double
  public var beta1: Double
  public var beta2: Double

  public init(
    rate: Double, gradientRate: Double = 0, rootFactor: Double = 1, epsilon: Double, beta1: Double,
    beta2: Double
  ) {
    self.rate = rate
    self.gradientRate = gradientRate
    self.rootFactor = rootFactor
    self.epsilon = epsilon
    self.beta1 = beta1
    self.beta2 = beta2
  }
}

/// Adam's family: `m ← β₁·m + (1 − β₁)·g` in `slots[0]`, `v ← β₂·v + (1 − β₂)·g²` in `slots[1]`.
///
/// The parameters lose `(rate·m + gradientRate·g) / (rootFactor·√v + ε)`. With a third slot `v` is
/// replaced there by the largest it ever was (AMSGrad).
public func adamUpdate(
  _ buffers: OptimizerBuffers, _ constants: AdamConstants, penalty: Double = 0, decay: Double = 0,
  on set: InstructionSet = .current
) {
  precondition(buffers.slots.count >= 2, "Adam needs two slots")
  var call = unsafe plumb_update(
    buffers, rate: Float(constants.rate), penalty: penalty, decay: decay)
  unsafe call.gradient_rate = Float(constants.gradientRate)
  unsafe call.root_factor = Float(constants.rootFactor)
  unsafe call.epsilon = Float(constants.epsilon)
  unsafe call.setAverage1(constants.beta1)
  unsafe call.setAverage2(constants.beta2)
  unsafe buffers.take(plumb_adam, call, on: set)
}

/// RMSprop: the parameters lose `rate · g / (√v + ε)` with `v ← ρ·v + (1 − ρ)·g²` in `slots[0]`.
///
/// With momentum `slots[1]` is a velocity of these steps; with `centred` the last slot is a mean
/// gradient whose square is taken off `v`.
public func rmspropUpdate(
  _ buffers: OptimizerBuffers, rate: Float, rho: Double, epsilon: Double, momentum: Double = 0,
  centred: Bool = false, penalty: Double = 0, on set: InstructionSet = .current
) {
  let slotCount = 1 + (momentum > 0 ? 1 : 0) + (centred ? 1 : 0)
  precondition(buffers.slots.count == slotCount, "RMSprop needs a slot for each average")
  var call = unsafe plumb_update(buffers, rate: rate, penalty: penalty)
  if centred {
    unsafe call.third = unsafe buffers.slots[slotCount - 1].base
    if momentum == 0 { unsafe call.second = nil }
  }
  unsafe call.epsilon = Float(epsilon)
  unsafe call.kept1 = Float(momentum)
  unsafe call.setAverage2(rho)
  unsafe buffers.take(plumb_rmsprop, call, on: set)
}

/// Adagrad: the parameters lose `rate · g / (√s + ε)` with `s ← s + g²` in `slots[0]`.
public func adagradUpdate(
  _ buffers: OptimizerBuffers, rate: Float, epsilon: Double, penalty: Double = 0,
  on set: InstructionSet = .current
) {
  precondition(!buffers.slots.isEmpty, "Adagrad needs a slot")
  var call = unsafe plumb_update(buffers, rate: rate, penalty: penalty)
  unsafe call.epsilon = Float(epsilon)
  unsafe buffers.take(plumb_adagrad, call, on: set)
}

/// Adadelta: the parameters lose `rate · Δ` with `Δ = √(d + ε) / √(v + ε) · g`, where `v`, in
/// `slots[0]`, is a mean of `g²` and `d`, in `slots[1]`, one of the earlier `Δ²`.
public func adadeltaUpdate(
  _ buffers: OptimizerBuffers, rate: Float, rho: Double, epsilon: Double, penalty: Double = 0,
  on set: InstructionSet = .current
) {
  precondition(buffers.slots.count >= 2, "Adadelta needs two slots")
  var call = unsafe plumb_update(buffers, rate: rate, penalty: penalty)
  unsafe call.epsilon = Float(epsilon)
  unsafe call.setAverage2(rho)
  unsafe buffers.take(plumb_adadelta, call, on: set)
}

/// Lion: the parameters lose `rate · sign(β₁·m + (1 − β₁)·g)`, and then `m ← β₂·m + (1 − β₂)·g` in
/// `slots[0]`.
public func lionUpdate(
  _ buffers: OptimizerBuffers, rate: Float, beta1: Double, beta2: Double, decay: Double = 0,
  on set: InstructionSet = .current
) {
  precondition(!buffers.slots.isEmpty, "Lion needs a slot")
  var call = unsafe plumb_update(buffers, rate: rate, decay: decay)
  unsafe call.setAverage1(beta1)
  unsafe call.setAverage2(beta2)
  unsafe buffers.take(plumb_lion, call, on: set)
}

extension plumb_update {
  /// A call on some buffers with all constants at 0 but those that are given.
  fileprivate init(
    _ buffers: OptimizerBuffers, rate: Float, penalty: Double = 0, decay: Double = 0
  ) {
    let slots = buffers.slots
    unsafe self.init(
      parameters: buffers.parameters.base, gradients: buffers.gradients.base,
      decay_mask: buffers.decayMask?.base, first: slots.count > 0 ? slots[0].base : nil,
      second: slots.count > 1 ? slots[1].base : nil, third: slots.count > 2 ? slots[2].base : nil,
      count: buffers.parameters.count, decay: Float(decay), penalty: Float(penalty), rate: rate,
      gradient_rate: 0, root_factor: 1, epsilon: 0, kept1: 0, taken1: 0, kept2: 0, taken2: 0,
      nesterov: 0)
  }

  /// The first average keeps `beta` of itself.
  fileprivate mutating func setAverage1(_ beta: Double) {
    unsafe (kept1, taken1) = (Float(beta), Float(1 - beta))
  }

  /// The second average keeps `beta` of itself.
  fileprivate mutating func setAverage2(_ beta: Double) {
    unsafe (kept2, taken2) = (Float(beta), Float(1 - beta))
  }
}
