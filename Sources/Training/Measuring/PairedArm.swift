internal import NetworkGraph
package import SpecCompiler
internal import SpecSyntax
package import Tables
internal import Tensors

/// A spec of which many trainings are made.
package struct PairedArm: Sendable {
  package let compilation: Compilation
  let spec: Spec
  let inputCount: Int
  private let split: SplitRows
  /// Rows of the table that have a target.
  package var rows: [Int] { split.rows }
  /// Those outside the test part, as places within `rows`.
  package let judgingRows: [Int]
  package let seed: UInt64
  /// The first of the spec's metrics.
  package let metric: String?
  package var isClasses: Bool { spec.data.task.value == .classification }

  package init(_ compilation: Compilation) throws(TrainingError) {
    guard !compilation.hasErrors, let spec = compilation.spec, let graph = compilation.graph else {
      throw TrainingError("the spec has mistakes", hints: ["`plumb lint` names them"])
    }
    guard let table = compilation.table else {
      throw TrainingError("the table could not be read", hints: ["`plumb lint` says why"])
    }
    (self.compilation, self.spec, inputCount) = (compilation, spec, graph.inputShape.count)
    split = try SplitRows(spec.data, table)
    judgingRows = split.judgingRows
    let recipe = try Recipe(spec.training)
    (seed, metric) = (recipe.seed, recipe.metrics.first)
  }

  /// A changed spec, or why its trainings cannot be paired with those of the spec as it is; `name`
  /// is what the reason calls the change.
  package static func compared(
    _ compilation: Compilation, with base: PairedArm, named name: String = "its edit"
  ) -> (arm: PairedArm?, reason: String?) {
    do throws(TrainingError) {
      let arm = try PairedArm(compilation)
      let (own, other) = (arm.spec.data, base.spec.data)
      let isSameSplit =
        own.split.test == other.split.test && own.split.stratify == other.split.stratify
        && own.split.group == other.split.group && own.split.time == other.split.time
        && own.split.seed == other.split.seed
      guard isSameSplit else {
        return (nil, "\(name) changes which rows judge, so there is nothing to pair")
      }
      guard own.targetColumns == other.targetColumns, own.task.value == other.task.value,
        arm.rows == base.rows
      else { return (nil, "\(name) changes what is predicted, so there is nothing to pair") }
      return (arm, nil)
    } catch {
      return (nil, "the spec with \(name) cannot be trained: \(error.message)")
    }
  }

  /// The most folds up to so many; throws where the rows cannot make two.
  package func foldCount(upTo limit: Int) throws(TrainingError) -> Int {
    let count = min(limit, split.mostFolds(of: judgingRows))
    guard count >= 2 else {
      throw TrainingError(
        "the \(counted(judgingRows.count, "row")) outside the test part cannot make two folds",
        hints: ["use a table with more rows"])
    }
    return count
  }

  /// The folds of one round.
  package func folds(_ count: Int, round: Int) -> [PairedFold] {
    split.judgingFolds(of: judgingRows, count: count, round: round)
      .map { PairedFold(fold: $0, round: round) }
  }

  /// Trains on a fold's rows with a seed, and judges by its own.
  package func run(
    on fold: PairedFold, seed: UInt64, limitBytes: Int, isOver: () -> Bool
  ) -> PairedScore {
    do throws(TrainingError) {
      var job = try Job(
        compilation, split.parts(of: fold.fold, round: fold.round), threads: 1,
        limitBytes: limitBytes)
      job.recipe.seed = seed
      let trainer = try Trainer(
        job.recipe, graph: job.graph, preparation: job.preparation, threads: 1)
      let outcome = try trainer.run(shouldStop: isOver, report: { _ in })
      guard outcome.stopped != .interrupted else { return .unfinished }
      let rows = job.preparation.test
      let data = rows.data()
      let outputs = trainer.executor.evaluate(rows: data.rows, of: data).outputs
      guard outputs.allSatisfy(\.isFinite) else { return .diverged }
      let predictions = job.preparation.target.predictions(Outputs(outputs, of: job.recipe.loss))
      return .scored(Metrics.values(
        of: predictions, against: rows.truth, including: metric.map { [$0] } ?? []))
    } catch {
      switch error.kind {
      case .diverged: return .diverged
      case .interrupted: return .unfinished
      case .input: return .refused(error)
      }
    }
  }
}

/// A fold with the round in which its rows were dealt.
package struct PairedFold: Sendable {
  package let fold: RowFolds.Fold
  package let round: Int
}

extension [PairedFold] {
  /// Judging rows for each learning row, as a mean over the folds.
  package var overlap: Double {
    mean(map { Double($0.fold.test.count) / Double(Swift.max(1, $0.fold.learn.count)) }) ?? 0
  }
}

/// What became of one training.
package enum PairedScore: Sendable {
  /// Every metric that is defined, by name.
  case scored([String: Double])
  /// A number of the network was none.
  case diverged
  case refused(TrainingError)
  /// Time was over before.
  case unfinished
}
