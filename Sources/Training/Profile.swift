internal import NetworkGraph
internal import Parallel
internal import Tensors

/// How closely training is timed.
public enum TimingDetail: Sendable {
  /// Training as a whole.
  case total
  /// Every operation apart, forward and backward, which costs some microseconds a step.
  case operations
}

/// Where the time of training steps went.
public struct Profile: Sendable, Encodable {
  /// One operation's pass, or what else a step does.
  public struct Part: Sendable, Encodable {
    /// The layer's name, or `gather`, `loss`, `update`.
    public var name: String
    /// The operation; nil for what belongs to no layer.
    public var op: String?
    /// `forward` or `backward`; nil for what belongs to no layer.
    public var pass: String?
    public var calls: Int
    public var seconds: Double
    /// The share of all parts' time.
    public var share: Double
    /// Billions of floating-point operations a second; nil where the operations are not counted.
    public var gflops: Double?
    /// Their share of what the processor can do.
    public var shareOfPeak: Double?

    private enum CodingKeys: String, CodingKey {
      case name, op, pass, calls, seconds, share, gflops
      case shareOfPeak = "share_of_peak"
    }
  }

  /// How many threads took the last steps.
  public var threads: Int
  /// Billions of multiplications and additions a second in registers, measured on these threads
  /// after training.
  public var peakGflops: Double
  /// In the order of a step.
  public var parts: [Part]

  private enum CodingKeys: String, CodingKey {
    case threads, parts
    case peakGflops = "peak_gflops"
  }
}

/// Adds up the times of the parts of steps.
final class StepTimes: StepObserver {
  private struct Sum {
    var calls = 0
    var time = Duration.zero
  }

  private let layers: [Executor.Layer]
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var rows = 0
  private var sums: [Sum]

  init(_ layers: [Executor.Layer]) {
    self.layers = layers
    last = clock.now
    sums = Array(repeating: Sum(), count: 3 + 2 * layers.count)
  }

  func begin(rows: Int) {
    self.rows += rows
    last = clock.now
  }

  func finish(_ part: StepPart) {
    let now = clock.now
    let place = place(of: part)
    sums[place].calls += 1
    sums[place].time += now - last
    last = now
  }

  /// Parts in the order of a step.
  private func place(of part: StepPart) -> Int {
    switch part {
    case .gather: 0
    case .forward(let layer): 1 + layer
    case .loss: 1 + layers.count
    case .backward(let layer): 1 + 2 * layers.count - layer
    case .update: 2 + 2 * layers.count
    }
  }

  /// The sums beside the peak of the threads that were at work.
  func profile(_ workers: Workers) -> Profile {
    let peak = measuredPeak(workers)
    let total = sums.reduce(0) { $0 + seconds($1.time) }
    func part(
      _ part: StepPart, _ name: String, _ layer: Executor.Layer? = nil, _ pass: String? = nil,
      _ flops: Int = 0
    ) -> Profile.Part {
      let sum = sums[place(of: part)]
      let time = seconds(sum.time)
      let gflops = flops > 0 && time > 0 ? Double(flops) * Double(rows) / time / 1e9 : nil
      return Profile.Part(
        name: name, op: layer?.op, pass: pass, calls: sum.calls, seconds: time,
        share: total > 0 ? time / total : 0, gflops: gflops, shareOfPeak: gflops.map { $0 / peak })
    }
    let forward = layers.enumerated().map { index, layer in
      part(.forward(index), layer.name, layer, "forward", layer.forwardFlops)
    }
    let backward = layers.enumerated().reversed().map { index, layer in
      part(.backward(index), layer.name, layer, "backward", layer.backwardFlops)
    }
    let parts =
      [part(.gather, "gather")] + forward + [part(.loss, "loss")]
      + backward + [part(.update, "update")]
    return Profile(threads: workers.count, peakGflops: peak, parts: parts)
  }
}

/// The most floating-point operations in a second, in billions: the best of a few short runs.
private func measuredPeak(_ workers: Workers) -> Double {
  let clock = ContinuousClock()
  return (0..<5).map { _ in
    let start = clock.now
    let count = multiplyAdd(rounds: 1_000_000, workers)
    return count / max(seconds(clock.now - start), 1e-9) / 1e9
  }.max() ?? 0
}
