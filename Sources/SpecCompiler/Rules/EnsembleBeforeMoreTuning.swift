import SpecSyntax

extension Rule {
  static let ensembleBeforeMoreTuning = Rule(
    code: "R707", name: "ensemble-before-more-tuning",
    title: "tuning has stopped to gain; averaging a few seeds would",
    needs: [.probe], evidence: .controlled,
    rationale: """
      A mean over networks that differ in their seed removes a part of the variance that no \
      setting removes. Gains flatten after about five. Reported after 20 tries or more, when the \
      last ten raised the best score by less than the standard deviation between seeds.
      """,
    source: """
      Karpathy 2019 (gains end near five); Lakshminarayanan et al. 2017 and Gorishniy et al. 2021 \
      on ensembles (from memory).
      """,
    failsWhen: "One network is needed, for its size, speed or clarity, or all share the same bias.",
    examples: [
      .fires(
        """
        training:
          seed: 42   #! R707
        """,
        probe: Probe(
          bestEpoch: 1, epochs: 1,
          trials: TrialFacts(
            scores: (1...40).map { 0.9 - 0.2 / Double($0) }, seedScores: [0.89, 0.9, 0.91]))),
      .silent(
        "training: {seed: 42}",
        probe: Probe(
          bestEpoch: 1, epochs: 1,
          trials: TrialFacts(
            scores: (1...12).map { 0.9 - 0.2 / Double($0) }, seedScores: [0.89, 0.9, 0.91]))),
      .silent(
        "training: {seed: 42}",
        probe: Probe(
          bestEpoch: 1, epochs: 1,
          trials: TrialFacts(
            scores: (1...40).map { 0.5 + 0.01 * Double($0) }, seedScores: [0.89, 0.9, 0.91]))),
    ]
  ) { facts, report in
    guard let trials = facts.probe?.trials, trials.scores.count >= 20,
      let gain = trials.gain(ofLast: 10), let deviation = trials.seedDeviation, gain < deviation
    else { return }
    report.at(
      "training.seed",
      """
      the last ten of \(trials.scores.count) tries gained \(roundedText(gain)); seeds alone differ \
      by \(roundedText(deviation))
      """,
      remedies: [
        .words("train with five seeds and average their predictions"),
        .words("`plumb train SPEC --seeds 5` shows how far seeds alone move the score"),
      ])
  }
}
