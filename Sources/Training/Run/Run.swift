internal import ModelExchange
public import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
public import Tables
internal import Tensors

/// A finished run, read back from its folder: it predicts and can be measured on other tables.
public struct Run: Sendable {
  /// The path of the folder.
  public let folder: String
  public let manifest: Manifest
  /// What the run found on its own rows.
  public let outcome: RunOutcome
  /// Every epoch, first to last.
  public let epochs: [EpochReport]
  /// The resolved spec, as text.
  public let resolvedText: String
  /// The names of the metrics the author asked for.
  public let shown: [String]
  let encoding: Encoding
  let plan: Plan
  let tensors: [NamedTensor]
  let data: DataSection
  private let recipe: Recipe

  /// Reads a run folder; throws, naming the file, where one is missing, foreign or damaged.
  public static func open(_ folder: String) throws(TrainingError) -> Run {
    try checkInstructionSet()
    return try Run(RunFolder(path: folder))
  }

  private init(_ files: RunFolder) throws(TrainingError) {
    folder = files.path
    manifest = try files.manifest()
    outcome = try files.json(RunOutcome.self, RunFile.result)
    epochs = try files.epochs()
    let preprocessing = try files.json(Preprocessing.self, RunFile.preprocessing)
    tensors = try files.weights()
    resolvedText = try files.text(RunFile.resolved)
    let compilation = compile(SourceText(name: files.place(RunFile.resolved), text: resolvedText))
    guard !compilation.hasErrors, let spec = compilation.spec else {
      throw files.damaged(RunFile.resolved, "it is not a complete spec")
    }
    let recipe = try Recipe(spec.training)
    guard manifest.inputShape.allSatisfy({ $0 > 0 }), manifest.outputs > 0,
      manifest.inputShape.count <= 8, manifest.inputShape.allSatisfy({ $0 < 1 << 24 }),
      manifest.outputs < 1 << 24
    else { throw files.damaged(RunFile.manifest, "its sizes are not those of a network") }
    let input = Shape(manifest.inputShape)
    var log = DiagnosticLog()
    guard input.count >= preprocessing.features.width,
      let graph = Graph(
        lowering: spec, input: input, plans: preprocessing.features.plans,
        outputs: manifest.outputs, into: &log),
      graph.parameterCount == manifest.parameters
    else { throw files.damaged(RunFile.manifest, "its sizes are not those of its spec's network") }
    encoding = Encoding(
      features: preprocessing.features, target: preprocessing.target, width: input.count)
    plan = Plan(graph: graph, batch: 256, loss: recipe.loss, optimizer: recipe.optimizer)
    data = spec.data
    self.recipe = recipe
    shown = recipe.metrics
    do {
      try Executor(plan, seed: 0).load(tensors)
    } catch {
      throw files.damaged(RunFile.weights, error.message)
    }
  }

  /// The network.
  public var graph: Graph { plan.graph }

  /// Counts of the network, with the memory that training it took.
  public var summary: Summary {
    graph.summary(
      batch: recipe.batchSize, loss: recipe.loss, optimizer: recipe.optimizer,
      rules: recipe.rules)
  }

  /// The label file that the spec names, for images.
  public var labels: String? { data.labels }

  /// How to read a table for this run: as the spec pins it, and columns as they were in training.
  public var tableOptions: TableOptions {
    var options = data.tableOptions
    options.missing = options.missing ?? manifest.missing
    return encoding.features.pinning(options)
  }

  /// What the run says about every row of a table, or about some of them.
  public func predict(_ table: Table, rows: [Int]? = nil) throws(TrainingError) -> Predictions {
    try Predictor(self).predict(table, rows: rows)
  }

  /// Metrics on the rows of a table that have a target.
  public func evaluate(_ table: Table) throws(TrainingError) -> RunEvaluation {
    for name in encoding.target.columns where table.column(name) == nil {
      throw TrainingError("`\(table.path)` has no target column `\(name)`")
    }
    let rows = table.rowsWithTarget(encoding.target.columns)
    guard !rows.isEmpty else { throw TrainingError("no row of `\(table.path)` has a target") }
    let prepared = try encoding.rows(rows, of: table)
    let data = prepared.data()
    let predictions = encoding.target.predictions(
      Outputs(try Predictor(self).outputs(for: data), of: plan.loss))
    return RunEvaluation(
      rows: rows.count,
      metrics: Metrics.values(of: predictions, against: prepared.truth, including: shown),
      breakdown: Breakdown(predictions, against: prepared.truth))
  }
}

/// How good a run is on a table.
public struct RunEvaluation: Sendable, Encodable {
  /// How many rows had a target.
  public let rows: Int
  public let metrics: [String: Double]
  public let breakdown: Breakdown
}
