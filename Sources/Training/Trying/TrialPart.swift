public import SpecCompiler
internal import NetworkGraph
internal import SpecSyntax
internal import Tables
internal import Tensors

/// Which rows a training learns from when many are compared, and which judge it.
public enum TrialPart: Sendable, Hashable {
  /// The spec's own parts: its validation rows judge.
  case own
  /// The rows outside the spec's test part are dealt into folds, anew in each round. One of them
  /// judges, and this spec's share of the others validates.
  case fold(Int, of: Int, round: Int)
}

/// The encoded rows of a table in their parts, for as many trainings as take the same.
public struct TrialRows: Sendable {
  public let part: TrialPart
  let preparation: Preparation

  /// Splits and encodes the rows as a compilation with its table wants them.
  ///
  /// - Parameter folder: where rows go that need more than a quarter of the machine's memory; asked
  ///   for at most once at a time.
  public init(
    _ compilation: Compilation, _ part: TrialPart = .own,
    folder: @escaping () throws(TrainingError) -> String = { () throws(TrainingError) in "." }
  ) throws(TrainingError) {
    guard let spec = compilation.spec, let graph = compilation.graph,
      let table = compilation.table, let features = compilation.features
    else { throw TrainingError("the table could not be read", hints: ["`plumb lint` says why"]) }
    self.part = part
    var split: RowSplit?
    if case .fold(let index, let count, let round) = part {
      split = try SplitRows(spec.data, table).fold(index, of: count, round: round)
    }
    preparation = try Preparation(
      spec.data, plans: features.plans, table: table, width: graph.inputShape.count, split: split,
      storage: PreparedStorage(limitBytes: PreparedStorage.usualLimitBytes, folder: folder))
    guard judging.count > 0 else {
      throw TrainingError(
        "no rows judge the trainings: `data.split.validation` is 0",
        hints: ["give it a share of the rows, such as `data: {split: {validation: 20%}}`"])
    }
  }

  /// The rows that judge.
  var judging: PreparedRows {
    switch part {
    case .own: preparation.validation
    case .fold: preparation.test
    }
  }

  /// How many rows judge.
  public var judgingCount: Int { judging.count }

  /// How many rows there are outside the test part.
  public var count: Int {
    preparation.train.count + preparation.validation.count + (part == .own ? 0 : judging.count)
  }

  /// Judging rows for each learning row: what trainings on several folds share.
  public var overlap: Double {
    Double(judging.count) / Double(max(1, preparation.train.count + preparation.validation.count))
  }

  /// The memory that they take, as far as it is not in a file.
  public var bytes: Int {
    let parts = [preparation.train, preparation.validation, preparation.test]
    return parts.reduce(0) { $0 + $1.count * ($1.features.width + $1.targetCount) }
      * MemoryLayout<Float>.stride
  }

  /// How many of them may be kept at the same time: they fit into a quarter of the memory.
  public var keptCount: Int { max(1, PreparedStorage.usualLimitBytes / max(1, bytes)) }

  /// How many rows the test part has, which takes no part.
  public var testCount: Int { part == .own ? preparation.test.count : 0 }
}

extension SplitRows {
  /// One fold of the rows outside the test part; throws where they make fewer.
  fileprivate func fold(_ index: Int, of count: Int, round: Int) throws(TrainingError) -> RowSplit {
    let own = judgingRows
    let most = mostFolds(of: own)
    guard count <= most else {
      throw TrainingError(
        "\(count) folds cannot be made of the \(counted(own.count, "row")) outside the test part",
        hints: [most >= 2 ? "ask for at most \(most) folds" : "use a table with more rows"])
    }
    return parts(of: judgingFolds(of: own, count: count, round: round)[index], round: round)
  }
}
