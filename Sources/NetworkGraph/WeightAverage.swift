import SpecSyntax
import Tensors

/// The mean of weights and running statistics over training, beside those that training changes.
struct WeightAverage {
  private let pairs: [(live: View, mean: View)]
  /// How often the weights have joined the mean.
  var count = 0
  /// The mean, one view after another.
  let memory: View

  /// Means of some views, one after another in `memory`.
  init(of live: [View], in memory: View) {
    self.memory = memory
    var offset = 0
    pairs = live.map { view in
      defer { offset += view.count }
      return (view, memory.window(offset, view.count))
    }
  }

  /// Whether there is a mean of anything yet.
  var hasBegun: Bool { count > 0 }

  /// Adds the weights to a mean in which each earlier time counts `decay` times as much as the one
  /// after it; 1 for a plain mean.
  ///
  /// The shares of all times sum to 1 from the first on, so that the mean never leans to where
  /// training began: `mean ← mean + (weights − mean) / Σ decayⁱ`, `i` from 0 to the times before.
  mutating func add(decay: Double) {
    count += 1
    let total = decay < 1 ? (1 - power(decay, count)) / (1 - decay) : Double(count)
    for pair in pairs {
      blend(
        pair.mean, keeping: Float(1 - 1 / total), with: pair.live, taking: Float(1 / total))
    }
  }

  /// Puts the mean in the weights' place and the weights in the mean's.
  func swap() {
    for pair in pairs { swapValues(pair.live, pair.mean) }
  }
}

extension Executor {
  /// Adds the weights to their plain mean if an epoch, counted from 1, is one of those that join;
  /// to be called at its end.
  public func endEpoch(_ epoch: Int, of epochs: Int) {
    guard case .epochs(let start)? = plan.rules.averaging, epoch > start.of(epochs) else { return }
    average?.add(decay: 1)
  }

  /// Does something with the mean of the weights in their place, if there is one yet.
  public func withAveragedWeights<Result>(_ body: () -> Result) -> Result {
    guard let average, average.hasBegun else { return body() }
    average.swap()
    defer { average.swap() }
    return body()
  }

  /// Ends training with the mean of the weights in their place, if there is one.
  public func keepAveragedWeights() {
    if let average, average.hasBegun { average.swap() }
    average = nil
  }
}
