import SpecSyntax
import Tensors

/// Every number of an executor that training steps change: with them another of the same plan and
/// seed goes on to the same bytes.
public struct ExecutorSnapshot: Sendable, Equatable {
  /// Parameters and running statistics.
  public var tensors: [NamedTensor]
  /// How many steps have been taken, from which what is random in a step is drawn.
  public var stepCount: Int
  /// What the optimiser remembers, slot after slot, in the layout of the plan.
  public var slots: [[Float]]
  /// The mean of weights and statistics, in the layout of the plan; nil without one.
  public var mean: [Float]?
  /// How often the weights have joined the mean.
  public var meanCount: Int

  public init(
    tensors: [NamedTensor], stepCount: Int, slots: [[Float]], mean: [Float]?, meanCount: Int
  ) {
    self.tensors = tensors
    self.stepCount = stepCount
    self.slots = slots
    self.mean = mean
    self.meanCount = meanCount
  }
}

extension Executor {
  /// The numbers as they are now.
  public func snapshot() -> ExecutorSnapshot {
    ExecutorSnapshot(
      tensors: namedTensors(), stepCount: stepCount, slots: optimizerBuffers.slots.map(\.array),
      mean: average?.memory.array, meanCount: average?.count ?? 0)
  }

  /// Takes over the numbers of another executor of the same plan; all or none.
  public func restore(_ snapshot: ExecutorSnapshot) throws(ParameterError) {
    let slots = optimizerBuffers.slots
    guard snapshot.slots.map(\.count) == slots.map(\.count) else {
      throw ParameterError(message: "what it remembers is that of another optimizer")
    }
    guard snapshot.mean?.count == average?.memory.count, snapshot.meanCount >= 0 else {
      throw ParameterError(message: "its mean of the weights is that of another network")
    }
    guard snapshot.stepCount >= 0 else {
      throw ParameterError(message: "its number of steps is below 0")
    }
    try load(snapshot.tensors)
    for (slot, values) in zip(slots, snapshot.slots) { slot.copy(from: values) }
    if let mean = snapshot.mean { average?.memory.copy(from: mean) }
    average?.count = snapshot.meanCount
    stepCount = snapshot.stepCount
  }

  /// The tensors that parameters and running statistics kept from earlier make.
  public func namedTensors(parameters: [Float], state: [Float]) -> [NamedTensor] {
    let now = (self.parameters, self.state)
    (self.parameters, self.state) = (parameters, state)
    defer { (self.parameters, self.state) = now }
    return namedTensors()
  }
}
