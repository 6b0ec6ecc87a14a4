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
      hundredth is a proposal. Optimisers that give every weight a step of about the rate, as \
      `adamw` does, run off only where weights move by about their own size, far above rates that \
      train well: with them it is a ten-thousandth, and what is proposed a tenth of what it would \
      be for plain descent. Also reported when the best of several rates tried is the lowest or \
      the highest of them, by more than a standard error: then the optimum may lie outside. Where \
      whole trainings were tried, the proposed rate has to be better by that much too.
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
          optimizer: {sgd: {}}
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(divergingRate: 0.03)),
        fixed: """
          training:
            learning_rate: 0.003
            optimizer: {sgd: {}}
          """),
      .fires(
        """
        training:
          learning_rate: 0.5   #! O406
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(divergingRate: 0.8)),
        fixed: """
          training:
            learning_rate: 0.008
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
              start: 0.0001
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
    let trials = steps.rateTrials.sorted { $0.rate < $1.rate }
    // What two trainings differ by is less than what one is uncertain by, so this is cautious.
    let error = facts.probe?.validationLossError ?? 0
    func loss(at rate: Double) -> Double? {
      trials.first { abs($0.rate - rate) < 0.001 * rate }?.loss
    }
    let own = loss(at: peak)
    if let limit = steps.divergingRate, limit > 0 {
      let rates = facts.rates(fromLimit: limit)
      let isProven = own.map { own in
        loss(at: rates.proposed).map { $0 < own - error } ?? false
      }
      if peak > limit / 3 || peak < rates.least && isProven ?? true {
        return report.at(
          facts.peakPath,
          """
          the rate of \(roundedText(peak)) is \(place(of: peak, limit)) the \
          \(roundedText(limit)) at which training ran off
          """,
          remedies: [
            Remedy(
              "use \(roundedText(rates.proposed)), \(roundedText(limit)) over "
                + roundedText(limit / rates.proposed),
              facts.peakSettings(rates.proposed))
          ])
      }
    }
    guard trials.count >= 3, let low = trials.first, let high = trials.last,
      let best = trials.min(by: { $0.loss < $1.loss }), best == low || best == high
    else { return }
    // The spec's own rate may be the best itself.
    let rivals = trials.filter { $0 != best }.map(\.loss)
    guard best.loss < (own.flatMap { $0 > best.loss ? $0 : nil } ?? rivals.min() ?? 0) - error
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

  private static func place(of rate: Double, _ limit: Double) -> String {
    if rate >= limit { return "not below" }
    return rate > limit / 3 ? "close to" : "far below"
  }
}

extension Facts {
  /// What a test of rising rates says: the rate under which training is needlessly slow, and one
  /// to begin with.
  public func rates(fromLimit limit: Double) -> (least: Double, proposed: Double) {
    let isCycle = spec.training.learningRate.schedule is OneCycle
    let part = (isCycle ? 3.0 : 10) * (isAdaptive ? 10 : 1)
    return (limit / (isAdaptive ? 10_000 : 100), limit / part)
  }
}
