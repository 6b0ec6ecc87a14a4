import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Training

@testable import Tuning

/// The iris table, read once.
let irisTable = Result<LoadedTable, any Error> {
  .table(try readTable(at: Repository.path("specs/examples/iris.csv"), options: TableOptions()))
}

/// A search of the width and the rate of a small network on iris.
struct IrisStudy {
  static let space = Space([
    Dimension("model.hidden_layers[0]", .integer(low: 2, high: 12, step: 1, isLogarithmic: true)),
    Dimension(
      "training.learning_rate",
      .real(low: 1e-3, high: 1e-1, step: nil, isLogarithmic: true)),
    Dimension("model.activation", .choice(["relu", "tanh"])),
  ])

  var text = """
    plumb: 1
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training: {epochs: 8, seed: 5, metrics: [accuracy]}
    """
  var space = Self.space
  var sampler = "random"
  var pruner = "none"
  var parallel = 5

  var settings: StudySettings {
    StudySettings(
      name: "iris", seed: 11, space: space, sampler: sampler, pruner: pruner, parallel: parallel)
  }

  var maker: CandidateMaker {
    let text = text
    let compiled = { @Sendable (overrides: [Override]) in
      compile(
        SourceText(name: "iris.yaml", text: text), overrides: overrides,
        in: Environment(
          loadText: { _, _ in .refused("there are no bases here") },
          loadTable: { _ in (try? irisTable.get()) ?? .skipped("iris.csv cannot be read") }))
    }
    return CandidateMaker(space, base: compiled([]), compile: compiled)
  }

  static let loss = StudyPlan.Objective(.score(.loss), .minimize)

  func run(
    _ plan: StudyPlan, workers: Int, in store: MemoryStore? = nil,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (StudyEvent) -> Void = { _ in }
  ) throws -> (trials: [Trial], store: MemoryStore, ending: StudyEnding) {
    let store = store ?? MemoryStore(settings)
    let run = try StudyRun(store, plan, maker, owner: "test", workers: workers)
    let ending = try run.run(shouldStop: shouldStop, report: report)
    return (store.trials(), store, ending)
  }
}
