import Foundation
import NetworkGraph
import Tables
import TestSupport
import Testing

@testable import Training

@Suite struct RunFolderTests {
  private func failure(_ body: () throws -> Void) -> TrainingError? {
    do {
      try body()
      return nil
    } catch {
      return error as? TrainingError
    }
  }

  private func iris(_ run: Run) throws -> Table {
    try readTable(at: Repository.path("specs/examples/iris.csv"), options: run.tableOptions)
  }

  @Test("a reopened run predicts and measures as the trained network did")
  func reopened() throws {
    let text = irisSpec("epochs: 5", model: "hidden_layers: [8], normalization: batch")
    let job = try Job(compiled(text))
    let trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
    let outcome = try trainer.run(shouldStop: { false }, report: { _ in })
    let data = job.preparation.test.data()
    let before = job.preparation.target.predictions(
      Outputs(
        trainer.executor.evaluate(rows: data.rows, of: data).outputs, of: job.recipe.loss))
    let (folder, result) = try trained(text)
    let run = try Run.open(folder)
    #expect(run.outcome.epochs == outcome.epochs.count)
    #expect(try run.predict(iris(run), rows: job.preparation.split.test) == before)
    let metrics = Metrics.values(of: before, against: job.preparation.test.truth)
    #expect(result.outcome.metrics.test == metrics)
  }

  @Test("a run is measured on every row that has a target, and predicts rows without one")
  func evaluates() throws {
    let run = try Run.open(try trained(irisSpec()).run)
    let evaluation = try run.evaluate(iris(run))
    #expect(evaluation.rows == 150)
    #expect(evaluation.metrics["accuracy"] != nil)
    let text = "petal_width,sepal_length,sepal_width,petal_length\n0.2,5.1,3.5,1.4\n1,,3,4\n"
    let table = try readTable(
      bytes: Array(text.utf8), name: "new.csv", options: run.tableOptions)
    guard case .classes(let predictions) = try run.predict(table) else {
      Issue.record("iris has classes")
      return
    }
    #expect(predictions.rowCount == 2)
    #expect(predictions.classes.count == 3)
    #expect(near(predictions.row(0).reduce(0, +), 1))
  }

  @Test("a table without a column of the run is named, as is a missing target")
  func missingColumns() throws {
    let run = try Run.open(try trained(irisSpec()).run)
    let table = try readTable(bytes: Array("a,b\n1,2\n3,4\n".utf8), name: "new.csv")
    #expect(failure { _ = try run.predict(table) }?.message.contains("sepal_length") == true)
    #expect(failure { _ = try run.evaluate(table) }?.message.contains("species") == true)
  }

  @Test("every file that is missing or damaged is named", arguments: TrainTests.files)
  func damaged(file: String) throws {
    guard file != "spec.yaml", !TrainTests.clockFiles.contains(file) else { return }
    let folder = try trained(irisSpec("epochs: 1")).run
    let path = "\(folder)/\(file)"
    let whole = try Data(contentsOf: URL(filePath: path))
    try Data("{ nonsense".utf8).write(to: URL(filePath: path))
    let words = failure { _ = try Run.open(folder) }
    #expect(words?.message.contains(file) == true, "\(String(describing: words))")
    try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
    #expect(failure { _ = try Run.open(folder) } != nil)
    try FileManager.default.removeItem(atPath: path)
    #expect(failure { _ = try Run.open(folder) }?.message.contains(file) == true)
  }

  @Test("the weights of another network are refused")
  func otherWeights() throws {
    let small = try trained(irisSpec("epochs: 1")).run
    let large = try trained(irisSpec("epochs: 1", model: "hidden_layers: [16]")).run
    let path = "\(small)/weights.safetensors"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: "\(large)/weights.safetensors", toPath: path)
    #expect(failure { _ = try Run.open(small) }?.message.contains("weights") == true)
  }

  @Test("a run of another format version is told from a damaged one")
  func otherFormat() throws {
    let folder = try trained(irisSpec("epochs: 1")).run
    let url = URL(filePath: "\(folder)/manifest.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    try text.replacingOccurrences(of: "\"format\" : 1", with: "\"format\" : 99")
      .write(to: url, atomically: true, encoding: .utf8)
    #expect(failure { _ = try Run.open(folder) }?.message.contains("format 99") == true)
  }

  @Test("a folder that is no run is said to be none")
  func foreign() throws {
    let folder = try Repository.temporaryFolder()
    #expect(failure { _ = try Run.open(folder) }?.message.contains("is not a run") == true)
    #expect(failure { _ = try Run.open(folder + "/none") }?.message.contains("not a run") == true)
  }

  @Test("runs are numbered in order and never overwritten")
  func numbers() throws {
    let folder = try Repository.temporaryFolder()
    func run() throws -> String {
      try train(
        compiled(irisSpec("epochs: 1")), at: .numbered(folder: folder, name: "iris"),
        version: "test"
      ).run
    }
    #expect(try run() == "\(folder)/iris/1")
    #expect(try run() == "\(folder)/iris/2")
    // A run that was cut short keeps its number.
    try FileManager.default.createDirectory(
      atPath: "\(folder)/iris/7.partial", withIntermediateDirectories: false)
    #expect(try run() == "\(folder)/iris/8")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/iris")
    #expect(names.sorted() == ["1", "2", "7.partial", "8"])
    let taken = failure {
      _ = try train(
        compiled(irisSpec("epochs: 1")), at: .folder("\(folder)/iris/1/"), version: "test")
    }
    #expect(taken?.message.contains("never overwritten") == true)
  }

  @Test("what lies beside a run folder is never touched")
  func besides() throws {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder)/mine.partial", withIntermediateDirectories: false)
    try "keep".write(toFile: "\(folder)/mine.partial/file", atomically: true, encoding: .utf8)
    for place in [RunPlace.folder("\(folder)/mine"), .resumed("\(folder)/mine")] {
      #expect(failure { _ = try PartialRun(place) }?.hints.isEmpty == false)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names == ["mine.partial"])
    let kept = try String(contentsOfFile: "\(folder)/mine.partial/file", encoding: .utf8)
    #expect(kept == "keep")
  }

  @Test(
    "a name that would leave its folder is refused",
    arguments: ["", ".", "..", "../up", "a/b", "/root", ".hidden", "a\\b", "a\nb", "a\0b"])
  func badNames(name: String) throws {
    let folder = try Repository.temporaryFolder()
    let error = failure { _ = try PartialRun(.numbered(folder: folder, name: name)) }
    #expect(error?.message.contains("name") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }
}
