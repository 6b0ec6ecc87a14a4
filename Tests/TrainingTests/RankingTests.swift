import Foundation
import TestSupport
import Testing

@testable import Training

/// Figures that scikit-learn gives for sixty rows.
private struct RankingFixture: Decodable {
  var truth: [Int]
  var scores: [Double]
  var fpr: [Double]
  var tpr: [Double]
  var auc: Double
  var precision: [Double]
  var recall: [Double]
  var ap: Double
  var observed: [Double]
  var predicted: [Double]
  var ece: Double

  static func read() throws -> RankingFixture {
    try JSONDecoder().decode(
      RankingFixture.self, from: Data(Repository.text("Tests/Fixtures/ranking/ranking.json").utf8))
  }

  var predictions: ClassPredictions {
    ClassPredictions(classes: ["no", "yes"], probabilities: scores.flatMap { [1 - $0, $0] })
  }
}

@Suite("curves of a threshold, and calibration")
struct RankingTests {
  private func near(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test("the ROC curve and its area are those of scikit-learn")
  func roc() throws {
    let fixture = try RankingFixture.read()
    let ranking = Ranking(of: 1, fixture.predictions, fixture.truth)
    // There, places on a straight line between two others are kept.
    let all = zip(fixture.fpr, fixture.tpr).map { Ranking.Point($0, $1) }
    for point in ranking.roc {
      #expect(all.contains { abs($0.x - point.x) + abs($0.y - point.y) < 1e-12 }, "\(point)")
    }
    #expect(ranking.roc.first == .init(0, 0) && ranking.roc.last == .init(1, 1))
    #expect(ranking.roc.count < all.count)
    #expect(abs(try #require(ranking.rocArea) - fixture.auc) < 1e-12)
    // The area under the places is the area by ranks.
    let area = zip(ranking.roc, ranking.roc.dropFirst()).reduce(0) {
      $0 + ($1.1.x - $1.0.x) * ($1.0.y + $1.1.y) / 2
    }
    #expect(abs(area - fixture.auc) < 1e-12)
  }

  @Test("mean curves run over the mean of the areas")
  func means() throws {
    var source = SystemRandomNumberGenerator()
    let truth = (0..<90).map { _ in Int.random(in: 0..<3, using: &source) }
    // Coarse scores, so that there are ties, which make slopes.
    let scores = truth.flatMap { own in
      (0..<3).map { Double(Int.random(in: 0..<6, using: &source) + ($0 == own ? 2 : 0)) / 8 }
    }
    let predictions = ClassPredictions(classes: ["a", "b", "c"], kind: .score, values: scores)
    let rankings = (0..<3).map { Ranking(of: $0, predictions, truth) }
    let (areas, precisions) = (rankings.compactMap(\.rocArea), rankings.compactMap(\.averagePrecision))
    try #require(areas.count == 3 && precisions.count == 3)
    let roc = Ranking.meanROC(rankings)
    let area = zip(roc, roc.dropFirst()).reduce(0) {
      $0 + ($1.1.x - $1.0.x) * ($1.0.y + $1.1.y) / 2
    }
    #expect(abs(area - areas.reduce(0, +) / 3) < 1e-9, "\(truth) \(scores)")
    #expect(roc.first == .init(0, 0) && roc.last == .init(1, 1))
    let recall = Ranking.meanPrecisionRecall(rankings)
    let precision = zip([.init(0, 0)] + recall, recall).reduce(0) { $0 + ($1.1.x - $1.0.x) * $1.1.y }
    #expect(abs(precision - precisions.reduce(0, +) / 3) < 1e-9, "\(truth) \(scores)")
    #expect(Ranking.meanROC([rankings[0]]) == rankings[0].roc)
    #expect(Ranking.meanROC([]).isEmpty && Ranking.meanPrecisionRecall([]).isEmpty)
  }

  @Test("precision over recall and its mean are those of scikit-learn")
  func precision() throws {
    let fixture = try RankingFixture.read()
    let ranking = Ranking(of: 1, fixture.predictions, fixture.truth)
    // There it runs from the least threshold, and ends at recall 0.
    #expect(near(ranking.precisionRecall.map(\.x), fixture.recall.dropLast().reversed()))
    #expect(near(ranking.precisionRecall.map(\.y), fixture.precision.dropLast().reversed()))
    #expect(abs(try #require(ranking.averagePrecision) - fixture.ap) < 1e-12)
  }

  @Test("bins of probabilities are those of scikit-learn")
  func calibration() throws {
    let fixture = try RankingFixture.read()
    let calibration = try #require(Calibration(fixture.predictions, fixture.truth))
    #expect(near(calibration.bins.map(\.observed), fixture.observed))
    #expect(near(calibration.bins.map(\.predicted), fixture.predicted))
    #expect(abs(calibration.expectedError - fixture.ece) < 1e-12)
    #expect(calibration.bins.map(\.rows).reduce(0, +) == fixture.truth.count)
    #expect(calibration.bins.allSatisfy { $0.interval.contains($0.observed) })
  }

  @Test("a class that never or always occurs has no ROC curve")
  func oneClass() {
    let predictions = ClassPredictions(classes: ["a", "b"], probabilities: [0.2, 0.8, 0.6, 0.4])
    let all = Ranking(of: 1, predictions, [1, 1])
    #expect(all.roc.isEmpty && all.rocArea == nil)
    #expect(all.precisionRecall.last == .init(1, 1))
    let none = Ranking(of: 1, predictions, [0, 0])
    #expect(none.roc.isEmpty && none.precisionRecall.isEmpty && none.averagePrecision == nil)
  }

  @Test("of several classes, the most probable one is calibrated; scores are not")
  func several() throws {
    let values = [0.7, 0.2, 0.1, 0.1, 0.5, 0.4]
    let predictions = ClassPredictions(classes: ["a", "b", "c"], probabilities: values)
    let calibration = try #require(Calibration(predictions, [0, 2]))
    #expect(calibration.ofClass == nil)
    #expect(calibration.bins.map(\.observed) == [0, 1])
    #expect(calibration.bins.map(\.low) == [0.4, 0.6])
    let scores = ClassPredictions(classes: ["a", "b", "c"], kind: .score, values: values)
    #expect(Calibration(scores, [0, 2]) == nil)
  }

  @Test("ten parts by the true number hold all rows, and their errors make up the mean error")
  func deciles() {
    let truth = (0..<57).map { Double(($0 * 31) % 57) }
    let predictions = truth.enumerated().map { $0.element + Double($0.offset % 5) - 1 }
    let parts = ErrorDeciles(predictions: predictions, truth: truth).parts
    #expect(parts.count == 10 && parts.map(\.rows).reduce(0, +) == 57)
    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.range.upperBound < $1.range.lowerBound })
    let sum = parts.reduce(0) { $0 + Double($1.rows) * $1.meanAbsoluteError }
    let errors = zip(predictions, truth).map { abs($0 - $1) }
    #expect(abs(sum - errors.reduce(0, +)) < 1e-9)
    #expect(ErrorDeciles(predictions: [1, 2], truth: [1, 4]).parts.map(\.bias) == [0, -2])
  }
}
