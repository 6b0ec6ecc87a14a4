import Testing

@testable import Training

@Suite struct VerdictTests {
  /// Certain predictions of one of two classes.
  private func classes(_ codes: [Int]) -> Predictions {
    .classes(
      ClassPredictions(
        classes: ["no", "yes"], probabilities: codes.flatMap { $0 == 0 ? [1.0, 0] : [0, 1] }))
  }

  private func verdict(network: [Int], constant: [Int], linear: [Int]) throws -> Verdict {
    try #require(
      Verdict(
        [
          JudgedRows(
            part: "test", truth: .classes(Array(repeating: 1, count: network.count)),
            network: classes(network), constant: classes(constant), linear: classes(linear))
        ], majority: "no"))
  }

  private let right = Array(repeating: 1, count: 40)
  private let half = Array(repeating: [0, 1], count: 20).flatMap { $0 }
  private let wrong = Array(repeating: 0, count: 40)

  @Test("a network that beats both baselines is said to")
  func better() throws {
    let verdict = try verdict(network: right, constant: wrong, linear: half)
    #expect(verdict.sentence.hasPrefix("better than both baselines: accuracy of 1.000 on 40 test"))
    #expect(!verdict.isWorse && verdict.hints.isEmpty)
  }

  @Test("a network that loses to a straight line is said so loudly, with a way out")
  func worse() throws {
    let verdict = try verdict(network: half, constant: wrong, linear: right)
    #expect(verdict.sentence.hasPrefix("WORSE THAN A STRAIGHT LINE"))
    #expect(verdict.isWorse && !verdict.hints.isEmpty)
  }

  @Test("a network that loses to no model is said so before all else")
  func useless() throws {
    let verdict = try verdict(network: wrong, constant: right, linear: right)
    #expect(verdict.sentence.hasPrefix("WORSE THAN NO MODEL"))
    #expect(verdict.sentence.contains("always answering `no`"))
  }

  @Test("a difference of one row in forty is noise")
  func noise() throws {
    var almost = right
    almost[0] = 0
    let verdict = try verdict(network: almost, constant: wrong, linear: right)
    #expect(verdict.overLinear.finding == .withinNoise)
    #expect(verdict.sentence.hasPrefix("as good as a straight line"))
  }

  @Test("the standard error of paired differences is that of the textbook")
  func standardError() {
    let first = RowScores(classes([1, 1, 0, 0]), against: .classes([1, 1, 1, 1]))
    let second = RowScores(classes([1, 0, 0, 1]), against: .classes([1, 1, 1, 1]))
    let difference = PairedDifference(first, minus: second)
    // Differences 0, 1, 0, −1: variance 2/3, over four rows.
    #expect(near(difference.mean, 0) && near(difference.standardError, (2.0 / 12).squareRoot()))
  }

  @Test("numbers are judged by R², whose rows average to it")
  func numbers() throws {
    let truth = [1.0, 2, 3, 4, 5]
    func one(_ values: [Double]) -> Predictions {
      .numbers(NumberPredictions(targets: ["y"], values: values))
    }
    let network = one([1.1, 2.1, 2.9, 4.2, 4.9])
    let verdict = try #require(
      Verdict(
        [
          JudgedRows(
            part: "validation", truth: .numbers(truth), network: network,
            constant: one([3, 3, 3, 3, 3]), linear: one([1, 2, 3, 4, 9]))
        ], majority: nil))
    #expect(verdict.metric == "r2")
    #expect(near(verdict.network, Metric.r2.value(of: network, against: .numbers(truth))))
    #expect(near(verdict.constant, 0) && near(verdict.linear, -0.6))
    #expect(verdict.sentence.contains("the mean has 0.000, a straight line −0.600"))
  }

  @Test("without rows there is no verdict")
  func empty() {
    let none = JudgedRows(
      part: "test", truth: .classes([]), network: classes([]), constant: classes([]),
      linear: classes([]))
    #expect(Verdict([none], majority: "no") == nil)
    #expect(Verdict([], majority: "no") == nil)
  }

  @Test("several trainings are judged by the mean of each row's score")
  func averaged() throws {
    func rows(_ network: [Int]) -> JudgedRows {
      JudgedRows(
        part: "test", truth: .classes([1, 1, 1, 1]), network: classes(network),
        constant: classes([0, 0, 0, 0]), linear: classes([0, 1, 0, 1]))
    }
    let verdict = try #require(
      Verdict([rows([1, 1, 1, 1]), rows([1, 1, 0, 0])], majority: "no"))
    #expect(verdict.rows == 4 && near(verdict.network, 0.75) && near(verdict.linear, 0.5))
    #expect(near(verdict.overLinear.mean, 0.25))
    let joined = JudgedRows(joining: [rows([1, 1, 1, 1]), rows([1, 1, 0, 0])])
    #expect(try #require(Verdict([joined], majority: "no")).rows == 8)
  }
}
