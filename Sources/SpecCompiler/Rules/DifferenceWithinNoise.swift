import SpecSyntax

extension Rule {
  static let differenceWithinNoise = Rule(
    code: "S902", name: "difference-within-noise", level: .warning,
    title: "a comparison that rests on few runs, or on a gap smaller than its noise",
    needs: [.probe], evidence: .controlled,
    rationale: """
      The same setting scatters by 0.001 to 0.003 of accuracy over seeds even with thousands of \
      test rows, and gaps of that size are reported as progress by accident. Reported below five \
      runs of each side, a proposal, and where the difference is no more than two standard errors.
      """,
    source: """
      Run records of Gorishniy et al. 2021; Bouthillier et al. 2021 (sampling, initialisation and \
      tuning all add variance); Deep Learning Tuning Playbook 2023, on trial and study variance.
      """,
    failsWhen: "The effect is huge, or the change is mechanical.",
    examples: [
      .fires(
        """
        training:   #! S902
          epochs: 100
        """,
        probe: Probe(
          bestEpoch: 50, epochs: 100,
          comparison: .init(
            metric: "accuracy", runs: 1, otherRuns: 1, difference: 0.002, deviation: 0.002,
            otherDeviation: 0.002))),
      .fires(
        """
        training:   #! S902
          epochs: 100
        """,
        probe: Probe(
          bestEpoch: 50, epochs: 100,
          comparison: .init(
            metric: "accuracy", runs: 10, otherRuns: 10, difference: 0.001, deviation: 0.002,
            otherDeviation: 0.002))),
      .silent(
        "training: {epochs: 100}",
        probe: Probe(
          bestEpoch: 50, epochs: 100,
          comparison: .init(
            metric: "accuracy", runs: 10, otherRuns: 10, difference: 0.01, deviation: 0.002,
            otherDeviation: 0.002))),
    ]
  ) { facts, report in
    guard let comparison = facts.probe?.comparison else { return }
    let fewest = min(comparison.runs, comparison.otherRuns)
    let error = comparison.standardError
    guard fewest < 5 || abs(comparison.difference) <= 2 * (error ?? 0) else { return }
    let words =
      error.map { "\(roundedText(comparison.difference)) ± \(roundedText($0))" }
      ?? roundedText(comparison.difference)
    if fewest < 5 {
      let needed = comparison.neededRuns.map { ", about \($0) for this difference" } ?? ""
      return report.at(
        "training",
        """
        the difference of \(words) in \(comparison.metric) rests on \(comparison.sides)
        """,
        remedies: [
          .words("compare at least 5 seeds of each\(needed): `plumb train --seeds 5`")
        ])
    }
    report.at(
      "training",
      """
      the difference of \(words) in \(comparison.metric) is within the noise of \
      \(comparison.sides)
      """,
      remedies: [
        .words(
          "take both for equally good"
            + (comparison.neededRuns.map { ", or compare about \($0) seeds of each" } ?? ""))
      ])
  }
}

extension Comparison {
  /// How many runs each side has, in words.
  fileprivate var sides: String {
    runs == otherRuns
      ? "\(counted(runs, "run")) of each side"
      : "\(counted(runs, "run")) against \(otherRuns)"
  }
}
