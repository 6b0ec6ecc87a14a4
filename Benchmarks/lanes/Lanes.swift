#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import NetworkGraph
import SpecSyntax

/// Trains networks of one shape one after another and side by side, in turn: lanes [--rounds 21]
///
/// Each has a seed and an order of 512 rows of its own; an epoch is the steps and the loss of 128
/// validation rows. Times are those of the processor, which others on the machine change least.
/// `PLUMB_CPU` forces an instruction set.
@main
struct Lanes {
  static func main() throws {
    let arguments = CommandLine.arguments
    let rounds = arguments.firstIndex(of: "--rounds").flatMap { Int(arguments[$0 + 1]) } ?? 21
    print("| network | batch | parameters | alone, samples/s | in lanes | ratio | range |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    let shapes: [([Int], Int)] = [
      ([8, 16, 1], 32), ([30, 21, 1], 32), ([30, 21, 1], 64), ([13, 32, 16, 1], 16),
      ([13, 32, 16, 1], 32), ([30, 64, 1], 32), ([54, 64, 32, 1], 32), ([54, 128, 64, 1], 32),
    ]
    for (widths, batch) in shapes {
      let run = try Comparison(widths, batch: batch)
      print(run.line(run.measure(rounds: rounds)))
    }
  }
}

/// One shape of network, trained both ways.
struct Comparison {
  static let rows = 512
  static let validationRows = 128
  let widths: [Int]
  let plan: Plan
  let lanes: LaneExecutor
  let training: TrainingData
  let validation: TrainingData

  init(_ widths: [Int], batch: Int) throws {
    var (builder, log) = (GraphBuilder(input: [widths[0]]), DiagnosticLog())
    for width in widths.dropFirst().dropLast() {
      builder.add(Dense(units: width, activation: .relu), into: &log)
    }
    builder.add(Dense(units: widths[widths.count - 1]), into: &log)
    guard let graph = builder.finish(into: &log) else { fatalError("\(widths) is no network") }
    self.widths = widths
    plan = Plan(graph: graph, batch: batch, loss: BinaryCrossEntropy(), optimizer: Adam())
    let executor = LaneExecutor(
      plan, rowCount: Self.rows, validationCount: Self.validationRows, labelSmoothing: 0)
    guard let executor else { fatalError("\(widths) cannot be in lanes") }
    lanes = executor
    var generator = SystemRandomNumberGenerator()
    func data(_ rows: Int) -> TrainingData {
      TrainingData(
        features: (0..<rows * widths[0]).map { _ in .random(in: -1...1, using: &generator) },
        featureCount: widths[0],
        targets: (0..<rows).map { _ in Bool.random(using: &generator) ? 1 : 0 })
    }
    (training, validation) = (data(Self.rows), data(Self.validationRows))
  }

  /// Samples a second one after another and side by side, round by round.
  func measure(rounds: Int) -> [(alone: Double, together: Double)] {
    let epochs = max(2, 6_000_000 / (plan.graph.flops * Self.rows))
    let samples = Double(epochs * Self.rows * lanes.laneCount)
    return (0..<rounds).map { round in
      let executors = (0..<lanes.laneCount).map { Executor(plan, seed: UInt64($0)) }
      for (lane, executor) in executors.enumerated() {
        lanes.load(executor, training: training, validation: validation, lane: lane)
      }
      var seconds = [0.0, 0.0]
      for way in round % 2 == 0 ? [0, 1] : [1, 0] {
        let start = threadSeconds()
        if way == 0 { trainAlone(executors, epochs) } else { trainTogether(epochs) }
        seconds[way] = threadSeconds() - start
      }
      for (lane, executor) in executors.enumerated() {
        let other = Executor(plan, seed: 0)
        lanes.unload(lane, into: other)
        precondition(other.parameters == executor.parameters, "both ways give the same")
      }
      return (samples / seconds[0], samples / seconds[1])
    }
  }

  private func trainAlone(_ executors: [Executor], _ epochs: Int) {
    for (lane, executor) in executors.enumerated() {
      for epoch in 0..<epochs {
        let order = order(lane, epoch)
        for start in stride(from: 0, to: order.count, by: plan.batch) {
          let end = min(start + plan.batch, order.count)
          _ = executor.trainStep(rows: order[start..<end], of: training, rate: 0.001)
        }
        _ = executor.loss(rows: validation.rows, of: validation)
      }
    }
  }

  private func trainTogether(_ epochs: Int) {
    let rates = Array(repeating: 0.001, count: lanes.laneCount)
    for epoch in 0..<epochs {
      for lane in 0..<lanes.laneCount { lanes.setOrder(order(lane, epoch), lane: lane) }
      for start in stride(from: 0, to: Self.rows, by: plan.batch) {
        _ = lanes.trainStep(start..<min(start + plan.batch, Self.rows), rates: rates)
      }
      _ = lanes.evaluate(wantsOutputs: false)
    }
  }

  /// Steps through all rows by a number that shares no factor with theirs.
  private func order(_ lane: Int, _ epoch: Int) -> [Int32] {
    let step = 2 * (lane + 17 * epoch) + 3
    return (0..<Self.rows).map { Int32($0 * step % Self.rows) }
  }

  /// A row of the table: medians, and the ratio within rounds.
  func line(_ rounds: [(alone: Double, together: Double)]) -> String {
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let ratios = rounds.map { $0.together / $0.alone }
    func million(_ value: Double) -> String { "\((value / 1e5).rounded() / 10)M" }
    func hundredth(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    let cells = [
      widths.map(String.init).joined(separator: "-"), "\(plan.batch)",
      "\(plan.graph.parameterCount)", million(median(rounds.map(\.alone))),
      million(median(rounds.map(\.together))), hundredth(median(ratios)),
      "\(hundredth(ratios.min() ?? 0)) to \(hundredth(ratios.max() ?? 0))",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}

/// What this thread has had of the processor.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
