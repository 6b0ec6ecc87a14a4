import NetworkGraph
import SpecSyntax

extension Rule {
  static let clipThreshold = Rule(
    code: "O414", name: "clip-threshold",
    title: "gradients clipped nearly always, never, or not at all despite spikes",
    needs: [.probe], evidence: .folklore,
    rationale: """
      Clipping is meant for rare outliers. When most steps are clipped they all have the same \
      length, and the bound becomes a hidden learning rate; when none is, it does nothing. \
      Reported when more than half of the gradients are longer than `norm`, when none is, and, \
      without clipping, when one is more than twenty times as long as most of the twenty around \
      it (a proposal): gradients that shrink while the network learns are no spikes. The bound \
      that is proposed leaves one step in ten above it.
      """,
    source: """
      Deep Learning Tuning Playbook 2023 on gradient clipping (90th percentile; more than half of \
      the steps is extremely aggressive); Pascanu et al. 2013 (from memory).
      """,
    failsWhen: """
      `adam` and its relatives scale their steps anyway, so that clipping mostly touches their \
      running means; robust losses bound gradients already.
      """,
    examples: [
      .fires(
        """
        training:
          gradient_clipping:
            norm: 0.1   #! O414
        """, probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(gradientNorms: spread)),
        fixed: """
          training:
            gradient_clipping:
              norm: 4.1
          """),
      .fires(
        """
        training:
          gradient_clipping: {norm: 1000}   #! O414
        """, probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(gradientNorms: spread)),
        fixed: """
          training:
            gradient_clipping: {norm: 4.1}
          """),
      .fires(
        """
        training:   #! O414
          learning_rate: 0.001
        """,
        probe: Probe(
          bestEpoch: 1, epochs: 1,
          steps: StepFacts(gradientNorms: Array(spread.dropLast()) + [400])),
        fixed: """
          training:
            learning_rate: 0.001
            gradient_clipping: {norm: 4.1}
          """),
      .silent(
        "training: {gradient_clipping: {norm: 4.1}}",
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(gradientNorms: spread))),
      .silent(
        "training: {learning_rate: 0.001}",
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(gradientNorms: spread))),
    ]
  ) { facts, report in
    guard let steps = facts.probe?.steps, steps.gradientNorms.count >= 20, !facts.needsAllRows,
      let median = steps.gradientNorm(below: 0.5), let bound = steps.gradientNorm(below: 0.9),
      let longest = steps.gradientNorms.max(), bound > 0
    else { return }
    let path: SpecPath = "training.gradient_clipping"
    let better = threeDigits(bound)
    let norm = Remedy.set(
      path.key("norm"), .number(better),
      "use \(roundedText(better)), which one step in ten exceeds")
    guard let clipping = facts.spec.training.gradientClipping else {
      guard let spike = steps.greatestSpike, spike.factor > 20 else { return }
      return report.at(
        path,
        """
        a gradient of length \(roundedText(spike.norm)) is \(roundedText(spike.factor)) times as \
        long as those around it
        """,
        notes: ["the median of all is \(roundedText(median))"],
        remedies: [
          .set(path, .map([.init("norm", .number(better))]), "clip at \(roundedText(better))")
        ])
    }
    guard let limit = clipping.norm, let share = steps.share(above: limit) else { return }
    if share > 0.5 {
      report.at(
        path.key("norm"), "\(percentText(share)) of the steps are clipped",
        label: "decides the length of most steps, as a learning rate does", remedies: [norm])
    } else if longest <= limit {
      report.at(
        path.key("norm"), "no step is clipped: the longest gradient was \(roundedText(longest))",
        remedies: [norm])
    }
  }

  /// Gradients of a hundred steps, of which nine in ten are no longer than 4.1.
  private static let spread: [Double] = (1...100).map { (step: Int) -> Double in
    let place = Double(step)
    if step > 90 { return 4.1 + (place - 90) / 4 }
    return 0.5 + place / 25
  }
}

extension StepFacts {
  /// The gradient that stands out most from the twenty around it, and how many times as long as
  /// their median it is.
  fileprivate var greatestSpike: (norm: Double, factor: Double)? {
    gradientNorms.indices.compactMap { place -> (norm: Double, factor: Double)? in
      let low = max(0, min(place - 10, gradientNorms.count - 21))
      let around = gradientNorms[low..<min(low + 21, gradientNorms.count)].sorted()
      let middle = around[around.count / 2]
      return middle > 0 ? (gradientNorms[place], gradientNorms[place] / middle) : nil
    }.max { $0.factor < $1.factor }
  }
}
