import Tables
import TestSupport
import Testing

@testable import Training

@Suite("a run looked at row by row")
struct ExaminationTests {
  private func iris() throws -> Table {
    try readTable(at: Repository.path("specs/examples/iris.csv"), options: TableOptions())
  }

  @Test("the rows that judged the run are found again, with the figures it recorded")
  func rows() throws {
    for (split, part, count) in [
      ("{validation: 20%, test: 10%}", "test", 15), ("{validation: 20%, test: 0}", "validation", 30),
      ("{validation: 0, test: 0}", "training", 150),
    ] {
      let spec = """
        plumb: 1
        data: {source: iris.csv, target: species, split: \(split)}
        training: {epochs: 4, early_stopping: none}
        """
      let made = try trained(spec)
      let run = try Run.open(made.run)
      let examination = try run.examine(try iris())
      #expect(examination.part == part && examination.rows == count)
      let values = Metrics.values(of: examination.predictions, against: examination.truth)
      let recorded = made.result.outcome.metrics
      if part != "training" { #expect(values == recorded.test ?? recorded.validation) }
      #expect(
        Breakdown(examination.predictions, against: examination.truth)
          == made.result.outcome.breakdown)
    }
  }

  @Test("importance is the same each time, and greatest where the classes are told apart")
  func importance() throws {
    let run = try Run.open(try trained(irisSpec("epochs: 200")).run)
    let first = try #require(try run.examine(try iris()).importance)
    #expect(try run.examine(try iris()).importance == first)
    #expect(first.metric == "log_loss" && first.repeats == 5 && first.rows == 15)
    #expect(first.columns.count == 4)
    #expect(first.columns[0].name.hasPrefix("petal") && first.columns[0].mean > 0.1)
    #expect(first.columns.allSatisfy { $0.deviation >= 0 })
    #expect(try run.examine(try iris(), measuresImportance: false).importance == nil)
  }

  @Test("shuffles hold every row once, and depend on seed, column and round")
  func shuffles() {
    let order = shuffledRows(100, seed: 1, column: "a", round: 0)
    #expect(order.sorted() == (0..<100).map { Int32($0) })
    #expect(order != shuffledRows(100, seed: 1, column: "a", round: 1))
    #expect(order != shuffledRows(100, seed: 1, column: "b", round: 0))
    #expect(order == shuffledRows(100, seed: 1, column: "a", round: 0))
  }

  @Test("another table is refused")
  func otherTable() throws {
    let run = try Run.open(try trained(irisSpec()).run)
    let other = try readTable(
      at: Repository.path("specs/examples/diabetes.csv"), options: TableOptions())
    #expect(throws: TrainingError.self) { try run.examine(other) }
  }

  @Test("a table of thousands of columns is measured on fewer rows, or not at all")
  func limit() {
    #expect(ImportanceMeasure.rowLimit(columns: 10, flops: 1000) == 400_000)
    #expect(ImportanceMeasure.rowLimit(columns: 10_000, flops: 1_000_000) == nil)
  }
}
