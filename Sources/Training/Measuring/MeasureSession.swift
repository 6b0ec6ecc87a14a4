internal import Parallel
internal import SpecCompiler
internal import SpecSyntax

/// A measurement that is going on: pairs so far, and what they say.
struct MeasureSession {
  /// As many folds as the rows allow.
  static let usualFolds = 10

  private let base: PairedArm
  /// Nil for advice that cannot be measured, of which `reasons` says why.
  private let arms: [PairedArm?]
  private var reasons: [String?]
  private let room: TrainingRoom
  private let limits: ProbeLimits
  private let foldCount: Int
  /// Fold by fold, round by round.
  private var folds: [PairedFold] = []
  private var test: SequentialTest
  private var scores: PairedScores
  /// Of pairs that were trained after a verdict.
  private var freshScores: PairedScores
  /// Chosen when the first scores are there.
  private var measure: PairedMeasure
  private var margin: PairedMargin

  init(
    _ base: PairedArm, _ arms: [PairedArm?], _ reasons: [String?], margin: Double?, threads: Int?,
    _ limits: ProbeLimits
  ) throws(TrainingError) {
    (self.base, self.arms, self.reasons, self.limits) = (base, arms, reasons, limits)
    measure = PairedMeasure(base)
    self.margin = PairedMargin(margin)
    test = SequentialTest(count: arms.count { $0 != nil })
    (scores, freshScores) = (
      PairedScores(armCount: arms.count), PairedScores(armCount: arms.count)
    )
    room = TrainingRoom(for: [base] + arms.compactMap(\.self), threads: threads)
    foldCount = try base.foldCount(upTo: Self.usualFolds)
  }

  /// Trains pairs until each piece of advice has a verdict or time is over, and further ones for
  /// what was told early.
  mutating func run(_ codes: [String]) throws(TrainingError) {
    try judge(codes)
    confirm(codes)
  }

  private mutating func deal(pairs: Int) {
    while folds.count < pairs {
      folds += base.folds(foldCount, round: folds.count / foldCount)
    }
  }

  private mutating func judge(_ codes: [String]) throws(TrainingError) {
    for look in SequentialTest.looks {
      let open = openArms
      guard !open.isEmpty else { return }
      deal(pairs: look.pairs)
      let start = scores.wholePairs(of: open)
      scores.add(train(open, start..<look.pairs, on: folds, codes))
      try settleFailures(open)
      let done = scores.wholePairs(of: open)
      let isLast = done < look.pairs || limits.isOver()
      self.look(openArms, pairs: done, risk: isLast ? nil : look.risk)
      if isLast { return }
    }
  }

  /// Advice without a verdict.
  private var openArms: [Int] {
    var place = 0
    return arms.indices.filter { index in
      guard arms[index] != nil else { return false }
      defer { place += 1 }
      return test.states[place].finding == nil && reasons[index] == nil
    }
  }

  /// Trains advice whose difference was told before the last look on pairs of other rounds and
  /// seeds, and takes back what they do not bear out.
  private mutating func confirm(_ codes: [String]) {
    let early = earlyArms
    guard !early.isEmpty, !limits.isOver() else { return }
    // The same pairs whatever was told, and when.
    let rounds = (SequentialTest.mostPairs + foldCount - 1) / foldCount
    let folds = (0..<2).flatMap { base.folds(foldCount, round: rounds + $0) }
    freshScores.add(
      train(early, 0..<folds.count, on: folds, codes, seedsFrom: SequentialTest.mostPairs))
  }

  /// Advice whose difference was told before the last look.
  private var earlyArms: [Int] {
    var states = test.states[...]
    return arms.indices.filter { index in
      guard arms[index] != nil, let state = states.popFirst() else { return false }
      let isTold = state.finding == .helps || state.finding == .harms
      return isTold && reasons[index] == nil
        && (state.difference?.count ?? .max) < SequentialTest.mostPairs
    }
  }

  /// What the pairs after the verdict show; nil where they are too few or one has no score.
  private func fresh(of arm: Int) -> CorrectedDifference? {
    let pairs = freshScores.wholePairs(of: [arm])
    guard pairs >= SequentialTest.leastPairs,
      let differences = freshScores.differences(of: arm, measure, pairs: pairs)
    else { return nil }
    return CorrectedDifference(differences, overlap: folds.overlap)
  }

  private func train(
    _ open: [Int], _ pairs: Range<Int>, on folds: [PairedFold], _ codes: [String],
    seedsFrom offset: Int = 0
  ) -> [PairedScores.Entry] {
    // Whole pairs come first, so that few are lost when time is over.
    let tasks = pairs.flatMap { pair in
      ([nil] + open.map { Optional($0) }).map { (pair: pair, arm: $0) }
    }
    let teller = PairTeller(
      limits, pairs: pairs, tasksOfPair: open.count + 1,
      codes: open.map { codes[$0] }.joined(separator: ", "))
    let (base, arms, limitBytes) = (base, arms, room.limitBytes)
    let (limits, seed) = (limits, base.seed &+ UInt64(offset))
    let results = Workers.results(tasks.count, threads: room.threads) { index -> PairedScore in
      let task = tasks[index]
      guard !limits.isOver(), let arm = task.arm.map({ arms[$0] }) ?? base else {
        return .unfinished
      }
      let score = arm.run(
        on: folds[task.pair], seed: seed &+ UInt64(task.pair), limitBytes: limitBytes,
        isOver: { limits.isOver() })
      if case .unfinished = score { return score }
      teller.tell()
      return score
    }
    return zip(tasks, results).map { PairedScores.Entry(pair: $0.pair, arm: $0.arm, score: $1) }
  }

  /// Ends what could not be trained at all; throws where that is the spec as it is.
  private mutating func settleFailures(_ open: [Int]) throws(TrainingError) {
    if let error = scores.refusal(of: nil) { throw error }
    for arm in open {
      if let error = scores.refusal(of: arm) {
        reasons[arm] = "the spec with its edit cannot be trained: \(error.message)"
      } else if let words = scores.divergence(of: arm)?.reason {
        reasons[arm] = words
      }
    }
  }

  private mutating func look(_ open: [Int], pairs: Int, risk: Double?) {
    if margin.value == nil || test.isUntouched {
      measure = PairedMeasure(base, scores: scores.all(of: open, pairs: pairs))
    }
    let direction = measure.metric.direction
    margin.fix(by: scores.values(of: nil, measure, pairs: pairs), direction)
    guard let margin = margin.value, pairs > 0 else { return }
    let measured = arms.indices.filter { arms[$0] != nil }
    let differences = measured.map { arm -> [Double]? in
      guard open.contains(arm) else { return nil }
      return scores.differences(of: arm, measure, pairs: pairs)
    }
    test.look(
      at: differences, overlap: folds.overlap, margin: margin, direction, risk: risk)
  }

  /// Everything that was found.
  func result(_ trials: [AdviceTrial]) -> AdviceMeasurement {
    var states = test.states[...]
    let items = arms.indices.map { index in
      let state = arms[index] == nil ? nil : states.popFirst()
      return AdviceMeasurement.Item(
        code: trials[index].code, edit: trials[index].edit, verdict: verdict(index, state),
        scores: scores.values(of: index, measure, pairs: .max))
    }
    let pairs = items.map(\.verdict.pairs).max() ?? 0
    return AdviceMeasurement(
      metric: measure.metric.name, choice: measure.choice, direction: measure.metric.direction,
      score: mean(scores.values(of: nil, measure, pairs: pairs)), margin: margin.value,
      marginOrigin: margin.origin, folds: foldCount,
      rows: base.judgingRows.count, heldOutRows: base.rows.count - base.judgingRows.count,
      items: items, isInterrupted: limits.shouldStop(),
      scores: scores.values(of: nil, measure, pairs: .max))
  }

  private func verdict(_ index: Int, _ state: SequentialTest.State?) -> MeasuredVerdict {
    let divergence = scores.divergence(of: index)
    var verdict = MeasuredVerdict(
      divergence?.finding ?? .notEnough, metric: measure.metric.name,
      pairs: divergence?.pairs ?? 0, reason: reasons[index])
    guard reasons[index] == nil, let state else { return verdict }
    verdict.margin = margin.value
    if let finding = state.finding { verdict.finding = finding }
    guard let difference = state.difference else {
      verdict.reason = notEnoughWords(nil)
      return verdict
    }
    verdict.difference = difference.mean
    verdict.halfWidth = state.halfWidth
    verdict.pairs = difference.count
    if state.finding == nil { verdict.reason = notEnoughWords(difference) }
    if let fresh = fresh(of: index) { verdict.take(fresh) }
    return verdict
  }

  /// Why there is no verdict, and what would help.
  private func notEnoughWords(_ difference: CorrectedDifference?) -> String {
    let count = difference?.count ?? 0
    if limits.shouldStop() { return "it was interrupted" }
    guard let difference, count >= SequentialTest.mostPairs else {
      return
        count < SequentialTest.leastPairs
        ? "a verdict takes \(SequentialTest.leastPairs) pairs: a longer --budget has time for them"
        : "a longer --budget has time for more of the \(SequentialTest.mostPairs) pairs"
    }
    let least = difference.leastHalfWidth(missing: SequentialTest.risk)
    return "the pairs differ so much among themselves that more of them would tell nothing below "
      + "±\(roundedText(least)) on this table; a larger --margin may be met"
  }
}

extension MeasuredVerdict {
  /// Takes what later pairs show; a difference in the other direction takes the verdict back.
  fileprivate mutating func take(_ later: CorrectedDifference) {
    guard let halfWidth = later.halfWidth(missing: 0.05) else { return }
    fresh = Fresh(difference: later.mean, halfWidth: halfWidth, pairs: later.count)
    guard let difference, difference * later.mean <= 0 else { return }
    reason = "\(title) over the first \(counted(pairs, "pair")), which others do not bear out"
    finding = .notEnough
  }
}
