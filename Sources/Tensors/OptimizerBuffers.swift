/// All parameters of a network and what belongs to them, in flat buffers of one size.
public struct OptimizerBuffers {
  public let parameters: View
  /// The optimiser may spoil them.
  public let gradients: View
  /// What the optimiser remembers; zeros before the first step.
  public let slots: [View]
  /// 1 for parameters that decay, 0 for others; nil if all decay alike.
  public let decayMask: View?
  /// Takes the place of steps, where the buffers are those of several networks.
  let collector: LaneUpdates?

  public init(
    parameters: View, gradients: View, slots: [View], decayMask: View? = nil,
    collector: LaneUpdates? = nil
  ) {
    precondition(
      gradients.count == parameters.count
        && (decayMask?.count ?? parameters.count)
          == parameters.count
        && slots.allSatisfy { $0.count == parameters.count },
      "an optimiser needs buffers of one size")
    self.parameters = parameters
    self.gradients = gradients
    self.slots = slots
    self.decayMask = decayMask
    self.collector = collector
  }

  /// A part of all buffers: steps of the parts are the step of the whole.
  public func window(_ offset: Int, _ count: Int) -> OptimizerBuffers {
    OptimizerBuffers(
      parameters: parameters.window(offset, count), gradients: gradients.window(offset, count),
      slots: slots.map { $0.window(offset, count) },
      decayMask: decayMask?.window(offset, count))
  }
}
