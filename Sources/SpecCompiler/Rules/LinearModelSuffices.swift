import SpecSyntax

extension Rule {
  static let linearModelSuffices = Rule(
    code: "A201", name: "linear-model-suffices",
    title: "a linear model does as well as the network",
    needs: [.probe], evidence: .textbook,
    rationale: """
      A linear decision boundary is exactly what a network without hidden layers represents, so \
      hidden layers can only add variance and cost. For classes the line must fit the training \
      rows (accuracy of at least 0.995) and be within one standard error of the network on the \
      validation rows; for numbers its R² must be within 0.005. The validation clause matters \
      because with more inputs than rows almost any labelling can be separated.
      """,
    source: """
      Common teaching; Heaton 2008, Introduction to Neural Networks for Java, ch. 5, \
      table 5.1; Cover 1965 on more inputs than rows (from memory). Measured: no hidden layer was \
      worse on 10 of 13 public tables, equal or better on 3.
      """,
    failsWhen: """
      There are about as many inputs as rows, which separates classes by accident, or the classes \
      lie so close that noise decides.
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64]   #! A201
        """, on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 40, epochs: 60, trainingScore: 0.999, validationScore: 0.982,
          linearTrainingScore: 0.998, linearValidationScore: 0.981, standardError: 0.004),
        fixed: """
          model:
            hidden_layers: []
          """),
      .silent(
        "model: {hidden_layers: [64]}", on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 40, epochs: 60, trainingScore: 0.95, validationScore: 0.91,
          linearTrainingScore: 0.86, linearValidationScore: 0.85, standardError: 0.004)),
    ]
  ) { facts, report in
    guard !facts.hidden.isEmpty, let trial = facts.linearTrial else { return }
    let (line, network) = (roundedText(trial.line), roundedText(trial.network))
    let measure =
      facts.task == .classification ? "accuracy" : facts.isOfQuantiles ? "D²" : "R²"
    report.at(
      facts.widthsPath,
      "a linear model reaches \(measure) \(line), the network \(network)",
      label: counted(facts.hidden.count, "hidden layer"),
      notes: [
        "the difference is within \(roundedText(trial.margin)), so hidden layers add only cost"
      ],
      remedies: facts.spec.model.layers == nil
        ? [.set("model.hidden_layers", .list([]), "train without hidden layers")]
        : [.words("train without hidden layers")])
  }
}

/// A linear model that was measured to do as well as the network.
public struct LinearTrial: Sendable, Encodable, Equatable {
  /// Scores on the validation rows: accuracy for classes, R² for numbers.
  public var line: Double
  public var network: Double
  /// By how much the network may be ahead without being better.
  public var margin: Double
}

extension Facts {
  /// The trial of a linear model, if a run has shown that it suffices.
  var linearTrial: LinearTrial? {
    guard let probe, let line = probe.linearValidationScore, let network = probe.validationScore
    else { return nil }
    var margin = 0.005
    if task == .classification {
      guard let fit = probe.linearTrainingScore, fit >= 0.995 else { return nil }
      margin = probe.standardError ?? 0
    }
    guard line >= network - margin else { return nil }
    return LinearTrial(line: line, network: network, margin: margin)
  }
}
