import NetworkGraph
import SpecSyntax

extension Rule {
  static let batchNormSmallBatch = Rule(
    code: "B508", name: "batch-norm-small-batch", level: .warning,
    title: "batch normalization over few rows",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Means and variances of few rows are noisy in training and differ from the running ones that \
      are used afterwards. Reported under 16 rows a batch (a proposal). Accumulation does not \
      help, because each batch is normalised by itself.
      """,
    source: """
      Wu and He 2018 (from memory); Deep Learning Tuning Playbook 2023 on batch normalization \
      (about 64 rows work well; often replaceable by layer normalization).
      """,
    failsWhen: "The noise is wanted, to hold back overfitting (Karpathy 2019).",
    examples: [
      .fires(
        """
        model: {normalization: batch}
        training:
          batch_size: 4   #! B508
        """,
        fixed: """
          model: {normalization: batch}
          training:
            batch_size: 32
          """),
      .fires(
        """
        model: {normalization: batch}
        training:
          batch_size: 8   #! B508
          gradient_accumulation: 8
        """,
        fixed: """
          model: {normalization: batch}
          training:
            batch_size: 32
            gradient_accumulation: 2
          """),
      .fires(
        """
        model: {normalization: batch}
        training:
          batch_size: 8   #! B508
        """, on: ExampleTable(rows: 60),
        fixed: """
          model: {normalization: layer}
          training:
            batch_size: 8
          """),
      .silent(
        """
        model: {normalization: layer}
        training: {batch_size: 4}
        """),
      .silent(
        """
        model: {normalization: batch}
        training: {batch_size: 32}
        """),
    ]
  ) { facts, report in
    guard facts.usesBatchNorm, let path = facts.batchNormPath, facts.isWritten(path),
      let batch = facts.batchSize, (2..<16).contains(batch)
    else { return }
    let isWritten = facts.isWritten("training.batch_size")
    let accumulation = facts.spec.training.gradientAccumulation
    let note = "accumulation does not help: each batch is normalised by itself"
    report.at(
      isWritten ? "training.batch_size" : path,
      "batch normalization takes mean and variance of \(counted(batch, "row"))",
      label: isWritten ? "too few for either" : "",
      because: [(path, "normalises over the batch")], notes: accumulation > 1 ? [note] : [],
      remedies: facts.widerNormalization(at: path))
  }
}

extension Facts {
  /// Where the first batch normalization stands.
  fileprivate var batchNormPath: SpecPath? {
    guard let layers = spec.model.layers else { return "model.normalization" }
    return layers.first { $0.op is BatchNorm }?.path
  }

  /// Batches of 32 rows in as many rows a step as before; first the other normalization where the
  /// table has too few rows for that.
  fileprivate func widerNormalization(at path: SpecPath) -> [Remedy] {
    let layer = layerNormRemedy(at: path)
    let better = leavesOneRow(32) ? batchForNormalization(above: 32) : 32
    var settings: [(path: SpecPath, value: PlainValue)] = [
      ("training.batch_size", .integer(better))
    ]
    if spec.training.gradientAccumulation > 1, let rowsPerStep {
      settings.append(
        ("training.gradient_accumulation", .integer(max(1, rowsPerStep / better))))
    }
    let batch = Remedy("use batches of \(better) rows", settings)
    guard let trainRows, trainRows < 4 * better else { return [batch, layer] }
    return [layer, batch]
  }
}
