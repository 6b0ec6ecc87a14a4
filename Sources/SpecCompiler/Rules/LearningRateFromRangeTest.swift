import NetworkGraph
import SpecSyntax

extension Rule {
  static let learningRateFromRangeTest = Rule(
    code: "O406", name: "learning-rate-from-range-test",
    title: "a learning rate far from what a test of rates found",
    needs: [.probe], evidence: .controlled,
    rationale: """
      The largest rate that does not run off is cheap to measure and tells a good rate better \
      than a table does. Reported when the highest rate lies above a third or under a hundredth \
      of the rate at which a test of rising rates ran off (the loss four times its least); the \
      hundredth is a proposal. Also when the best of several rates tried is the lowest or the \
      highest of them: then the optimum may lie outside.
      """,
    source: """
      Smith 2017 and 2018 (range test; fractions as in fastai, from memory); Goodfellow et al. \
      2016 and Bengio 2012 (the best rate is about half the largest stable one for plain descent, \
      from memory); Deep Learning Tuning Playbook 2023 on bad search space boundaries.
      """,
    failsWhen: """
      Losses are noisy because batches are tiny, a warm-up would have raised the limit, or a long \
      run prefers lower rates than a short test suggests.
      """,
    examples: [
      .fires(
        """
        training:
          learning_rate: 0.00002   #! O406
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(divergingRate: 0.03)),
        fixed: """
          training:
            learning_rate: 0.003
          """),
      .fires(
        """
        training:
          learning_rate:
            schedule: one_cycle
            start: 0.002   #! O406
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(divergingRate: 0.03)),
        fixed: """
          training:
            learning_rate:
              schedule: one_cycle
              start: 0.001
          """),
      .fires(
        """
        training:
          learning_rate: 0.01   #! O406
        """,
        probe: Probe(
          bestEpoch: 1, epochs: 1,
          steps: StepFacts(rateTrials: [
            .init(rate: 0.0001, loss: 0.9), .init(rate: 0.001, loss: 0.5),
            .init(rate: 0.01, loss: 0.4),
          ]))),
      .silent(
        "training: {learning_rate: 0.003}",
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(divergingRate: 0.03))),
      .silent("training: {learning_rate: 0.003}", probe: Probe(bestEpoch: 1, epochs: 1)),
    ]
  ) { facts, report in
    guard let steps = facts.probe?.steps, let peak = facts.peakRate, !facts.needsAllRows else {
      return
    }
    if let limit = steps.divergingRate, limit > 0, peak > limit / 3 || peak < limit / 100 {
      let isCycle = facts.spec.training.learningRate.schedule is OneCycle
      let better = isCycle ? limit / 3 : limit / 10
      report.at(
        facts.peakPath,
        """
        the rate of \(roundedText(peak)) is \(peak > limit / 3 ? "close to" : "far below") the \
        \(roundedText(limit)) at which training ran off
        """,
        remedies: [
          Remedy(
            "use \(roundedText(better)), \(isCycle ? "a third" : "a tenth") of that",
            facts.peakSettings(better))
        ])
    }
    let trials = steps.rateTrials.sorted { $0.rate < $1.rate }
    guard trials.count >= 3, let low = trials.first, let high = trials.last,
      let best = trials.min(by: { $0.loss < $1.loss }), best == low || best == high
    else { return }
    let isHighest = best == high
    let next = roundedText(isHighest ? 10 * best.rate : best.rate / 10)
    report.at(
      facts.peakPath,
      """
      \(roundedText(best.rate)) was the best of \(trials.count) rates and the \
      \(isHighest ? "highest" : "lowest") tried
      """,
      remedies: [.words("try rates \(isHighest ? "up" : "down") to \(next)")])
  }
}
