import NetworkGraph
import SpecSyntax

extension Rule {
  static let learningRateTooLow = Rule(
    code: "O403", name: "learning-rate-too-low", level: .warning,
    title: "a learning rate so low that training hardly moves",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Small steps need more updates than the budget offers and may stay in the first poor region \
      they meet. Reported when the highest rate is under a hundredth of what is usual with the \
      optimizer (under 0.00001 for `adam`, under 0.0001 for `sgd`, a proposal). As advice, when a \
      rate below the usual one and the steps of the run together move no weight by as much as 1: \
      each step of `adam` and its relatives moves a weight by about the rate, so the sum of the \
      rates bounds the way. The 1 is a proposal; runs of under 1000 steps are left to B506.
      """,
    source: """
      Common teaching (stuck in a poor minimum); Kingma and Ba 2015 on bounded steps (from \
      memory); run records of Gorishniy et al. 2021 (down to 0.00006, with 20,000 steps and more).
      """,
    failsWhen: "Runs are very long, or the network is nearly right from its start.",
    examples: [
      .fires(
        """
        training:
          optimizer: adam
          learning_rate: 0.000001   #! O403
        """, on: ExampleTable(rows: 1250),
        fixed: """
          training:
            optimizer: adam
            learning_rate: 0.001
          """),
      .fires(
        """
        training:
          learning_rate: 0.0001   #! O403
          epochs: 50
        """, on: ExampleTable(rows: 1250),
        fixed: """
          training:
            learning_rate: 0.001
            epochs: 50
          """),
      .fires(
        """
        training:
          optimizer: adadelta
          learning_rate: 0.001   #! O403
        """,
        fixed: """
          training:
            optimizer: adadelta
            learning_rate: 1
          """),
      .silent("training: {learning_rate: 0.001, epochs: 50}", on: ExampleTable(rows: 1250)),
      .silent("training: {learning_rate: 0.0001}", on: ExampleTable(rows: 100_000)),
      .silent("training: {optimizer: lion, learning_rate: 0.0001}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.learning_rate"), !facts.needsAllRows,
      let optimizer = facts.optimizer, let usual = facts.usualRate, let peak = facts.peakRate
    else { return }
    let limit = optimizer.usefulLearningRates.lowerBound
    let name = optimizerText(optimizer)
    let isOutside = peak < limit * 0.999999
    var message = """
      a learning rate of \(roundedText(peak)) is low for `\(name)`: below \(roundedText(limit)) \
      training tends to stall
      """
    if !isOutside {
      guard peak < usual, let steps = facts.totalSteps, steps >= 1000, let reach = facts.reach,
        reach < 1
      else { return }
      message = """
        in \(counted(steps, "step")) of this rate `\(name)` moves no weight by more than about \
        \(roundedText(reach))
        """
    }
    report.at(
      facts.peakPath, message, label: "usual is \(numberText(usual))",
      level: isOutside ? .warning : .advice,
      because: [("training.epochs", "the run is this long")],
      notes: name == Adadelta.name ? ["the 0.001 of Keras suits `adam`, not `adadelta`"] : [],
      remedies: [Remedy("use \(numberText(usual))", facts.peakSettings(usual))])
  }
}
