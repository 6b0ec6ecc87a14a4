import Foundation
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("filters of runs")
struct RunFilterTests {
  @Test("a condition is a field, a comparison and a value, blanks or not", arguments: [
    ("accuracy>0.9", "accuracy", ">", "0.9"), ("accuracy >= 0.9", "accuracy", ">=", "0.9"),
    ("data ~ 'my table.csv'", "data", "~", "my table.csv"), ("name==iris", "name", "=", "iris"),
    ("training.learning_rate<1e-3", "training.learning_rate", "<", "1e-3"),
    (" state != \"damaged\" ", "state", "!=", "damaged"),
    ("model.layers[0].dense.units=8", "model.layers[0].dense.units", "=", "8"),
  ])
  func conditions(text: String, field: String, comparison: String, value: String) throws {
    let condition = try #require(try RunFilter(text).conditions.first)
    #expect(condition.field == field)
    #expect(condition.comparison.rawValue == comparison)
    #expect(condition.value == value)
  }

  @Test("conditions are joined by and")
  func joined() throws {
    #expect(try RunFilter("epochs>1 and rows<9 AND name=and").conditions.map(\.field) == [
      "epochs", "rows", "name",
    ])
  }

  @Test("what is wrong is marked where it is", arguments: [
    ("", 0), ("   ", 3), ("accuracy", 8), ("accuracy >", 10), ("accuracy => 1", 9),
    ("> 3", 0), ("epochs > 3 rows > 2", 11), ("name = 'iris", 7), ("epochs > 3 and", 14),
  ])
  func located(text: String, column: Int) {
    do throws(RunFilter.Problem) {
      _ = try RunFilter(text)
      Issue.record("`\(text)` was taken for a filter")
    } catch {
      #expect(error.range.lowerBound == column, "\(error)")
      #expect(error.excerpt.hasSuffix(String(repeating: "^", count: max(1, error.range.count))))
    }
  }

  @Test("fields that no run has, and comparisons that their kind has not, are named")
  func checks() throws {
    let run = try RunSearch.run(at: try trained(irisSpec("epochs: 1")).run)
    func problem(_ text: String) throws -> RunFilter.Problem? {
      let filter = try RunFilter(text)
      do throws(RunFilter.Problem) {
        try filter.check([run])
        return nil
      } catch {
        return error
      }
    }
    #expect(try problem("acuracy > 0.9")?.hint?.contains("accuracy") == true)
    #expect(try problem("name > a")?.range == 5..<6)
    #expect(try problem("epochs > many")?.range == 9..<13)
    #expect(try problem("state = done")?.hint?.contains("finished") == true)
    for fine in [
      "accuracy >= 0", "test.accuracy > 0", "validation.f1<2", "training.seed = 42", "name ~ x",
      "state = finished", "verdict != worse",
    ] { #expect(try problem(fine) == nil, "\(fine)") }
  }

  @Test("a run meets what it says of itself", arguments: [
    ("epochs = 2", true), ("epochs > 2", false), ("rows >= 105", true), ("task = classification", true),
    ("data ~ IRIS", true), ("accuracy <= 1", true), ("r2 > 0", false), ("r2 != 0", false),
    ("training.epochs = 2", true), ("model.hidden_layers = [8]", true),
    ("training.optimizer ~ sgd", false), ("state = finished and epochs < 3", true),
  ])
  func accepts(text: String, isMet: Bool) throws {
    let run = try RunSearch.run(at: try trained(irisSpec("epochs: 2")).run)
    let values = Dictionary(
      run.specValues().map { ($0.path, $0.value) }, uniquingKeysWith: { $1 })
    #expect(try RunFilter(text).accepts(run, values) == isMet)
  }
}

@Suite("runs are found and removed")
struct RunSearchTests {
  private func make(_ count: Int, in folder: String) throws {
    for _ in 0..<count {
      _ = try train(
        compiled(irisSpec("epochs: 1"), name: "iris.yaml"),
        at: .numbered(folder: folder, name: "iris"), version: "test")
    }
  }

  private func write(_ text: String, _ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test("every run is listed with its state, and nothing else is")
  func states() throws {
    let folder = try Repository.temporaryFolder()
    try make(2, in: folder)
    try write("{}", "\(folder)/iris/2/result.json")
    try write("", "\(folder)/iris/3.partial/metrics.jsonl")
    try write("notes", "\(folder)/iris/notes/a.txt")
    try write("notes", "\(folder)/other.partial/notes.txt")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/iris/9", withDestinationPath: "\(folder)/iris/1")
    let runs = try RunSearch.runs(in: folder)
    #expect(runs.map(\.state) == [.finished, .damaged, .unfinished])
    #expect(runs.map(\.number) == [1, 2, 3])
    #expect(runs.allSatisfy { $0.name == "iris" })
    #expect(runs[1].problem?.contains("result.json") == true)
    #expect(runs[0].judgingMetrics["accuracy"] != nil)
    #expect(try RunSearch.runs(in: "\(folder)/iris/1").count == 1)
  }

  @Test("no damage of a file keeps the others from being listed", arguments: TrainTests.files)
  func damage(file: String) throws {
    let folder = try Repository.temporaryFolder()
    try make(2, in: folder)
    let path = "\(folder)/iris/1/\(file)"
    let whole = try Data(contentsOf: URL(filePath: path))
    for bytes in [Data(), Data("[1".utf8), whole.prefix(whole.count / 2), Data([0xFF, 0, 0x7B])] {
      try bytes.write(to: URL(filePath: path))
      #expect(try RunSearch.runs(in: folder).count == 2)
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(try RunSearch.runs(in: folder).last?.state == .finished)
  }

  @Test("only runs are removed, and the folder of a model that becomes empty")
  func removes() throws {
    let folder = try Repository.temporaryFolder()
    try make(2, in: folder)
    let runs = try RunSearch.runs(in: folder)
    try RunRemoval([runs[0]]).remove()
    #expect(try RunSearch.runs(in: folder).map(\.number) == [2])
    try RunRemoval([runs[1]]).remove()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test("a run with a folder in it, one that is going on, and what is no run stay")
  func stays() throws {
    let folder = try Repository.temporaryFolder()
    try make(1, in: folder)
    try write("data", "\(folder)/iris/1/mine/table.csv")
    let run = try RunSearch.run(at: "\(folder)/iris/1")
    #expect(throws: TrainingError.self) { try RunRemoval([run]) }
    try write("", "\(folder)/iris/2.partial/metrics.jsonl")
    let partial = try RunSearch.run(at: "\(folder)/iris/2.partial")
    do {
      let lock = try #require(try FolderLock(partial.folder))
      #expect(throws: TrainingError.self) { try RunRemoval([partial]) }
      withExtendedLifetime(lock) {}
    }
    _ = try RunRemoval([partial])
    #expect(throws: TrainingError.self) { try RunSearch.run(at: folder) }
    let link = "\(folder)/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "\(folder)/iris/1")
    #expect(throws: TrainingError.self) { try RunSearch.run(at: link) }
    #expect(throws: TrainingError.self) { try RunSearch.run(at: link + "/") }
  }

  @Test("files that are no run's own are named before they go")
  func strangers() throws {
    let folder = try Repository.temporaryFolder()
    try make(1, in: folder)
    try write("x", "\(folder)/iris/1/predictions.csv")
    let removal = try RunRemoval(try RunSearch.runs(in: folder))
    #expect(removal.strangers == ["\(folder)/iris/1/predictions.csv"])
  }
}
