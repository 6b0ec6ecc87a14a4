import Foundation
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import Training

/// A spec over a table of the examples, compiled.
private func compiled(_ text: String) throws -> Compilation {
  let environment = Environment(
    loadText: { _, _ in .refused("no bases here") },
    loadTable: { request in
      do throws(TableError) {
        let path = Repository.path("specs/examples/\(request.path)")
        return .table(try readTable(at: path, options: request.options))
      } catch {
        return .refused(error)
      }
    })
  let result = compile(SourceText(name: "model.yaml", text: text), in: environment)
  try #require(!result.hasErrors, "\(result.diagnostics.map(\.message))")
  return result
}

private let iris = """
  plumb: 1
  data: {source: iris.csv, target: species}
  training: {epochs: 60, seed: 3}
  """

@Suite("a run")
struct RunTests {
  /// Trains in a new folder and hands over the run's path.
  private func run(_ text: String, _ body: (String, RunResult) throws -> Void) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try train(try compiled(text), at: .folder("\(folder)/run"), version: "test")
    try body("\(folder)/run", result)
  }

  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("learns iris, and better than the majority")
  func learns() throws {
    try run(iris) { _, result in
      let accuracy = try #require(result.outcome.metrics.test?["accuracy"])
      #expect(accuracy >= 0.85)
      #expect(result.outcome.verdict?.overConstant.finding == .better)
      #expect(result.outcome.epochs <= 60)
      let losses = result.outcome.probe.trainingLosses
      #expect(try #require(losses.last) < 0.5 * (try #require(losses.first)))
    }
  }

  @Test("is the same to the byte for the same spec, seed and data, but for its timing")
  func deterministic() throws {
    try run(iris) { first, _ in
      try run(iris) { second, _ in
        #expect(try files(first) == files(second))
        for file in try files(first) where !TrainTests.clockFiles.contains(file) {
          let (a, b) = (
            try readFile(at: "\(first)/\(file)", maximumBytes: 1 << 30),
            try readFile(at: "\(second)/\(file)", maximumBytes: 1 << 30)
          )
          #expect(a == b, "\(file) differs")
        }
      }
    }
  }

  @Test("differs with another seed")
  func seeded() throws {
    try run(iris) { first, _ in
      try run(iris.replacingOccurrences(of: "seed: 3", with: "seed: 4")) { second, _ in
        let name = "weights.safetensors"
        let a = try readFile(at: "\(first)/\(name)", maximumBytes: 1 << 30)
        #expect(try a != readFile(at: "\(second)/\(name)", maximumBytes: 1 << 30))
      }
    }
  }

  @Test("trained from its resolved spec gives the same weights")
  func resolved() throws {
    try run(iris) { first, _ in
      let text = try String(contentsOfFile: "\(first)/resolved.yaml", encoding: .utf8)
      try run(text) { second, _ in
        let name = "weights.safetensors"
        let a = try readFile(at: "\(first)/\(name)", maximumBytes: 1 << 30)
        #expect(try a == readFile(at: "\(second)/\(name)", maximumBytes: 1 << 30))
      }
    }
  }

  @Test("opened again measures what it measured, and predicts every row")
  func reopened() throws {
    try run(iris) { folder, _ in
      let opened = try Run.open(folder)
      let table = try readTable(
        at: Repository.path("specs/examples/iris.csv"), options: opened.tableOptions)
      let evaluation = try opened.evaluate(table)
      #expect(evaluation.rows == 150)
      guard case .classes(let predictions) = try opened.predict(table) else {
        Issue.record("classes were expected")
        return
      }
      #expect(predictions.rowCount == 150)
      #expect(predictions.classes == ["setosa", "versicolor", "virginica"])
      for row in 0..<150 { #expect(abs(predictions.row(row).reduce(0, +) - 1) < 1e-5) }
      let truth = try #require(table.column("species")?.labels())
      let right = (0..<150).count {
        predictions.classes[predictions.winner($0)] == truth.levels[Int(truth.codes[$0])]
      }
      #expect(abs(Double(right) / 150 - (evaluation.metrics["accuracy"] ?? 0)) < 1e-9)
    }
  }

  @Test("with a damaged or missing file is refused by name", arguments: [
    "manifest.json", "resolved.yaml", "preprocessing.json", "weights.safetensors", "result.json",
  ])
  func damaged(file: String) throws {
    try run(iris) { folder, _ in
      let path = "\(folder)/\(file)"
      try "{".write(toFile: path, atomically: true, encoding: .utf8)
      do throws(TrainingError) {
        _ = try Run.open(folder)
        Issue.record("a damaged \(file) was taken for whole")
      } catch {
        #expect(error.message.contains(file))
      }
      try FileManager.default.removeItem(atPath: path)
      #expect(throws: TrainingError.self) { try Run.open(folder) }
    }
  }

  @Test("is never written over another")
  func neverOverwrites() throws {
    try run(iris) { folder, _ in
      let before = try readFile(at: "\(folder)/weights.safetensors", maximumBytes: 1 << 30)
      let again = try compiled(iris.replacingOccurrences(of: "seed: 3", with: "seed: 9"))
      #expect(throws: TrainingError.self) {
        try train(again, at: .folder(folder), version: "test")
      }
      #expect(
        try before == readFile(at: "\(folder)/weights.safetensors", maximumBytes: 1 << 30))
    }
  }

  @Test("fits its preprocessing to the training rows alone")
  func noLeak() throws {
    let first = try compiled(iris)
    let job = try Job(first)
    var table = try #require(first.table)
    // Other measurements in the test rows must change no fitted number.
    for index in table.columns.indices {
      guard case .numbers(var numbers) = table.columns[index].storage else { continue }
      for row in job.preparation.split.test { numbers[row] = 1000 }
      table.columns[index].storage = .numbers(numbers)
    }
    var second = first
    second.table = table
    let changed = try Job(second)
    #expect(changed.preparation.split == job.preparation.split)
    #expect(changed.preparation.features == job.preparation.features)
    #expect(changed.preparation.target == job.preparation.target)
  }
}
