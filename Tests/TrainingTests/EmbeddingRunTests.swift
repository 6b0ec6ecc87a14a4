import SpecCompiler
import Tables
import TestSupport
import Testing

@testable import Training

@Suite struct EmbeddingRunTests {
  private func diabetes(_ data: String, model: String = "hidden_layers: [8]") -> String {
    """
    plumb: 1
    data: {source: diabetes.csv, target: progression, \(data)}
    model: {\(model)}
    training: {epochs: 3}
    """
  }

  @Test("a run with embeddings is read back and measures the same", arguments: [
    "features: {sex: {type: category, encode: embedding, size: 3}, bmi: numeric}",
    "numeric: {scale: robust, clip: smooth, embed: {periodic: {frequencies: 4, size: 3}}}",
    "numeric: {embed: {piecewise_linear: {bins: 5}}}",
    "numeric: {embed: {piecewise_linear: {bins: 5, size: 4}}}",
    "features: {sex: {type: category, encode: embedding}, bmi: {embed: periodic}, blood_pressure: numeric}",
  ])
  func roundTrip(data: String) throws {
    let (folder, result) = try trained(diabetes(data))
    let run = try Run.open(folder)
    let table = try readTable(
      at: Repository.path("specs/examples/diabetes.csv"), options: run.tableOptions)
    let job = try Job(compiled(diabetes(data)))
    let test = job.preparation.split.test
    guard case .numbers(let all) = try run.predict(table),
      case .numbers(let some) = try run.predict(table, rows: test)
    else {
      Issue.record("diabetes is a number")
      return
    }
    #expect(test.map { all.values[$0] } == some.values)
    let truth = job.preparation.test.truth
    let rmse = Metrics.values(of: .numbers(some), against: truth)["rmse"]
    let measured = result.outcome.metrics.test?["rmse"]
    #expect(near(rmse, measured ?? 0, within: 1e-4))
  }

  @Test("an unknown level is predicted with the row that starts at zero")
  func unknownLevel() throws {
    let spec = diabetes("features: {sex: {type: category, encode: embedding}, bmi: numeric}")
    let run = try Run.open(trained(spec).run)
    let lines = ["sex,bmi", "1,30", "9,30", ",30"].joined(separator: "\n") + "\n"
    let table = try readTable(
      bytes: Array(lines.utf8), name: "new.csv", options: run.tableOptions)
    guard case .numbers(let numbers) = try run.predict(table) else {
      Issue.record("diabetes is a number")
      return
    }
    #expect(numbers.values.allSatisfy { $0.isFinite })
    #expect(numbers.values[1] == numbers.values[2] && numbers.values[0] != numbers.values[1])
  }

  @Test("the straight line sees embedded levels as one-hot ones")
  func baseline() throws {
    func line(_ encode: String) throws -> [String: Double]? {
      let spec = diabetes(
        "features: {sex: {type: category, encode: \(encode)}, bmi: numeric, age: numeric}")
      return try trained(spec).result.outcome.baselines.linear.test
    }
    let (embedded, oneHot) = (try line("embedding"), try line("one_hot"))
    for (name, value) in oneHot ?? [:] {
      #expect(near(embedded?[name], value, within: 1e-3 * max(1, abs(value))), "\(name)")
    }
    #expect(oneHot?["rmse"] != nil)
  }

  @Test("a number that names no level stops the training with its layer and a way out")
  func badIndex() throws {
    let spec = diabetes(
      "features: {age: numeric, bmi: numeric}",
      model: "layers: [{select: [age], name: years}, {embedding: {levels: 4, size: 2}, name: e}]")
    let error = #expect(throws: TrainingError.self) { try trained(spec) }
    #expect(error?.message.contains("`e`") == true)
    #expect(error?.hints.contains { $0.contains("scale: none") } == true)
  }
}
