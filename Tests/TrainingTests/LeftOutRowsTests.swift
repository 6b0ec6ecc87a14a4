import TestSupport
import Testing

@testable import Training

@Suite("what scores hang on rows")
struct LeftOutRowsTests {
  @Test(
    "every row is left out once, and groups are of nearly one size",
    arguments: [2, 19, 20, 21, 1000])
  func groups(_ count: Int) {
    let rests = LeftOutRows.rests(of: count)
    #expect(rests.count == min(20, count))
    var left = Array(repeating: rests.count, count: count)
    for rest in rests {
      for row in rest { left[row] -= 1 }
      let size = count - rest.count
      #expect((count / rests.count...count / rests.count + 1).contains(size))
    }
    #expect(left.allSatisfy { $0 == 1 })
    #expect(LeftOutRows.rests(of: 1).isEmpty && LeftOutRows.rests(of: 0).isEmpty)
  }

  @Test("row by row the variance of a mean is that of the textbook")
  func mean() throws {
    let values = (0..<20).map { Double($0 * $0 % 7) + 0.25 * Double($0) }
    let rests = LeftOutRows.rests(of: values.count).map { rest in
      rest.reduce(0) { $0 + values[$1] } / Double(rest.count)
    }
    let error = standardErrorOfMean(values)
    #expect(abs(LeftOutRows.variance(of: rests) - error * error) < 1e-12)
    #expect(LeftOutRows.variance(of: [3]) == 0)
  }

  @Test("a training tells what its scores are without each group, on the rows that judge")
  func training() throws {
    let compilation = compiled(
      """
      plumb: 1
      data: {source: iris.csv, target: species, split: {test: 20%}}
      training: {epochs: 8}
      """)
    let training = try TrialTraining(compilation, on: TrialRows(compilation))
    let measures = [TrialTraining.Measure.loss, .metric("accuracy"), .metric("log_loss")]
    let final = try training.run(seed: 1, measures: measures, isFinal: true, shouldStop: { false })
    for scores in [final.judged, final.test] {
      for measure in measures {
        let rests = try #require(scores.rests[measure])
        #expect(rests.count == 20)
        // The mean of what is left is near the whole, and does not stay where it is.
        let center = rests.reduce(0, +) / 20
        #expect(abs(center - (scores.values[measure] ?? 0)) < 0.01)
        #expect(LeftOutRows.variance(of: rests) > 0)
      }
      let (loss, log) = (scores.rests[.loss] ?? [], scores.rests[.metric("log_loss")] ?? [])
      #expect(zip(loss, log).allSatisfy { abs($0 - $1) < 1e-5 })
    }
    let trial = try training.run(seed: 1, measures: measures, shouldStop: { false })
    #expect(trial.judged.rests.isEmpty && trial.test.values.isEmpty)
    #expect(trial.judged.values == final.judged.values)
  }
}
