import SpecSyntax

extension Rule {
  static let seedMissing = Rule(
    code: "S901", name: "seed-missing", level: .advice,
    title: "no seed, or only one of several generators is seeded",
    needs: [.spec], evidence: .folklore,
    rationale: """
      A fixed seed removes one source of variation while debugging and makes reports repeatable. \
      The seeds of the split and of training are separate, so that their effects can be told \
      apart.
      """,
    source: """
      Karpathy 2019, "fix random seed"; Bouthillier et al. 2021; the code of Kadra et al. 2021.
      """,
    failsWhen: "Final estimates: they need several seeds, as in `plumb train --seeds 5`.",
    guarantee: """
      Every generator is split from `data.split.seed` and `training.seed`, which have defaults; \
      the same spec, table and seeds give the same bytes.
      """,
    examples: [.silent("training: {epochs: 50}")])
}
