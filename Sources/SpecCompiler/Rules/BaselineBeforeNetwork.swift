import SpecSyntax

extension Rule {
  static let baselineBeforeNetwork = Rule(
    code: "D116", name: "baseline-before-network",
    title: "no simpler model beside the network",
    needs: [.spec], evidence: .controlled,
    rationale: """
      In simulations logistic regression was stable from 20 to 50 cases of the rarer class per \
      input on, whereas networks were still too optimistic above 200. On tables of about 10,000 \
      rows tuned ensembles of trees beat tuned networks on average. So a network has to be judged \
      beside something simpler.
      """,
    source: """
      van der Ploeg, Austin and Steyerberg 2014; Grinsztajn et al. 2022 (45 tables).
      """,
    failsWhen: """
      Networks with modern regularisation close the gap (Kadra et al. 2021; Holzmüller et al. \
      2024), and smooth targets favour them even on few rows.
      """,
    conflict: """
      sources disagree: trees lead on tables of about 10,000 rows, or well regularised networks \
      are level with them; run both, and claim nothing in advance
      """,
    guarantee: """
      Every run judges the network beside a constant answer and a linear model on the same rows, \
      and says so where it loses to either. Ensembles of trees are for other programs: compare \
      with one on the rows of the same split.
      """,
    examples: [
      .refused("K101", "training: {baselines: []}"),
      .silent("training: {epochs: 100}", on: ExampleTable(rows: 900, inputs: 30, classes: 2)),
    ])
}
