import SpecSyntax

extension Rule {
  static let batchOfOne = Rule(
    code: "B503", name: "batch-of-one", level: .warning, refuses: true,
    title: "one row a step",
    needs: [.spec], evidence: .textbook,
    rationale: """
      Steps from single rows are very noisy and use the processor badly, so training takes long \
      although each epoch makes as many updates as there are rows. Batch normalisation of one row \
      is undefined: every value becomes its own mean.
      """,
    source: """
      Common teaching (one row gives stochastic descent: a faster start, less exact); \
      PyTorch issue 7716 on batch normalisation.
      """,
    failsWhen: """
      Rows arrive one at a time, or are so few that noise helps; good results are reported down \
      to 2 (Masters and Luschi 2018).
      """,
    conflict: """
      sources disagree: small batches generalise better, or the size does not matter once \
      everything else is tuned
      """,
    examples: [
      .fires(
        """
        training:
          batch_size: 1   #! B503
        """,
        fixed: """
          training:
            batch_size: 32
          """),
      .silent("training: {batch_size: 32}"),
      .silent("training: {batch_size: 1, gradient_accumulation: 32}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.batch_size"), facts.batchSize == 1 else { return }
    let remedy = Remedy.set("training.batch_size", .integer(32), "use 32, the usual default")
    if facts.usesBatchNorm {
      report.at(
        "training.batch_size", "batch normalization needs more than one row",
        label: "every value is its own mean", level: .error,
        because: [("model.normalization", "normalises over the rows of a batch")],
        remedies: [remedy, .words("or use `layer_norm`")])
    } else if facts.rowsPerStep == 1 {
      let steps = facts.trainRows.map { ", \(counted($0, "step")) an epoch" } ?? ""
      report.at(
        "training.batch_size", "one row a step: noisy, and slow on this processor" + steps,
        notes: ["raise the learning rate with the batch size: about 5 times for 32 under Adam"],
        remedies: [remedy])
    }
  }
}
