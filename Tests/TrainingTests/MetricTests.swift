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
  static let numberFigures: [(String, Double)] = [
    ("r2", 0.9486081), ("mse", 0.375), ("rmse", 0.6123724), ("mae", 0.5),
    ("median_absolute_error", 0.5), ("mape", 0.3273809), ("pinball", 0.25),
    // Half of the absolute errors 0.5, 0.5, 0 and 1 against half of 0.5, 3, 0.5 and 4.5.
    ("d2_pinball", 1 - 2 / 8.5),
  ]

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
    let classes = ClassPredictions(classes: ["a", "b", "c"], probabilities: [
      1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0,
    ])
    let value =
      metric.value(of: .classes(classes), against: .classes([0, 1, 2, 0]))
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
    let classes = metric.value(of: .classes(Self.binary), against: .classes(Self.binaryTruth))
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
    // The rows' own quantiles, 9.2 and 10.8, lose 0.18 on each row and level.
    #expect(
      near(Metric.d2Pinball.value(of: .numbers(numbers), against: .numbers(truth)), 1 - loss / 0.18))
    let scores = RowScores(.numbers(numbers), against: .numbers(truth))
    #expect(near(scores.mean, 1 - loss / 0.18))
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
