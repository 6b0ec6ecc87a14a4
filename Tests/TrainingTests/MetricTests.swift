import NetworkGraph
import SpecCompiler
import Tables
import Testing

@testable import Training

@Suite struct MetricTests {
  /// Five rows of two classes; the fourth and fifth have the same probability.
  static let binary = ClassPredictions(
    classes: ["no", "yes"],
    probabilities: [0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.5, 0.5, 0.5, 0.5])
  static let binaryTruth = [0, 1, 1, 0, 1]
  static let three = ClassPredictions(
    classes: ["a", "b", "c"],
    probabilities: [0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.2, 0.5, 0.3, 0.3, 0.3, 0.4])
  static let threeTruth = [0, 1, 2, 2]
  static let numbers = NumberPredictions(targets: ["y"], values: [2.5, 0, 2, 8])
  static let numberTruth = [3.0, -0.5, 2, 7]
  static let binaryFigures: [(String, Double)] = [
    ("accuracy", 0.6), ("balanced_accuracy", 2.0 / 3), ("precision", 1),
    ("recall", 1.0 / 3), ("f1", 0.5),
    // Pairs of a `yes` and a `no`: 0.4 > 0.1, 0.4 < 0.5, 0.8 twice above, 0.5 > 0.1, 0.5 = 0.5.
    ("roc_auc", 4.5 / 6),
    ("log_loss", 0.5262178),
    ("brier", 0.182),
  ]
  static let threeFigures: [(String, Double)] = [
    ("accuracy", 0.75), ("balanced_accuracy", 2.5 / 3), ("precision", 2.5 / 3),
    ("recall", 2.5 / 3), ("f1", 7.0 / 9), ("log_loss", 0.6750205),
    ("brier", 0.38),
  ]
  /// Twelve rows of two classes and ten of four, with ties between rows.
  static let tied = ClassPredictions(
    classes: ["no", "yes"],
    probabilities: [
      0.125, 0.25, 0.25, 0.5, 0.5, 0.5, 0.625, 0.75, 0.75, 0.875, 0.375, 0.5,
    ].flatMap { [1 - $0, $0] })
  static let tiedTruth = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0]
  static let four = ClassPredictions(
    classes: ["a", "b", "c", "d"],
    probabilities: [
      [0.5, 0.25, 0.125, 0.125], [0.25, 0.5, 0.125, 0.125], [0.25, 0.25, 0.375, 0.125],
      [0.125, 0.125, 0.25, 0.5], [0.3125, 0.375, 0.1875, 0.125], [0.125, 0.25, 0.5, 0.125],
      [0.625, 0.125, 0.125, 0.125], [0.125, 0.5, 0.25, 0.125], [0.25, 0.1875, 0.5, 0.0625],
      [0.125, 0.125, 0.125, 0.625],
    ].flatMap { $0 })
  static let fourTruth = [0, 1, 2, 3, 0, 2, 0, 2, 1, 3]
  /// What scikit-learn 1.9.1 gives for them; of four classes the mean of one against the rest.
  static let tiedFigures: [(String, Double)] = [
    ("accuracy", 0.6666666667), ("balanced_accuracy", 0.6666666667), ("precision", 0.75),
    ("recall", 0.5), ("f1", 0.6), ("roc_auc", 0.7638888889), ("average_precision", 0.7992424242),
    ("log_loss", 0.5616520807), ("brier", 0.1927083333),
  ]
  static let fourFigures: [(String, Double)] = [
    ("accuracy", 0.7), ("balanced_accuracy", 0.7083333333), ("precision", 0.75),
    ("recall", 0.7083333333), ("f1", 0.7166666667), ("roc_auc", 0.8783482143),
    ("average_precision", 0.7454365079), ("log_loss", 0.8916846838), ("brier", 0.4765625),
    ("top_2", 0.9), ("top_3", 1),
  ]
  static let moreNumbers = NumberPredictions(
    targets: ["y"], values: [2.5, 0, 2, 8, 8.5, 4, 1, 9])
  static let moreNumberTruth = [3, -0.5, 2, 7, 10, 4.5, 0.25, 6]
  static let moreNumberFigures: [(String, Double)] = [
    ("r2", 0.8468460521), ("mse", 1.6953125), ("rmse", 1.3020416660), ("mae", 0.96875),
    ("median_absolute_error", 0.625), ("mape", 0.6338293651), ("pinball", 0.484375),
    ("d2_pinball", 0.6593406593),
  ]
  static let numberFigures: [(String, Double)] = [
    ("r2", 0.9486081), ("mse", 0.375), ("rmse", 0.6123724), ("mae", 0.5),
    ("median_absolute_error", 0.5), ("mape", 0.3273809), ("pinball", 0.25),
    // Half of the absolute errors 0.5, 0.5, 0 and 1 against half of 0.5, 3, 0.5 and 4.5.
    ("d2_pinball", 1 - 2 / 8.5),
  ]

  /// Certain predictions of six classes.
  static func certain(_ codes: [Int]) -> ClassPredictions {
    ClassPredictions(
      classes: ["a", "b", "c", "d", "e", "f"],
      probabilities: codes.flatMap { code in (0..<6).map { $0 == code ? 1 : 0 } })
  }

  @Test("names are unique and every metric has a summary")
  func names() {
    #expect(Set(Metrics.all.map(\.name)).count == Metrics.all.count)
    for metric in Metrics.all {
      #expect(metric.summary.hasSuffix("."))
      #expect(Metrics.named(metric.name)?.summary == metric.summary)
    }
  }

  @Test("the metrics a spec may name are those that are computed")
  func known() {
    for (task, metrics) in [
      (TaskKind.classification, Metrics.classification), (.regression, Metrics.regression),
    ] {
      let names = MetricName.all.filter { $0.task == task }.map(\.name)
      #expect(Set(names) == Set(metrics.map(\.name)))
    }
  }

  @Test("perfect predictions get the best value of every metric", arguments: Metrics.all)
  func perfect(metric: Metric) throws {
    let classes = Self.certain([0, 1, 2, 3, 4, 5, 0])
    let value =
      metric.value(of: .classes(classes), against: .classes([0, 1, 2, 3, 4, 5, 0]))
      ?? metric.value(
        of: .numbers(.init(targets: ["y"], values: Self.numberTruth)),
        against: .numbers(Self.numberTruth))
    #expect(try #require(value) == (metric.direction == .higherIsBetter ? 1 : 0))
  }

  @Test("the order of rows changes no metric", arguments: Metrics.all)
  func order(metric: Metric) {
    let reversed = ClassPredictions(
      classes: Self.three.classes,
      probabilities: (0..<4).reversed().flatMap { Self.three.row($0) })
    #expect(
      near(
        metric.value(of: .classes(Self.three), against: .classes(Self.threeTruth)),
        metric.value(of: .classes(reversed), against: .classes(Self.threeTruth.reversed()))))
    #expect(
      near(
        metric.value(of: .numbers(Self.numbers), against: .numbers(Self.numberTruth)),
        metric.value(
          of: .numbers(.init(targets: ["y"], values: Self.numbers.values.reversed())),
          against: .numbers(Self.numberTruth.reversed()))))
  }

  @Test("a metric of another task, or of no rows, has no value", arguments: Metrics.all)
  func undefined(metric: Metric) {
    let classes = metric.value(of: .classes(Self.certain([0, 5, 1])), against: .classes([0, 1, 1]))
    let numbers = metric.value(of: .numbers(Self.numbers), against: .numbers(Self.numberTruth))
    #expect((classes == nil) != (numbers == nil))
    let noClasses = ClassPredictions(classes: ["a", "b"], probabilities: [])
    #expect(metric.value(of: .classes(noClasses), against: .classes([])) == nil)
    let none = NumberPredictions(targets: ["y"], values: [])
    #expect(metric.value(of: .numbers(none), against: .numbers([])) == nil)
  }

  @Test(
    "two classes give the figures computed by hand",
    arguments: binaryFigures)
  func twoClasses(name: String, expected: Double) throws {
    let metric = try #require(Metrics.named(name))
    let value = metric.value(of: .classes(Self.binary), against: .classes(Self.binaryTruth))
    #expect(near(value, expected), "\(String(describing: value))")
  }

  @Test(
    "three classes give the figures computed by hand",
    arguments: threeFigures)
  func threeClasses(name: String, expected: Double) throws {
    let metric = try #require(Metrics.named(name))
    let value = metric.value(of: .classes(Self.three), against: .classes(Self.threeTruth))
    #expect(near(value, expected), "\(String(describing: value))")
  }

  @Test(
    "numbers give the published figures",
    arguments: numberFigures)
  func numberValues(name: String, expected: Double) throws {
    let metric = try #require(Metrics.named(name))
    let value = metric.value(of: .numbers(Self.numbers), against: .numbers(Self.numberTruth))
    #expect(near(value, expected), "\(String(describing: value))")
  }

  @Test("scikit-learn gives the same figures")
  func reference() throws {
    func check(_ figures: [(String, Double)], _ predictions: Predictions, _ truth: Truth) throws {
      for (name, expected) in figures {
        let metric = try #require(Metrics.named(name))
        let value = metric.value(of: predictions, against: truth)
        #expect(near(value, expected, within: 1e-9), "\(name): \(String(describing: value))")
      }
    }
    try check(Self.tiedFigures, .classes(Self.tied), .classes(Self.tiedTruth))
    try check(Self.fourFigures, .classes(Self.four), .classes(Self.fourTruth))
    try check(
      Self.moreNumberFigures, .numbers(Self.moreNumbers), .numbers(Self.moreNumberTruth))
    let below = [2, -1, 1, 5, 6, 3, 0, 4.0]
    let above = [4, 1, 3, 9, 9, 5, 2, 7.0]
    for (level, values, loss, share) in [
      (0.1, below, 0.153125, 0.6620689655), (0.9, above, 0.221875, 0.6282722513),
    ] {
      let quantile = NumberPredictions(
        targets: ["y"], quantiles: [.init(level: level, values: values)])
      try check(
        [("pinball", loss), ("d2_pinball", share)], .numbers(quantile),
        .numbers(Self.moreNumberTruth))
    }
    #expect(
      ConfusionMatrix(of: Self.four, against: Self.fourTruth).counts
        == [[2, 1, 0, 0], [0, 1, 1, 0], [0, 1, 2, 0], [0, 0, 0, 2]])
  }

  @Test("the right class among the most probable is found by rank, and any number may be asked")
  func topClasses() {
    #expect(Metrics.named("top_2")?.name == "top_2")
    #expect(Metrics.named("top_1") == nil && Metrics.named("top_x") == nil)
    #expect(Metrics.named("top_02") == nil)
    let values = Metrics.values(
      of: .classes(Self.four), against: .classes(Self.fourTruth), including: ["top_2", "accuracy"])
    #expect(near(values["top_2"], 0.9) && near(values["top_3"], 1) && values["top_5"] == nil)
    // Of equals the first counts, as for the winner.
    let equal = ClassPredictions(classes: ["a", "b", "c"], probabilities: [0.3, 0.3, 0.3])
    #expect((0..<3).map { equal.rank(of: $0, in: 0) } == [0, 1, 2])
  }

  @Test("where a class or every positive is missing, ranks have no figure")
  func missingClasses() {
    let rows = ClassPredictions(classes: ["a", "b"], probabilities: [0.5, 0.5, 0.25, 0.75])
    func value(_ metric: Metric, _ truth: [Int]) -> Double? {
      metric.value(of: .classes(rows), against: .classes(truth))
    }
    #expect(value(.rocAUC, [0, 0]) == nil && value(.rocAUC, [1, 1]) == nil)
    #expect(value(.averagePrecision, [0, 0]) == nil && value(.averagePrecision, [1, 1]) == 1)
    #expect(value(.precision, [0, 0]) == 0 && value(.recall, [0, 0]) == 0)
    #expect(value(.f1, [0, 0]) == 0 && value(.balancedAccuracy, [0, 0]) == 0.5)
  }

  @Test("several targets count alike, whatever their units")
  func severalTargets() {
    let two = NumberPredictions(targets: ["y", "z"], values: [2.5, 1000, 0, 2000, 2, 3000, 8, 4000])
    let truth = [3.0, 1000, -0.5, 2000, 2, 3000, 7, 4000]
    #expect(near(Metric.r2.value(of: .numbers(two), against: .numbers(truth)), 1.9486081 / 2))
    #expect(near(Metric.mae.value(of: .numbers(two), against: .numbers(truth)), 0.25))
  }

  @Test("a certain and wrong row costs a finite log loss, and a constant truth has no r2")
  func extremes() {
    let certain = ClassPredictions(classes: ["a", "b"], probabilities: [1, 0])
    let loss = Metric.logLoss.value(of: .classes(certain), against: .classes([1]))
    #expect(near(loss, 27.6310211))
    #expect(Metric.rocAUC.value(of: .classes(certain), against: .classes([1])) == nil)
    let flat = NumberPredictions(targets: ["y"], values: [1, 2])
    #expect(Metric.r2.value(of: .numbers(flat), against: .numbers([5, 5])) == nil)
  }

  @Test("quantiles are judged by their own loss, and stand in ascending order")
  func quantiles() throws {
    // Levels 0.1 and 0.9; the second row's outputs cross.
    let table = try readTable(bytes: Array("x,y\n1,8\n2,12\n".utf8), name: "test.csv")
    let encoder = try TargetEncoder.fitNumbers(
      columns: ["y"], scale: .none, table: table, rows: [0, 1])
    let outputs = Outputs([8, 12, 14, 10], link: .identity, levels: [0.1, 0.9])
    guard case .numbers(let numbers) = encoder.predictions(outputs) else {
      Issue.record("numbers were expected")
      return
    }
    #expect(numbers.quantiles.map(\.values) == [[8, 10], [12, 14]])
    #expect(numbers.values == [8, 10])
    let truth = [11.0, 9]
    // 0.1 · 3 and 0.9 · 1 below; 0.1 · 1 and 0.1 · 5 above.
    let loss = (0.3 + 0.9 + 0.1 + 0.5) / 4
    #expect(near(Metric.pinball.value(of: .numbers(numbers), against: .numbers(truth)), loss))
    // The rows' own quantiles, 9 and 11, lose 0 and 0.2 on each level.
    #expect(
      near(Metric.d2Pinball.value(of: .numbers(numbers), against: .numbers(truth)), 1 - loss / 0.1))
    let scores = RowScores(.numbers(numbers), against: .numbers(truth))
    #expect(near(scores.mean, 1 - loss / 0.1))
  }

  @Test("scores win like probabilities, but are not judged as such")
  func scores() {
    let scores = ClassPredictions(
      classes: ["no", "yes"], kind: .score, values: [1, -1, -0.2, 0.2, -3, 3, 0.4, -0.4])
    let truth = Truth.classes([0, 1, 1, 1])
    #expect(near(Metric.accuracy.value(of: .classes(scores), against: truth), 0.75))
    #expect(near(Metric.rocAUC.value(of: .classes(scores), against: truth), 1))
    #expect(Metric.logLoss.value(of: .classes(scores), against: truth) == nil)
    #expect(Metric.brier.value(of: .classes(scores), against: truth) == nil)
  }

  @Test("an error relative to a target of 0 is left out, and nil where there is no other")
  func relativeToZero() {
    let numbers = NumberPredictions(targets: ["y"], values: [1, 3])
    #expect(near(Metric.mape.value(of: .numbers(numbers), against: .numbers([0, 2])), 0.5))
    #expect(Metric.mape.value(of: .numbers(numbers), against: .numbers([0, 0])) == nil)
  }

  @Test("the confusion matrix counts every row once")
  func confusion() {
    let matrix = ConfusionMatrix(of: Self.three, against: Self.threeTruth)
    #expect(matrix.counts == [[1, 0, 0], [0, 1, 0], [0, 1, 1]])
  }
}

/// Whether two figures are the same to six digits, or both are none.
func near(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-6) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return abs(a - b) <= tolerance * max(1, abs(b))
}
