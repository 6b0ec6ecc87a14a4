import Foundation
import SpecCompiler
import TestSupport
import Testing

@testable import Training

@Suite("repeated runs")
struct RepeatsTests {
  /// Trains a short spec repeatedly, in a folder that is removed again.
  private func repeated(
    _ repeats: Repeats, of text: String = irisSpec(), shouldStop: () -> Bool = { false },
    then body: (String, RepeatsResult) throws -> Void = { _, _ in }
  ) throws -> RepeatsOutcome {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try train(
      compiled(text), repeats, at: .folder("\(folder)/run"), version: "test",
      shouldStop: shouldStop)
    try body("\(folder)/run", result)
    return result.outcome
  }

  @Test("test every row once, with as many runs as folds times seeds")
  func folds() throws {
    let outcome = try repeated(Repeats(folds: 5, seeds: 2))
    #expect(outcome.part == "test" && !outcome.isInterrupted)
    #expect(outcome.runs.map(\.fold) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    #expect(outcome.runs.map(\.seed) == (0..<5).flatMap { _ in [42, 43] as [UInt64] })
    #expect(outcome.runs.allSatisfy { $0.rows.train == 96 && $0.rows.validation == 24 })
    #expect(outcome.verdict?.rows == 150)
    // Stratified: the majority of each fold is a third.
    #expect(outcome.runs.allSatisfy { near($0.constant["accuracy"], 1.0 / 3) })
  }

  @Test("have the mean, deviation and extremes of their figures")
  func spread() throws {
    let outcome = try repeated(Repeats(folds: 3))
    let figures = outcome.runs.compactMap { $0.metrics["accuracy"] }
    let spread = try #require(outcome.summary.network["accuracy"])
    let center = figures.reduce(0, +) / 3
    #expect(near(spread.mean, center))
    let squares = figures.map { ($0 - center) * ($0 - center) }.reduce(0, +)
    #expect(near(spread.deviation, (squares / 2).squareRoot()))
    #expect(spread.least == figures.min() && spread.greatest == figures.max())
    #expect(near(outcome.verdict?.network, center))
    #expect(RepeatsOutcome.Spread([4])?.deviation == nil)
  }

  @Test("over seeds alone are the runs that each seed gives by itself")
  func seeds() throws {
    let outcome = try repeated(Repeats(seeds: 2), of: irisSpec("epochs: 3, seed: 7"))
    #expect(outcome.runs.map(\.seed) == [7, 8])
    for run in outcome.runs {
      let (folder, alone) = try trained(irisSpec("epochs: 3, seed: \(run.seed)"))
      try FileManager.default.removeItem(atPath: folder)
      #expect(run.metrics == alone.outcome.metrics.test)
      #expect(run.linear == alone.outcome.baselines.linear.test)
    }
  }

  @Test("fit their preprocessing to the rows of their own fold")
  func noLeak() throws {
    let compilation = compiled(irisSpec())
    let whole = try Job(compilation)
    let splits = try SplitRows(whole.spec.data, whole.table).folds(3)
    let fitted = try splits.map { try Job(compilation, $0).preparation.features }
    #expect(fitted[0] != fitted[1] && fitted[1] != fitted[2])
  }

  @Test("write the same measures for the same spec, and a folder that says it is no run")
  func files() throws {
    var texts: [String] = []
    for _ in 0..<2 {
      let check = { (folder: String, result: RepeatsResult) in
        #expect(result.run == folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files == ["repeats.json", "resolved.yaml", "spec.yaml", "timing.json"])
        texts.append(try String(contentsOfFile: "\(folder)/repeats.json", encoding: .utf8))
        do throws(TrainingError) {
          _ = try Run.open(folder)
          Issue.record("measures were taken for a network")
        } catch {
          #expect(error.message.contains("measures of repeated runs"))
        }
      }
      _ = try repeated(Repeats(folds: 2), then: check)
    }
    #expect(texts.count == 2 && texts[0] == texts[1])
  }

  @Test("heed groups and time, and refuse more folds than there are groups or rows")
  func splits() throws {
    func outcome(_ split: String, _ folds: Int) throws -> RepeatsOutcome {
      let text = """
        plumb: 1
        data: {source: diabetes.csv, target: progression, split: {\(split)}}
        training: {epochs: 1, early_stopping: none}
        """
      return try repeated(Repeats(folds: folds), of: text)
    }
    let chained = try outcome("time: age, validation: 0", 3)
    #expect(chained.runs.map(\.rows.train) == [112, 222, 332])
    #expect(try outcome("group: sex, validation: 0", 2).runs.map(\.rows.test).sorted() == [207, 235])
    #expect(throws: TrainingError.self) { try outcome("group: sex", 3) }
    #expect(throws: TrainingError.self) { try outcome("validation: 0", 443) }
  }

  @Test("name the fold and seed of a run that fails")
  func failure() throws {
    let training = "epochs: 3, optimizer: sgd, learning_rate: 1e30, loss: cross_entropy"
    do {
      _ = try repeated(Repeats(folds: 2), of: irisSpec(training))
      Issue.record("such a rate cannot work")
    } catch let error as TrainingError {
      #expect(error.message.hasPrefix("fold 1 of 2, seed 42: the numbers ran off"))
    }
  }
}
