internal import Parallel
internal import SpecCompiler
internal import Synchronization
internal import Training

/// The trainings of an experiment so far: repeats of the spec as it is, then blocks in which every
/// cell is trained once.
struct ExperimentRuns {
  /// How often the spec as it is is trained to learn its noise.
  static let repeats = 5

  let trainer: ExperimentTrainer
  let limits: ProbeLimits
  /// Scores of the spec as it is, with seeds of its own on one fold.
  private(set) var noiseScores: [PairedScore] = []
  /// By block, then by cell; whole blocks only.
  private(set) var blocks: [[PairedScore]] = []
  /// What a training takes of the time of all threads; 0 where nothing is known.
  private(set) var secondsPerRun = 0.0

  init(_ trainer: ExperimentTrainer, _ limits: ProbeLimits) {
    (self.trainer, self.limits) = (trainer, limits)
  }

  var secondsLeft: Double { limits.seconds - limits.spent }

  mutating func measureNoise() throws(TrainingError) {
    limits.report("noise: \(Self.repeats) repeats of the spec as it is")
    let (train, limits) = (trainer.train, limits)
    let before = limits.spent
    noiseScores = Workers.results(Self.repeats, threads: trainer.threads) { block in
      limits.isOver() ? .unfinished : train(nil, block, true) { limits.isOver() }
    }
    let side = Double(min(trainer.threads, Self.repeats))
    let rounds = (Double(Self.repeats) / side).rounded(.up)
    secondsPerRun = (limits.spent - before) / (rounds * Double(trainer.threads))
    for case .refused(let error) in noiseScores { throw error }
  }

  /// Tells how many runs so many seeds are, and how long they take.
  func announce(seeds: Int, cells: Int) {
    let runs = seeds * cells
    limits.report(
      "\(cells) cells with \(seeds) seeds each are \(runs) runs, about "
        + "\(Int((Double(runs) * secondsPerRun).rounded(.up))) s")
  }

  /// Trains all cells in blocks up to a number of them; those that are not whole are left out.
  ///
  /// - Parameter name: what a cell is called where it cannot be trained.
  mutating func train(
    _ cells: [[Int]], upTo count: Int, name: ([Int]) -> String
  ) throws(TrainingError) {
    let start = blocks.count
    let (train, limits) = (trainer.train, limits)
    let tasks = (start..<count).flatMap { block in cells.indices.map { (block, $0) } }
    let teller = RunTeller(limits, before: start * cells.count, of: count * cells.count)
    // Whole blocks come first, so that few runs are lost when time is over.
    let results = Workers.results(tasks.count, threads: trainer.threads) { index -> PairedScore in
      guard !limits.isOver() else { return .unfinished }
      let score = train(cells[tasks[index].1], tasks[index].0, false) { limits.isOver() }
      if case .unfinished = score { return score }
      teller.tell()
      return score
    }
    for block in 0..<max(0, count - start) {
      let row = Array(results[block * cells.count..<(block + 1) * cells.count])
      for (place, score) in row.enumerated() {
        if case .refused(let error) = score {
          throw TrainingError(
            "the cell \(name(cells[place])) cannot be trained: \(error.message)",
            hints: error.hints)
        }
      }
      let isWhole = row.allSatisfy { if case .unfinished = $0 { false } else { true } }
      guard isWhole else { return }
      blocks.append(row)
    }
  }
}

/// Tells at most every two seconds how many runs are done.
private final class RunTeller: Sendable {
  private let limits: ProbeLimits
  private let total: Int
  private let state: Mutex<(done: Int, told: Double)>

  init(_ limits: ProbeLimits, before: Int, of total: Int) {
    (self.limits, self.total) = (limits, total)
    state = Mutex((done: before, told: limits.spent))
  }

  func tell() {
    let done: Int? = state.withLock { state in
      state.done += 1
      guard limits.spent >= state.told + 2 else { return nil }
      state.told = limits.spent
      return state.done
    }
    if let done { limits.report("\(done) of \(total) runs, \(Int(limits.spent)) s") }
  }
}
