import NetworkGraph
import SpecSyntax

extension Rule {
  static let tooFewUpdates = Rule(
    code: "B506", name: "too-few-updates", level: .warning,
    title: "batch size and epochs leave too few steps",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Progress is counted in updates, not in epochs: tuned networks on tables stopped after 2,000 \
      to 90,000. Small tables with large batches end far below that. Reported from 50 training \
      rows on, for under 1000 steps (a proposal); where each step moves a weight by about the \
      rate, as under `adam`, only if the rates of all steps sum to less than 1, because a higher \
      rate makes up for few steps. Under 100 steps it is reported in any case. Networks without \
      hidden layers are spared down to 100.
      """,
    source: """
      Computed from run records of Gorishniy et al. 2021 (Adult 1,800 steps, California 3,200, \
      Covertype 90,000); Shallue et al. 2019 on budgets of steps; Hoffer et al. 2017 (from memory).
      """,
    failsWhen: "The network is tiny, the table easy, or the optimizer uses curvature.",
    examples: [
      .fires(
        """
        training:
          batch_size: 512   #! B506
          epochs: 60
        """, on: ExampleTable(rows: 1250),
        fixed: """
          training:
            batch_size: 16
            epochs: 60
          """),
      .fires(
        """
        training:
          epochs: 10   #! B506
        """, on: ExampleTable(rows: 1250),
        fixed: """
          training:
            epochs: 70
          """),
      .fires(
        """
        training:
          gradient_accumulation: 16   #! B506
        """, on: ExampleTable(rows: 1250),
        fixed: """
          training:
            gradient_accumulation: 1
          """),
      .silent("training: {batch_size: 32, epochs: 100}", on: ExampleTable(rows: 1250)),
      .silent("training: {learning_rate: 0.005, epochs: 20}", on: ExampleTable(rows: 1250)),
      .silent("training: {epochs: 20, batch_size: 5000, optimizer: lbfgs}"),
      .silent("training: {epochs: 20}", on: ExampleTable(rows: 40)),
    ]
  ) { facts, report in
    guard facts.isWritten("training.batch_size") || facts.isWritten("training.epochs")
      || facts.isWritten("training.gradient_accumulation"), !facts.needsAllRows,
      let rows = facts.trainRows, rows >= 50, let steps = facts.totalSteps,
      let epochs = facts.epochs, let perEpoch = facts.stepsPerEpoch,
      steps < 100 || (steps < 1000 && (facts.reach ?? 0) < 1 && !facts.hidden.isEmpty),
      let choice = facts.moreSteps
    else { return }
    let place: SpecPath =
      facts.isWritten(choice.path)
      ? choice.path
      : facts.isWritten("training.epochs") ? "training.epochs" : "training.batch_size"
    report.at(
      place,
      """
      \(counted(perEpoch, "step")) an epoch and \(counted(epochs, "epoch")) make \
      \(counted(steps, "step")) at the most: few for a network
      """,
      notes: ["tuned networks on tables took 2,000 steps and more"],
      remedies: [
        .set(choice.path, .integer(choice.value), choice.title),
        .words("or raise the learning rate, if the optimizer bears it"),
      ])
  }
}

extension Facts {
  /// The cheapest change that makes 1000 steps: step after each batch, smaller batches, more
  /// epochs.
  fileprivate var moreSteps: (path: SpecPath, value: Int, title: String)? {
    guard let rows = trainRows, let epochs, let batch = batchSize, let stepsPerEpoch else {
      return nil
    }
    func steps(of batch: Int) -> Int { (rows + batch - 1) / batch * epochs }
    if spec.training.gradientAccumulation > 1, steps(of: batch) >= 1000 {
      return ("training.gradient_accumulation", 1, "take a step after each batch")
    }
    var smaller = 16
    while smaller < 256, 2 * smaller * 50 <= rows { smaller *= 2 }
    if spec.training.gradientAccumulation == 1, smaller < batch, steps(of: smaller) >= 1000 {
      return ("training.batch_size", smaller, "use batches of \(smaller) rows")
    }
    // Rounded up to tens: the exact number would look as if it mattered.
    let more = (max(2000 / stepsPerEpoch, epochs + 1) + 9) / 10 * 10
    return ("training.epochs", more, "train for \(more) epochs at the most")
  }
}
