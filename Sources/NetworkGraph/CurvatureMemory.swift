import Tensors

/// What L-BFGS remembers of earlier steps, in an optimiser's slots: pairs of a step `s` and the
/// change `y` it made to the gradient, and what the next pair is made of.
struct CurvatureMemory {
  private let buffers: OptimizerBuffers
  /// The most pairs.
  private let capacity: Int

  /// Slots beside two for each pair.
  static let extraSlots = 4

  init(_ buffers: OptimizerBuffers, capacity: Int) {
    precondition(
      buffers.slots.count == 2 * capacity + Self.extraSlots, "every pair needs two slots")
    self.buffers = buffers
    self.capacity = capacity
  }

  private var lastGradient: View { buffers.slots[2 * capacity] }
  /// The direction of the last step, or of the one to come.
  var direction: View { buffers.slots[2 * capacity + 1] }
  /// Where the step began.
  private var origin: View { buffers.slots[2 * capacity + 2] }
  private var notes: View { buffers.slots[2 * capacity + 3] }

  /// How many pairs there are.
  private(set) var count: Int {
    get { Int(notes[0]) }
    nonmutating set { notes[0] = Float(newValue) }
  }
  /// The place of the newest pair.
  private var newest: Int {
    get { Int(notes[1]) }
    nonmutating set { notes[1] = Float(newValue) }
  }
  /// How many times the direction the last step went.
  private var lastLength: Float {
    get { notes[2] }
    nonmutating set { notes[2] = newValue }
  }

  /// The step of the pair that came `age` pairs before the newest.
  private func step(_ age: Int) -> View { buffers.slots[place(age)] }
  /// Its change of the gradient.
  private func change(_ age: Int) -> View { buffers.slots[capacity + place(age)] }
  private func place(_ age: Int) -> Int { (newest - age + capacity) % capacity }

  /// Makes a pair of the last step and the gradient it led to, unless it says nothing of curvature.
  func addPair() {
    defer { lastGradient.copy(from: buffers.gradients) }
    guard lastLength > 0 else { return }
    let difference = origin
    difference.copy(from: buffers.gradients)
    blend(difference, keeping: 1, with: lastGradient, taking: -1)
    guard Double(lastLength) * dot(difference, direction) > 1e-10 else { return }
    newest = (newest + 1) % capacity
    count = min(count + 1, capacity)
    step(0).copy(from: direction)
    scale(step(0), by: lastLength)
    change(0).copy(from: difference)
  }

  /// Sets the direction to minus the gradient times the inverse curvature, by two loops over the
  /// pairs (Nocedal 1980); gives the slope along it.
  func setDirection() -> Double {
    direction.copy(from: buffers.gradients)
    scale(direction, by: -1)
    var factors: [Double] = []
    for age in 0..<count {
      let factor = dot(step(age), direction) / dot(step(age), change(age))
      blend(direction, keeping: 1, with: change(age), taking: Float(-factor))
      factors.append(factor)
    }
    if count > 0 {
      let curvature = sumOfSquares(change(0)) / dot(step(0), change(0))
      scale(direction, by: Float(1 / curvature))
    }
    for age in (0..<count).reversed() {
      let factor = dot(change(age), direction) / dot(step(age), change(age))
      blend(direction, keeping: 1, with: step(age), taking: Float(factors[age] - factor))
    }
    origin.copy(from: buffers.parameters)
    return dot(buffers.gradients, direction)
  }

  /// Moves the parameters so many times the direction from where the step began.
  func move(_ length: Double) {
    lastLength = Float(length)
    buffers.parameters.copy(from: origin)
    blend(buffers.parameters, keeping: 1, with: direction, taking: lastLength)
  }

  /// Forgets all pairs.
  func forget() { count = 0 }
}
