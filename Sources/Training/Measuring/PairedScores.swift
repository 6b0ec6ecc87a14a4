internal import SpecCompiler

/// What became of every training of a measurement.
struct PairedScores {
  /// Of one training; nil is the spec as it is.
  struct Entry {
    var pair: Int
    var arm: Int?
    var score: PairedScore
  }

  /// Of the spec as it is, then of each advised spec: by pair, as far as tried.
  private var scores: [[PairedScore]]

  init(armCount: Int) { scores = Array(repeating: [], count: armCount + 1) }

  /// Nil is the spec as it is.
  private func list(_ arm: Int?) -> [PairedScore] { scores[arm.map { $0 + 1 } ?? 0] }

  /// Takes scores; pairs come in order, and what comes after one that is unfinished is left out.
  mutating func add(_ entries: [Entry]) {
    for entry in entries {
      if case .unfinished = entry.score { continue }
      let place = entry.arm.map { $0 + 1 } ?? 0
      guard scores[place].count == entry.pair else { continue }
      scores[place].append(entry.score)
    }
  }

  /// How many pairs are whole for all of these arms.
  func wholePairs(of arms: [Int]) -> Int {
    (arms.map { list($0).count } + [list(nil).count]).min() ?? 0
  }

  /// Why a spec cannot be trained.
  func refusal(of arm: Int?) -> TrainingError? {
    for case .refused(let error) in list(arm) { return error }
    return nil
  }

  /// What the first pair says in which a number was none, and which pair that is.
  func divergence(of arm: Int) -> (finding: MeasuredVerdict.Finding, pairs: Int, reason: String)? {
    for (index, (own, other)) in zip(list(arm), list(nil)).enumerated() {
      let pair = "in pair \(index + 1)"
      switch (own, other) {
      case (.diverged, .diverged):
        return (
          .notEnough, index + 1,
          "the loss was no number with it and without it, \(pair): lower the learning rate first"
        )
      case (.diverged, _): return (.harms, index + 1, "the loss was no number with it, \(pair)")
      case (_, .diverged):
        return (.helps, index + 1, "the loss was no number without it, \(pair)")
      default: continue
      }
    }
    return nil
  }

  /// The first so many scores of the spec as it is and of these arms.
  func all(of arms: [Int], pairs: Int) -> [PairedScore] {
    ([nil] + arms.map { Optional($0) }).flatMap { list($0).prefix(pairs) }
  }

  /// The first so many scores of a spec.
  func values(of arm: Int?, _ measure: PairedMeasure, pairs: Int) -> [Double] {
    list(arm).prefix(pairs).compactMap { measure.value(of: $0) }
  }

  /// Score with the edit less that without, of each pair; nil where one has no score.
  func differences(of arm: Int, _ measure: PairedMeasure, pairs: Int) -> [Double]? {
    let differences = zip(list(arm), list(nil)).prefix(pairs).compactMap { own, other in
      measure.value(of: own).flatMap { own in measure.value(of: other).map { own - $0 } }
    }
    return differences.count == pairs ? differences : nil
  }
}
