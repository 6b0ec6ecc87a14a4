import NetworkGraph
import SpecSyntax

extension Rule {
  static let weightDecayTimescale = Rule(
    code: "X807", name: "weight-decay-timescale", level: .advice,
    title: "weight decay that acts within an epoch, or never",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Weights under decoupled decay are a moving average of updates over 1 / (rate · decay) \
      steps, which should cover at least an epoch and not exceed the run; so the decay has to \
      fall when rate, rows or steps rise. Reported below one epoch and beyond ten runs, with the \
      mean rate of the schedule; where the fitting decay would be above 0.5 the table is too \
      small for this tool and the rule stays silent. The bounds and the target of 0.3 runs are \
      proposals.
      """,
    source: """
      Wang & Aitchison 2025. Computed from records: the defaults of RealMLP give 12 to 62 epochs \
      in runs of 256, all tuned decays of Gorishniy et al. 2021 give 24 thousand epochs and more, \
      which is no effect.
      """,
    failsWhen: "Tables are small: decay is then not the right tool, dropout may be.",
    examples: [
      .fires(
        """
        training:
          optimizer: {adamw: {weight_decay: 0.00001}}   #! X807
          learning_rate: 0.001
          batch_size: 256
        """, on: ExampleTable(rows: 62_500),
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.17}}
            learning_rate: 0.001
            batch_size: 256
          """),
      .fires(
        """
        training:
          optimizer: {adamw: {weight_decay: 1}}   #! X807
          learning_rate: 0.01
          batch_size: 64
        """, on: ExampleTable(rows: 62_500),
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.00426}}
            learning_rate: 0.01
            batch_size: 64
          """),
      .silent(
        """
        training:
          optimizer: {adamw: {weight_decay: 0.1}}
          learning_rate: 0.001
          batch_size: 256
        """, on: ExampleTable(rows: 62_500)),
      .silent("training: {optimizer: {adamw: {weight_decay: 0.00001}}}"),
    ]
  ) { facts, report in
    let path: SpecPath = "training.optimizer.adamw.weight_decay"
    guard facts.isWritten(path), facts.weightDecay > 0, let rate = facts.meanRate, rate > 0,
      let steps = facts.stepsPerEpoch, let epochs = facts.epochs
    else { return }
    let scale = 1 / (rate * facts.weightDecay * Double(steps))
    guard scale < 1 || scale > 10 * Double(epochs) else { return }
    let aim = min(max(1, 0.3 * Double(epochs)), Double(epochs))
    let better = threeDigits(1 / (rate * Double(steps) * aim))
    guard better <= 0.5 else { return }
    report.at(
      path,
      scale < 1
        ? "weights forget all but the last \(percentText(scale)) of an epoch"
        : "this decay would need \(roundedText(scale)) epochs to matter, the run has \(epochs)",
      label: "the mean rate is \(roundedText(rate))",
      because: [("training.batch_size", "\(counted(steps, "step")) in an epoch")],
      remedies: [
        .set(path, .number(better), "use \(numberText(better)), which acts over 0.3 runs")
      ])
  }
}
