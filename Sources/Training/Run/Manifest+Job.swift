internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
internal import Tables
internal import Tensors

extension Manifest {
  /// What has to be known of a training that is about to begin.
  init(_ job: Job, _ origin: RunOrigin, _ identity: RunIdentity) {
    let (preparation, graph, table) = (job.preparation, job.graph, job.table)
    var classes: [String]?
    if case .classes(_, let levels) = preparation.target.target { classes = levels }
    let named = job.compilation.dataOrigin
    self.init(
      format: Manifest.currentFormat, version: identity.version, name: job.compilation.name,
      command: origin.command, seed: job.recipe.seed, threads: job.threads,
      instructionSet: identity.instructionSet,
      spec: .init(
        sha256: sha256(job.specBytes),
        resolved: sha256(Array(job.resolvedText.utf8))),
      data: .init(
        path: job.spec.data.source, rows: table.rowCount, columns: table.columns.count,
        spec: origin.tableNamedIn ?? (named.hasPrefix("--set") ? nil : named),
        fingerprint: identity.rows, files: origin.files.isEmpty ? nil : origin.files),
      rows: job.rows, task: job.spec.data.task.decided.rawValue,
      target: preparation.target.columns, classes: classes,
      inputShape: graph.inputShape.sizes, inputNames: preparation.features.inputNames,
      outputs: graph.outputShape.count, parameters: graph.parameterCount,
      missing: table.format.missing.value)
  }
}
