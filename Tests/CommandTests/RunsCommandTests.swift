import Foundation
import TestSupport
import Testing

@Suite("plumb runs")
struct RunsCommandTests {
  /// A folder with three runs of two models, and what a killed one leaves.
  private func folder() throws -> String {
    let folder = try Repository.temporaryFolder()
    let specs = Repository.path("specs/examples")
    _ = try Tool.shell(
      """
      plumb train \(specs)/iris.yaml --set training.epochs=2 --quiet
      plumb train \(specs)/iris.yaml --set training.epochs=5 --set training.batch_size=8 --quiet
      plumb train \(specs)/diabetes.yaml --set training.epochs=2 --quiet
      mkdir runs/iris/3.partial
      """, in: folder)
    return folder
  }

  private func runs(_ arguments: String, in folder: String) throws -> (code: Int, text: String) {
    let text = try Tool.shell("plumb runs \(arguments) 2>&1; echo $?", in: folder)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return (Int(lines.last ?? "") ?? -1, lines.dropLast().joined(separator: "\n"))
  }

  @Test("lists, filters, sorts and limits")
  func lists() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let all = try runs("", in: folder)
    #expect(all.code == 0)
    for words in ["runs/diabetes/1", "runs/iris/2", "runs/iris/3.partial", "unfinished", "accuracy"] {
      #expect(all.text.contains(words), "\(words) in\n\(all.text)")
    }
    func names(_ arguments: String) throws -> [String] {
      let text = try runs("\(arguments) --format json", in: folder).text
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return try #require(value?["runs"] as? [[String: Any]]).compactMap { $0["folder"] as? String }
    }
    #expect(try names("--filter 'name = iris and epochs > 2'") == ["runs/iris/2"])
    #expect(try names("--filter 'training.batch_size = 8'") == ["runs/iris/2"])
    #expect(try names("--filter 'r2 < 2' --filter 'rows > 1'") == ["runs/diabetes/1"])
    #expect(try names("--filter 'state = finished' --sort epochs --reverse --limit 1") == ["runs/iris/2"])
    #expect(try names("runs/iris --filter 'state = unfinished'") == ["runs/iris/3.partial"])
    let wrong = try runs("--filter 'acuracy > 0.9'", in: folder)
    #expect(wrong.code == 2)
    #expect(wrong.text.contains("  acuracy > 0.9\n  ^^^^^^^") && wrong.text.contains("accuracy"))
    #expect(try runs("none", in: folder).code == 2)
    #expect(try runs("", in: NSTemporaryDirectory()).code == 0)
  }

  @Test("compares what differs and nothing else")
  func compares() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try runs("compare runs/iris/1 runs/iris/2/", in: folder).text
    for words in ["training.batch_size", "training.epochs", "accuracy", "seconds", "runs/iris/2"] {
      #expect(text.contains(words), "\(words) in\n\(text)")
    }
    #expect(!text.contains("training.seed") && !text.contains("data.source"))
    #expect(try runs("compare runs/iris/1", in: folder).code == 2)
    #expect(try runs("compare runs/iris/1 runs", in: folder).code == 2)
  }

  @Test("removes only with a yes, and only runs")
  func removes() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let asked = try runs("rm runs/iris/1 </dev/null", in: folder)
    #expect(asked.code == 2 && asked.text.contains("--yes"))
    #expect(try runs("rm runs --yes", in: folder).code == 2)
    #expect(try runs("rm runs/iris --yes", in: folder).code == 2)
    #expect(try runs("rm --yes", in: folder).code == 2)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/runs/iris/1/result.json"))
    // While it is locked, the run is going on.
    let held = try Tool.shell(
      "flock runs/iris/3.partial plumb runs rm --unfinished --yes 2>&1; true", in: folder)
    #expect(held.contains("at work"))
    #expect(try runs("rm --unfinished --yes", in: folder).text.contains("removed 1 run"))
    #expect(try runs("rm --keep 1 --yes", in: folder).text.contains("removed 1 run"))
    let left = try Tool.shell("ls -d runs/*/*", in: folder)
    #expect(left == "runs/diabetes/1\nruns/iris/2\n")
  }
}
