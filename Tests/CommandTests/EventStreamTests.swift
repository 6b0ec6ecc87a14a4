import Foundation
import TestSupport
import Testing

@Suite("events for other programs")
struct EventStreamTests {
  private func events(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func names(_ events: [[String: Any]]) -> [String] {
    events.compactMap { $0["event"] as? String }
  }

  private func train(_ arguments: String, in folder: String) throws -> String {
    try Tool.shell("plumb train --format jsonl \(arguments)", in: folder)
  }

  private let iris = Repository.path("specs/examples/iris.yaml")

  @Test("a training tells its start, epochs, improvements, stop and end, and nothing else")
  func story() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try train("\(iris) --set training.epochs=4 2>errors", in: folder)
    let events = try events(text)
    let told = names(events)
    #expect(told.first == "start" && told.suffix(2) == ["stop", "end"])
    #expect(told.count { $0 == "epoch" } == 4)
    let improved = events.filter { $0["event"] as? String == "epoch" && $0["is_best"] as? Bool == true }
    #expect(told.count { $0 == "improvement" } == improved.count)
    let epochs = events.filter { $0["event"] as? String == "epoch" }
    let kept = try String(contentsOfFile: "\(folder)/runs/iris/1/metrics.jsonl", encoding: .utf8)
    for (event, line) in zip(epochs, try self.events(kept)) {
      for (key, value) in line { #expect("\(event[key] ?? "")" == "\(value)", "\(key)") }
    }
    let end = try #require(events.last)
    #expect(end["run"] as? String == "runs/iris/1")
    #expect(end["exit_code"] as? Int == 0)
    #expect((end["result"] as? [String: Any])?["metrics"] != nil)
    let errors = try String(contentsOfFile: "\(folder)/errors", encoding: .utf8)
    #expect(!errors.contains("epoch 1/"))
  }

  @Test("repeated runs tell which run begins, and one end")
  func repeated() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let direct = try Tool.shell(
      "plumb train \(iris) --set training.epochs=1 --folds 2 --seeds 2 --format jsonl 2>/dev/null",
      in: folder)
    let events = try events(direct)
    #expect(names(events).count { $0 == "run" } == 4)
    #expect(names(events).count { $0 == "end" } == 1)
    #expect(events[0]["runs"] as? Int == 4)
  }

  @Test("mistakes of a spec, and a training that runs off, are events too")
  func errors() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let wrong = try Tool.shell(
      "plumb train \(iris) --set training.epohcs=4 --format jsonl 2>/dev/null; echo $?", in: folder)
    #expect(wrong.hasSuffix("\n1\n"))
    let mistakes = try events(String(wrong.dropLast(2)))
    #expect(names(mistakes) == ["error"])
    #expect(mistakes[0]["exit_code"] as? Int == 1)
    let findings = try #require(mistakes[0]["findings"] as? [[String: Any]])
    #expect(findings.count == 1)
    let spec = Repository.path("specs/examples/diabetes.yaml")
    let off = try Tool.shell(
      """
      plumb train \(spec) --set training.optimizer=sgd --set training.learning_rate=1e30 \
      --set training.loss=mse --format jsonl 2>/dev/null; echo $?
      """, in: folder)
    #expect(off.hasSuffix("\n3\n"))
    let last = try #require(try events(String(off.dropLast(2))).last)
    #expect(last["event"] as? String == "error")
    #expect((last["hints"] as? [String])?.isEmpty == false)
    let absent = try Tool.shell("plumb train none.yaml --format jsonl 2>/dev/null", in: folder)
    #expect(names(try events(absent)) == ["error"])
  }

  @Test("a reader that goes away ends the training quietly, and what was learnt is saved")
  func closed() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try Tool.shell(
      """
      plumb train \(iris) --set training.epochs=100000 --set training.early_stopping=none \
      --format jsonl 2>errors | head -3; ls runs/iris
      """, in: folder)
    #expect(text.contains("\"start\""))
    let errors = try String(contentsOfFile: "\(folder)/errors", encoding: .utf8)
    #expect(!errors.contains("error"))
    let saved = try FileManager.default.contentsOfDirectory(
      atPath: "\(folder)/runs/iris/1.partial")
    #expect(saved.contains("checkpoint.safetensors"))
  }

  @Test("every event has the documented form")
  func schema() throws {
    guard let program = Tool.validator("check-jsonschema") else { return }
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines =
      try train("\(iris) --set training.epochs=3 2>/dev/null", in: folder)
      + Tool.shell(
        """
        plumb train \(iris) --set training.epochs=1 --seeds 2 --format jsonl 2>/dev/null
        plumb train \(iris) --set training.epohcs=1 --format jsonl 2>/dev/null
        """, in: folder)
    var files: [String] = []
    for (index, line) in lines.split(separator: "\n").enumerated() {
      try String(line).write(
        toFile: "\(folder)/\(index).json", atomically: true, encoding: .utf8)
      files.append("\(index).json")
    }
    #expect(files.count >= 12)
    let schema = Repository.path("specs/train-events.schema.json")
    let line = "\(program) --schemafile \(schema) \(files.joined(separator: " ")) && echo fine"
    let words = try Tool.shell(line, in: folder)
    #expect(words.contains("fine"), "\(words)")
    // The schema is no rubber stamp.
    try #"{"event": "epoch", "seconds": 1}"#.write(
      toFile: "\(folder)/bad.json", atomically: true, encoding: .utf8)
    #expect(
      try !Tool.shell("\(program) --schemafile \(schema) bad.json && echo fine", in: folder)
        .contains("fine"))
  }
}

@Suite("progress in a log")
struct LogProgressTests {
  @Test("a log gets few lines however many epochs there are, and no control character")
  func lines() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/iris.yaml")
    let text = try Tool.shell(
      """
      plumb train \(spec) --set training.epochs=300 --set training.early_stopping=none 2>&1 >/dev/null
      """, in: folder)
    let epochs = text.split(separator: "\n").filter { $0.hasPrefix("epoch ") }
    #expect(epochs.count >= 2 && epochs.count < 60, "\(text)")
    #expect(epochs.first?.hasPrefix("epoch   1/300") == true)
    #expect(epochs.last?.hasPrefix("epoch 300/300") == true)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    let quiet = try Tool.shell(
      "plumb train \(spec) --set training.epochs=2 --quiet 2>&1 >/dev/null | grep -c '^epoch'",
      in: folder)
    #expect(quiet == "0\n")
  }
}
