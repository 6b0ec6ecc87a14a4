import SpecSyntax

extension Rule {
  static let dropLastLeavesNoBatch = Rule(
    code: "B505", name: "drop-last-leaves-no-batch", level: .error,
    title: "no batch at all, or many rows never used, because the last batch is dropped",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      Where a last batch that is not full is dropped, a batch larger than the table leaves \
      nothing to train on, often without an error, and up to a batch of rows is lost in each \
      epoch. Cross-validation makes it worse, because a fold has fewer rows.
      """,
    source: "Arithmetic; mmpretrain issue 1421 and geti pull 1872 show the usual confusion.",
    failsWhen: "Rows are shuffled and there are many batches: then others are lost each time.",
    guarantee: """
      No row is dropped: the last batch of an epoch is smaller and each row in it counts as much \
      as in any other; a batch larger than the table is the whole table (B504).
      """,
    examples: [
      .refused("K101", "training: {batch_size: 256, drop_last: true}", on: ExampleTable(rows: 250)),
      .silent("training: {batch_size: 32}", on: ExampleTable(rows: 250)),
    ])
}
