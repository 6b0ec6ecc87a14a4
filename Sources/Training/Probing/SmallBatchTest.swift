internal import NetworkGraph
internal import SpecCompiler
internal import Tables
internal import Tensors

/// Whether a network can learn 16 rows by heart: 500 steps on them, without dropout and penalties.
///
/// It is tried with the spec's optimiser and its highest rate, and where that fails with Adam at
/// 0.003, so that only a fault of the loss or of the layers is left.
struct SmallBatchTest {
  /// The losses before and after, of the better try; nil where the test says nothing.
  private(set) var losses: Probe.EndLosses?
  private(set) var measurement: Measurement?

  static let rowCount = 16
  static let steps = 500

  init(_ job: Job, rate: Double, isOver: () -> Bool) {
    guard Self.canTell(job), let rows = Self.rows(job.preparation.train) else { return }
    let tries: [(optimizer: any Optimizer, rate: Double, words: String)] = [
      (job.recipe.optimizer, rate, "with this spec's optimizer and rate"),
      (AdamW(weightDecay: 0), 0.003, "with `adam` at 0.003, after this spec's own rate failed"),
    ]
    for attempt in tries where !(losses?.isLearnt ?? false) {
      guard
        let found = Self.train(job, on: rows, attempt.optimizer, rate: attempt.rate, isOver)
      else { break }
      if losses.map({ found.last < $0.last }) ?? true {
        losses = found
        measurement = Measurement(
          "small batch",
          "loss \(roundedText(found.first)) → \(roundedText(found.last)) in \(Self.steps) steps "
            + "on \(Self.rowCount) rows, \(attempt.words)")
      }
    }
    // A first try that failed tells nothing without the second.
    if let losses, !losses.isLearnt, isOver() { (self.losses, measurement) = (nil, nil) }
  }

  /// Whether learning by heart can be expected: not of a straight line or of layers narrower than
  /// the rows are many, nor of a loss that does not end at 0.
  private static func canTell(_ job: Job) -> Bool {
    guard let width = job.graph.narrowestHiddenWidth, width >= rowCount else { return false }
    return job.recipe.loss.link != .exponential && !job.recipe.optimizer.needsAllRows
  }

  /// Rows with distinct inputs, the classes as equal as they can be; nil where there are too few.
  private static func rows(_ train: PreparedRows) -> PreparedRows? {
    let spread = train.spread(over: 1024)
    var groups: [Int: [Int]] = [:]
    var seen: Set<[Float]> = []
    let (values, width) = (spread.features.values.view, spread.features.stride)
    for row in 0..<spread.count {
      guard seen.insert((0..<width).map { values[row * width + $0] }).inserted else { continue }
      var group = 0
      if case .classes(let codes) = spread.truth { group = codes[row] }
      groups[group, default: []].append(row)
    }
    let lists = groups.sorted { $0.key < $1.key }.map(\.value)
    var chosen: [Int] = []
    for round in 0..<rowCount {
      for list in lists where round < list.count && chosen.count < rowCount {
        // Numbers come from all over the table, not from its first rows.
        chosen.append(lists.count == 1 ? list[round * list.count / rowCount] : list[round])
      }
    }
    guard Set(chosen).count == rowCount else { return nil }
    return spread.rows(chosen)
  }

  /// The losses of the first step and the least of the last fifty.
  private static func train(
    _ job: Job, on rows: PreparedRows, _ optimizer: any Optimizer, rate: Double,
    _ isOver: () -> Bool
  ) -> Probe.EndLosses? {
    let plan = Plan(
      graph: job.graph.withoutDropout, batch: rowCount, loss: job.recipe.loss,
      optimizer: optimizer, rules: StepRules(clipping: job.recipe.rules.clipping))
    let executor = Executor(plan, seed: job.recipe.seed)
    let data = rows.data()
    var losses: [Double] = []
    for _ in 0..<steps {
      guard !isOver() else { return nil }
      let step = executor.trainStep(rows: data.rows[...], of: data, rate: rate)
      guard step.nonFinite == nil, step.loss.isFinite else { break }
      losses.append(step.loss)
    }
    guard let first = losses.first, first > 1e-6 else { return nil }
    let isWhole = losses.count == steps
    return .init(first: first, last: isWhole ? losses.suffix(50).min() ?? first : first)
  }
}

extension Probe.EndLosses {
  /// Whether at most a twentieth of the loss is left.
  var isLearnt: Bool { last <= 0.05 * first }
}
