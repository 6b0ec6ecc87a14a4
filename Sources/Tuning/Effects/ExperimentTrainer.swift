internal import SpecCompiler
internal import Training

/// Trains a cell of an experiment, or the spec as it is, and says by what it can be judged.
struct ExperimentTrainer: Sendable {
  /// Trains a cell, or the spec as it is for nil, in a block: a seed and a fold that belong
  /// together. With a fixed fold only the seed is the block's.
  typealias Train =
    @Sendable (
      _ cell: [Int]?, _ block: Int, _ hasFixedFold: Bool, _ isOver: () -> Bool
    ) -> PairedScore

  var train: Train
  /// Judging rows for each learning row of blocks with folds of their own.
  var overlap: Double
  /// The name of the spec's first metric.
  var metric: String?
  var isClasses: Bool
  var threads: Int

  init(
    overlap: Double, metric: String?, isClasses: Bool, threads: Int, train: @escaping Train
  ) {
    (self.train, self.overlap, self.metric) = (train, overlap, metric)
    (self.isClasses, self.threads) = (isClasses, threads)
  }
}

extension ExperimentTrainer {
  /// Blocks beyond these are folds that were dealt before.
  private static let mostRounds = 100

  /// Trains on the rows outside the spec's test part, which are dealt into folds anew for each
  /// round.
  init(
    _ base: PairedArm, _ arms: [[Int]: PairedArm], folds count: Int, isFixed: Bool,
    room: TrainingRoom
  ) {
    let rounds = isFixed ? 1 : Self.mostRounds
    let folds = LazyFolds(base, count: count, rounds: rounds)
    self.init(
      overlap: isFixed ? 0 : folds.overlap, metric: base.metric, isClasses: base.isClasses,
      threads: room.threads
    ) { cell, block, hasFixedFold, isOver in
      // The caller has an arm for every cell that it names.
      let arm = cell.flatMap { arms[$0] } ?? base
      return arm.run(
        on: folds.fold(isFixed || hasFixedFold ? 0 : block), seed: base.seed &+ UInt64(block),
        limitBytes: room.limitBytes, isOver: isOver)
    }
  }
}
