import SpecSyntax

extension Rule {
  static let searchSpaceDesign = Rule(
    code: "O415", name: "search-space-design",
    title: "a search on a wrong scale, or over too much",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Good rates spread over orders of magnitude, so a search over rates and decays has to draw \
      them on a logarithmic scale: evenly drawn, nine tenths of the tries lie in the top decade. \
      Under 10 tries only the rate is worth searching, under 25 at most one more key of the \
      optimizer. The number of epochs is not searched: give a generous one and keep the best \
      epoch. Whenever two networks are compared, each needs a rate of its own.
      """,
    source: """
      Bergstra and Bengio 2012 (from memory); Deep Learning Tuning Playbook 2023 (10 and 25 tries \
      for Adam; never tune the number of steps); search spaces of Gorishniy et al. 2021.
      """,
    failsWhen: "Earlier work pins the rate to within a factor of three.",
    guarantee: """
      A spec holds one value for each key, so there is no space to design badly: it is one try, \
      and tries are compared as specs.
      """,
    examples: [
      .refused("K101", "training: {search: {trials: 8}}"),
      .silent("training: {learning_rate: 0.001}"),
    ])
}
