import NetworkGraph
import SpecSyntax

extension Rule {
  static let batchNormSingletonBatch = Rule(
    code: "B507", name: "batch-norm-singleton-batch", level: .warning,
    title: "the last batch holds one row and is normalised over the batch",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      The variance of one value is 0, and every value is its own mean: batch normalization then \
      hides the row from all layers behind it, and the running variance loses a tenth, just \
      before the validation rows are predicted with it. Other programs stop with an error. \
      Reported where the training rows leave one over; not for images, whose channels have many \
      values in each row, and not for rows split by group, whose number is not known before.
      """,
    source: "PyTorch issue 7716; geti pull 1872; fastai issue 1352; arithmetic.",
    failsWhen: "Rows are added to the table and the remainder changes.",
    examples: [
      .fires(
        """
        model:
          normalization: batch
        training:
          batch_size: 32   #! B507
        """, on: ExampleTable(rows: 2001),
        fixed: """
          model:
            normalization: batch
          training:
            batch_size: 48
          """),
      .fires(
        """
        model:
          layers:
            - dense: 64
            - batch_norm
            - relu
        training:
          batch_size: 16   #! B507
        """, on: ExampleTable(rows: 2001),
        fixed: """
          model:
            layers:
              - dense: 64
              - batch_norm
              - relu
          training:
            batch_size: 48
          """),
      .silent(
        """
        model: {normalization: batch}
        training: {batch_size: 32}
        """, on: ExampleTable(rows: 2000)),
      .silent(
        """
        model: {normalization: layer}
        training: {batch_size: 32}
        """, on: ExampleTable(rows: 2001)),
    ]
  ) { facts, report in
    guard facts.spec.data.split.group == nil, let normalization = facts.flatBatchNormPath,
      let rows = facts.trainRows, let batch = facts.batchSize, batch > 1, facts.leavesOneRow(batch)
    else { return }
    let isWritten = facts.isWritten("training.batch_size")
    let better = facts.batchForNormalization(above: batch)
    report.at(
      isWritten ? "training.batch_size" : normalization,
      "\(counted(rows, "training row")) in batches of \(batch) leave one row alone",
      label: isWritten ? "" : "every value of it is its own mean",
      because: [(normalization, "every value of it is its own mean")],
      remedies: [
        .set("training.batch_size", .integer(better), "use batches of \(better) rows"),
        facts.layerNormRemedy(at: normalization),
      ])
  }
}

extension Facts {
  /// Where the first batch normalization of flat rows stands; nil where there is none.
  var flatBatchNormPath: SpecPath? {
    guard let layers = spec.model.layers else {
      return spec.model.normalization == .batch && !hidden.isEmpty ? "model.normalization" : nil
    }
    var isFlat = isTabular
    for layer in layers {
      switch layer.op {
      case is Flatten, is GlobalAveragePool, is GlobalMaxPool: isFlat = true
      case is BatchNorm where isFlat: return layer.path
      default: break
      }
    }
    return nil
  }

  /// Whether batches of this size leave a single row for the last one.
  func leavesOneRow(_ batch: Int) -> Bool {
    guard let trainRows, spec.data.split.group == nil else { return false }
    return trainRows == 1 || (batch > 1 && trainRows % batch == 1)
  }

  /// A batch size above another that leaves no row alone: the first multiple of 16, or one row
  /// more where the table is small.
  func batchForNormalization(above batch: Int) -> Int {
    let first = (batch / 16 + 1) * 16
    return stride(from: first, through: first + 256, by: 16).first { !leavesOneRow($0) }
      ?? batch + 1
  }

  /// Layer normalization in place of that over the batch.
  func layerNormRemedy(at path: SpecPath) -> Remedy {
    let words = "normalise over the layer, which needs no batch"
    if path == "model.normalization" { return .set(path, .name("layer"), words) }
    return tree.root.at(path)?.scalar != nil
      ? .set(path, .name(LayerNorm.name), words) : .words(words + ": `layer_norm`")
  }
}
