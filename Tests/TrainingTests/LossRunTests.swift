import NetworkGraph
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("every loss makes a whole run")
struct LossRunTests {
  /// A loss as a spec writes it, with a table that it fits.
  struct Case: Sendable, CustomTestStringConvertible {
    var loss: String
    var data: String
    var testDescription: String { "\(loss) on \(data)" }
  }

  static let cases: [Case] =
    Losses.all.map { type in
      Case(loss: type.name, data: Losses.variants.first { $0.name == type.name }.map(table) ?? "")
    } + [
      Case(loss: "{quantile: [0.1, 0.5, 0.9]}", data: numbers),
      Case(loss: "focal", data: twoClasses), Case(loss: "hinge", data: twoClasses),
      Case(loss: "squared_hinge", data: twoClasses), Case(loss: "cross_entropy", data: twoClasses),
    ]

  static let numbers = "{source: diabetes.csv, target: progression}"
  static let twoClasses = "{source: breast_cancer.csv, target: diagnosis}"
  static let threeClasses = "{source: iris.csv, target: species}"

  static func table(for loss: Variant<any Loss>) -> String {
    switch loss.atDefaults.target {
    case .numbers: numbers
    case .classIndex: threeClasses
    case .binary: twoClasses
    }
  }

  static func spec(_ test: Case, _ training: String) -> String {
    "plumb: 1\ndata: \(test.data)\ntraining: {loss: \(test.loss), \(training)}\n"
  }

  @Test("that is judged, opened again, and measures what it measured", arguments: cases)
  func run(test: Case) throws {
    let text = Self.spec(test, "epochs: 4, learning_rate: 0.01")
    let (folder, result) = try trained(text)
    let verdict = try #require(result.outcome.verdict)
    #expect(verdict.network.isFinite && verdict.linear.isFinite && verdict.constant.isFinite)
    #expect(verdict.overConstant.finding == .better, "\(verdict.sentence)")
    let measured = try #require(result.outcome.metrics.test)
    for name in result.shown { #expect(measured[name] != nil, "\(name)") }
    let breakdown = try #require(result.outcome.breakdown)
    let classes = breakdown.confusion?.counts.flatMap { $0 }.reduce(0, +)
    #expect(classes == (verdict.metric == "accuracy" ? verdict.rows : nil))
    #expect((breakdown.coverage != nil) == (verdict.metric == "d2_pinball"))
    #expect(breakdown.coverage?.allSatisfy { abs($0.share - $0.level) < 0.35 } ?? true)
    let run = try Run.open(folder)
    let job = try Job(compiled(text))
    let rows = job.preparation.split.test
    let predictions = try run.predict(job.table, rows: rows)
    #expect(Metrics.values(of: predictions, against: job.preparation.test.truth) == measured)
    #expect(try run.evaluate(job.table).metrics.keys.sorted() == measured.keys.sorted())
  }

  @Test("a rate is never below 0, and quantiles of a row ascend")
  func promises() throws {
    let table = try readTable(at: Repository.path("specs/examples/diabetes.csv"))
    for loss in ["poisson", "{quantile: [0.9, 0.1]}"] {
      let text = Self.spec(Case(loss: loss, data: Self.numbers), "epochs: 2")
      let run = try Run.open(try trained(text).run)
      guard case .numbers(let numbers) = try run.predict(table) else { continue }
      guard numbers.quantiles.count == 2 else {
        #expect(numbers.values.allSatisfy { $0 > 0 })
        continue
      }
      #expect(numbers.quantiles.map(\.level) == [0.1, 0.9])
      for row in 0..<numbers.rowCount {
        #expect(numbers.quantiles[0].values[row] <= numbers.quantiles[1].values[row])
      }
    }
  }
}
