public import SpecCompiler
public import Training

/// Trains a spec with all, or a well chosen part, of the combinations of some levels, and tells
/// what each key does and which keys depend on each other.
///
/// A block is a seed with a fold, as in `measure`: every cell is trained once in it, and effects
/// are differences within blocks, with the interval of `CorrectedDifference`. The figures depend on
/// how many blocks there are, not on the number of threads.
///
/// - Parameters:
///   - base: the spec as it is.
///   - factors: at most `FactorialDesign.mostFactors`.
///   - designs: the candidates, the largest first.
///   - cells: the compilation of every cell of every candidate.
///   - report: told what is going on, from any thread.
public func experiment(
  _ base: Compilation, _ factors: [Factor], designs: [FactorialDesign],
  cells: [[Int]: Compilation], _ settings: ExperimentSettings,
  shouldStop: @escaping @Sendable () -> Bool = { false },
  report: @escaping @Sendable (String) -> Void = { _ in }
) throws(TrainingError) -> FactorialResult {
  let (trainer, known) = try prepared(base, cells, settings) { factors.words($0) }
  let limits = ProbeLimits(seconds: settings.seconds, shouldStop: shouldStop, report: report)
  var session = FactorialSession(factors, designs, trainer, settings, limits)
  try session.run()
  var place = known
  place.base = factors.map(\.base).contains(nil) ? nil : factors.compactMap(\.base)
  place.movesAlong = followers(
    factors.map(\.key), session.design.cells.compactMap { cells[$0] })
  return session.result(place)
}

/// Trains a spec at points spread over ranges, fits a quadratic surface to the scores, and tells
/// how far the best value of one key moves with another.
///
/// - Parameters:
///   - points: `SurfacePoint.spread(over:)` of the axes.
///   - compilations: of every point.
public func surface(
  _ base: Compilation, _ axes: [SurfaceAxis], points: [SurfacePoint],
  compilations: [Compilation], _ settings: ExperimentSettings,
  shouldStop: @escaping @Sendable () -> Bool = { false },
  report: @escaping @Sendable (String) -> Void = { _ in }
) throws(TrainingError) -> SurfaceResult {
  let cells = Dictionary(
    uniqueKeysWithValues: compilations.enumerated().map { ([$0.offset], $0.element) })
  let (trainer, known) = try prepared(base, cells, settings) { points[$0[0]].words }
  let limits = ProbeLimits(seconds: settings.seconds, shouldStop: shouldStop, report: report)
  var session = SurfaceSession(axes, points, trainer, settings, limits)
  try session.run()
  var place = known
  place.movesAlong = followers(axes.map(\.key), compilations)
  return SurfaceAnalysis(session).result(place)
}

extension FactorialSession {
  /// Everything that was found.
  func result(_ place: ExperimentPlace) -> FactorialResult {
    FactorialAnalysis(self).result(place)
  }
}

/// What trains the cells of an experiment, all of which must be judged by the same rows.
private func prepared(
  _ base: Compilation, _ cells: [[Int]: Compilation], _ settings: ExperimentSettings,
  name: ([Int]) -> String
) throws(TrainingError) -> (ExperimentTrainer, ExperimentPlace) {
  try checkInstructionSet()
  let arm = try PairedArm(base)
  var arms: [[Int]: PairedArm] = [:]
  for (cell, compilation) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
    let compared = PairedArm.compared(compilation, with: arm, named: name(cell))
    guard let own = compared.arm else { throw TrainingError(compared.reason ?? "") }
    arms[cell] = own
  }
  let isFixed = settings.folds == 1
  let usual = ExperimentSettings().folds
  let folds = try arm.foldCount(upTo: isFixed ? usual : settings.folds)
  guard isFixed || folds == settings.folds || settings.folds == usual else {
    throw TrainingError(
      "\(settings.folds) folds cannot be made of \(arm.judgingRows.count) rows",
      hints: ["ask for at most \(folds) folds"])
  }
  let room = TrainingRoom(for: [arm] + arms.values, threads: settings.threads)
  var place = ExperimentPlace()
  (place.rows, place.heldOutRows) = (
    arm.judgingRows.count, arm.rows.count - arm.judgingRows.count
  )
  (place.folds, place.seed) = (isFixed ? 1 : folds, arm.seed)
  let trainer = ExperimentTrainer(arm, arms, folds: folds, isFixed: isFixed, room: room)
  return (trainer, place)
}

/// Values that are not the same in all cells, though no varied key names them.
private func followers(
  _ keys: [String], _ cells: [Compilation]
) -> [FactorialResult.Follower] {
  let tables = cells.map { cell in
    Dictionary(
      (cell.resolution?.values ?? []).map { ($0.path, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }
  let paths = Set(tables.flatMap(\.keys)).sorted()
  return paths.compactMap { path in
    let isVaried = keys.contains { key in
      path == key || path.hasPrefix(key + ".") || path.hasPrefix(key + "[")
        || key.hasPrefix(path + ".") || key.hasPrefix(path + "[")
    }
    guard !isVaried, path != "name" else { return nil }
    var values: [String] = []
    for table in tables {
      let value = table[path] ?? "–"
      if !values.contains(value) { values.append(value) }
    }
    return values.count > 1 ? FactorialResult.Follower(key: path, values: values) : nil
  }
}
