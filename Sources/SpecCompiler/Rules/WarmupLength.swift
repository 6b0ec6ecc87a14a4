import NetworkGraph
import SpecSyntax

extension Rule {
  static let warmupLength = Rule(
    code: "O408", name: "warmup-length", level: .warning, refuses: true,
    title: "a warm-up as long as the run, too long, or missing where it is needed",
    needs: [.spec], evidence: .controlled,
    rationale: """
      A warm-up is there to survive the unsteady start. Where it takes the whole run the rate \
      never gets to its start and never falls: an error. Above a tenth of the steps it costs more \
      than it gives. As advice when it is missing where steps are made from 1024 rows or more at \
      eight times the usual rate, or where ten hidden layers or more have no normalization (the \
      limits are proposals). `radam` warms up by itself, and `one_cycle` climbs anyway.
      """,
    source: """
      Deep Learning Tuning Playbook 2023, "How to apply learning rate warmup" (at most 10 % of \
      the steps; above 5 % train longer by as much); Goyal et al. 2017 (5 epochs for 8192 rows).
      """,
    failsWhen: "Attention layers under Adam may need thousands of steps.",
    examples: [
      .fires(
        """
        training:
          epochs: 10
          learning_rate: {schedule: cosine, start: 0.001, warmup: 4000}   #! O408
        """, on: ExampleTable(rows: 12_500),
        fixed: """
          training:
            epochs: 10
            learning_rate: {schedule: cosine, start: 0.001, warmup: 5%}
          """),
      .fires(
        """
        training:
          learning_rate:
            schedule: cosine
            start: 0.001
            warmup: 30%   #! O408
        """,
        fixed: """
          training:
            learning_rate:
              schedule: cosine
              start: 0.001
              warmup: 5%
          """),
      .fires(
        """
        training:
          batch_size: 2048
          learning_rate: 0.01   #! O408
        """, on: ExampleTable(rows: 100_000),
        fixed: """
          training:
            batch_size: 2048
            learning_rate: {start: 0.01, warmup: 5%}
          """),
      .silent("training: {learning_rate: {schedule: cosine, start: 0.001, warmup: 4%}}"),
      .silent(
        "training: {batch_size: 2048, learning_rate: 0.001}", on: ExampleTable(rows: 100_000)),
      .silent(
        "training: {optimizer: radam, batch_size: 2048, learning_rate: 0.01}",
        on: ExampleTable(rows: 100_000)),
    ]
  ) { facts, report in
    guard facts.isWritten("training.learning_rate"), !facts.needsAllRows,
      let share = facts.warmupShare
    else { return }
    let path: SpecPath = "training.learning_rate.warmup"
    if share >= 1 {
      report.at(
        path, "the warm-up takes all of the run: the rate never gets to its start",
        label: "counted in steps", level: .error,
        because: [("training.epochs", facts.totalSteps.map { counted($0, "step") } ?? "")],
        remedies: [facts.warmupRemedy])
    } else if share > 0.1001 {
      report.at(
        path, "the warm-up takes \(percentText(share)) of the run",
        label: "a tenth is enough", remedies: [facts.warmupRemedy])
    } else if share == 0, let reason = facts.needOfWarmup {
      report.at(
        "training.learning_rate", "\(reason), and the rate starts without a warm-up",
        level: .advice, remedies: [facts.warmupRemedy])
    }
  }
}

extension Facts {
  /// Why the first steps are unsteady; nil where they need no warm-up.
  fileprivate var needOfWarmup: String? {
    guard let usualRate, let peakRate, optimizerName != RAdam.name,
      !(spec.training.learningRate.schedule is OneCycle)
    else { return nil }
    if let rowsPerStep, rowsPerStep >= 1024, peakRate >= 8 * usualRate {
      let factor = roundedText(peakRate / usualRate)
      return "steps are made from \(rowsPerStep) rows at \(factor) times the usual rate"
    }
    guard hidden.count >= 10, hasWrittenNetwork, !usesNormalization else { return nil }
    return "\(hidden.count) hidden layers have no normalization"
  }

  /// A twentieth of the steps, but at most five epochs and, where that is a tenth, ten steps.
  fileprivate var warmupRemedy: Remedy {
    var (value, words) = (PlainValue.name("5%"), "5% of the steps")
    if let totalSteps, let stepsPerEpoch {
      let steps = min(totalSteps / 20, 5 * stepsPerEpoch)
      if steps < totalSteps / 20 || steps < 10 {
        let count = max(1, steps < 10 ? min(10, totalSteps / 10) : steps)
        (value, words) = (.integer(count), counted(count, "step"))
      }
    }
    let path: SpecPath = "training.learning_rate"
    let title = "warm up over \(words)"
    guard tree.root.at(path)?.mapping == nil, let start = spec.training.learningRate.start.value
    else { return .set(path.key("warmup"), value, title) }
    return .set(path, .map([.init("start", .number(start)), .init("warmup", value)]), title)
  }
}
