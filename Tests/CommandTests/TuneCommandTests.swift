import Foundation
import TestSupport
import Testing

@Suite("plumb tune")
struct TuneCommandTests {
  private static let spec = """
    # Which species is it?
    plumb: 1
    data: {source: iris.csv, target: species}
    model:
      hidden_layers: [8]      # one is enough
    training:
      epochs: 6
      learning_rate: 0.01     # searched
      seed: 3

    search:
      space:
        model.hidden_layers[0]: {integer: [2, 16], scale: log}
        training.learning_rate.start: {real: [1e-3, 1e-1], scale: log}
      trials: 12
      sampler: random
    """ + "\n"

  /// A folder with the iris table and a spec.
  private func folder(_ spec: String = Self.spec) throws -> String {
    try Repository.folder(with: spec)
  }

  private func text(_ folder: String, _ file: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("ranks what was tried, compares the winner, and writes the author's text with its values")
  func whole() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run(["tune", "a.yaml", "--compare", "3"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    for part in [
      "study a: 12 trials (12 complete)", "ended: as many trials as wanted",
      "validation.loss", "hidden_layers[0]", "on the same 3 fresh seeds:", "test loss",
      "best spec: a.best.yaml", "next: plumb train a.best.yaml",
    ] { #expect(result.output.contains(part), "\(part) in\n\(result.output)") }
    let best = try text(folder, "a.best.yaml")
    #expect(best.hasPrefix("# Written by plumb tune from a.yaml: trial "))
    #expect(best.contains("# Which species is it?\nplumb: 1\n"))
    #expect(best.contains("# one is enough") && best.contains("# searched"))
    #expect(!best.contains("\nsearch:"))
    #expect(try Tool.run(["lint", "a.best.yaml"], in: folder).code == 0)
    // The file gives what the study found.
    let study = try json(
      try Tool.run(["tune", "a.yaml", "--compare", "0", "--format", "json"], in: folder).output)
    let points = try #require(study["points"] as? [[String: Any]])
    let value = try #require((points[0]["objectives"] as? [Double])?.first)
    let run = try Tool.run(["train", "a.best.yaml", "--run", "r", "--quiet"], in: folder)
    #expect(run.code == 0)
    let losses = try text(folder, "r/metrics.jsonl").split(separator: "\n").map {
      try #require(try json(String($0))["validation_loss"] as? Double)
    }
    #expect(losses.contains(value))
  }

  @Test("a best spec that was changed is not written over, and one elsewhere is refused")
  func output() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let command = ["tune", "a.yaml", "--compare", "0", "--quiet", "--trials", "2"]
    #expect(try Tool.run(command, in: folder).code == 0)
    let first = try text(folder, "a.best.yaml")
    #expect(try Tool.run(command, in: folder).code == 0)
    #expect(try text(folder, "a.best.yaml") == first)
    try (first + "# mine\n").write(
      toFile: "\(folder)/a.best.yaml", atomically: true, encoding: .utf8)
    let refused = try Tool.run(command, in: folder)
    #expect(refused.code == 2 && refused.errors.contains("was changed since"))
    #expect(try text(folder, "a.best.yaml").hasSuffix("# mine\n"))
    #expect(try Tool.run(command + ["--output", "b.yaml"], in: folder).code == 0)
    let elsewhere = try Tool.run(command + ["--output", "../b.yaml"], in: folder)
    #expect(elsewhere.code == 2 && elsewhere.errors.contains("not in the folder of the spec"))
    let own = try Tool.run(command + ["--output", "a.yaml"], in: folder)
    #expect(own.code == 2 && own.errors.contains("is the spec itself"))
  }

  @Test("values that the command line set are written too, and search options are not")
  func overrides() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run(
      [
        "tune", "a.yaml", "--set", "training.batch_size=16", "--set", "search.trials=2",
        "--compare", "0", "--quiet",
      ], in: folder)
    #expect(result.code == 0 && result.output.contains("study a: 2 trials"), "\(result.errors)")
    let best = try text(folder, "a.best.yaml")
    #expect(best.contains("  batch_size: 16\n") && !best.contains("trials"))
  }

  @Test("events tell the start, each trial, what is better, why it ends and the end")
  func events() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run(
      ["tune", "a.yaml", "--compare", "1", "--trials", "3", "--format", "jsonl"], in: folder)
    let events = try result.output.split(separator: "\n").map { try json(String($0)) }
    let names = events.compactMap { $0["event"] as? String }
    #expect(names.first == "start" && names.last == "end" && names.contains("stop"))
    for (name, count) in ["begin": 3, "trial": 3, "point": 18, "compare": 2, "stop": 1] {
      #expect(names.count { $0 == name } == count, "\(name)")
    }
    let trial = try #require(events.first { $0["event"] as? String == "trial" })
    #expect((trial["values"] as? [String: Any])?["model.hidden_layers[0]"] is Int)
    #expect(events.last?["exit_code"] as? Int == 0)
    let end = try #require(events.last?["result"] as? [String: Any])
    #expect((end["trials"] as? [Any])?.count == 3 && end["comparison"] is [String: Any])
    let mistake = try Tool.run(
      ["tune", "a.yaml", "--set", "model.width=3", "--format", "jsonl"], in: folder)
    #expect(mistake.code == 1)
    #expect(try json(mistake.output.trimmingCharacters(in: .newlines))["event"] as? String == "error")
  }

  /// The trials of a study without what differs from one machine to the next.
  private func trials(_ folder: String, _ options: [String] = []) throws -> [NSDictionary] {
    let result = try Tool.run(
      ["tune", "a.yaml", "--compare", "0", "--quiet", "--format", "json"] + options, in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let trials = try #require(try json(result.output)["trials"] as? [[String: Any]])
    return trials.map { trial in
      NSDictionary(dictionary: trial.filter { $0.key != "training_seconds" })
    }
  }

  @Test("the same command goes on with a study, also one that was killed, to the same trials")
  func resumed() throws {
    let whole = try folder()
    defer { try? FileManager.default.removeItem(atPath: whole) }
    let epochs = ["--set", "training.epochs=60", "--sampler", "tpe"]
    let expected = try trials(whole, epochs)
    #expect(expected.count == 12)
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try trials(folder, epochs + ["--trials", "3", "--workers", "1"]) == Array(expected[..<3]))
    _ = try Tool.shell(
      """
      plumb tune a.yaml \(epochs.joined(separator: " ")) --format jsonl > events & pid=$!
      until grep -q '"event":"trial"' events; do sleep 0.02; done; kill -9 $pid; wait
      """, in: folder)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.best.yaml.tmp"))
    #expect(try trials(folder, epochs) == expected)
    // Nothing is trained any more.
    let again = try Tool.run(
      ["tune", "a.yaml", "--compare", "0"] + epochs + ["--format", "jsonl"], in: folder)
    #expect(!again.output.contains(#""event":"begin""#))
    let other = try Tool.run(["tune", "a.yaml", "--set", "training.epochs=61"], in: folder)
    #expect(other.code == 2 && other.errors.contains("is another one"), "\(other.errors)")
    #expect(try trials(folder, ["--study", "b"]).count == 12)
  }

  @Test("Ctrl-C gives the trials back, ranks what is there, and writes no spec")
  func interrupted() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let output = try Tool.shell(
      """
      plumb tune a.yaml --set training.epochs=400 --trials 500 --format jsonl > events & pid=$!
      until grep -q '"event":"trial"' events; do sleep 0.02; done; kill -INT $pid; wait $pid; echo $?
      """, in: folder)
    #expect(output.trimmingCharacters(in: .whitespacesAndNewlines) == "130")
    let events = try text(folder, "events").split(separator: "\n").map { try json(String($0)) }
    #expect(events.contains { $0["reason"] as? String == "interrupted" })
    let trials = try #require(
      (events.last?["result"] as? [String: Any])?["trials"] as? [[String: Any]])
    #expect(!trials.contains { $0["state"] as? String == "running" })
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.best.yaml"))
  }

  @Test("the alternatives of advice are searched, with their reasons, where the spec has no search")
  func proposed() throws {
    let text = "plumb: 1\ndata: {source: iris.csv, target: species}\ntraining: {epochs: 4}\n"
    let folder = try folder(text)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let command = ["tune", "a.yaml", "--trials", "2", "--compare", "0"]
    let result = try Tool.run(command + ["--over", "A203"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.contains("  model.hidden_layers") && result.errors.contains("  # "))
    #expect(try self.text(folder, "a.best.yaml").contains("hidden_layers: ["))
    let unknown = try Tool.run(command + ["--over", "Z999"], in: folder)
    #expect(unknown.code == 2 && unknown.errors.contains("there is no finding `Z999`"))
  }

  @Test("trials to begin with come first, and what they leave open is sampled")
  func first() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let found = try trials(
      folder, ["--trials", "3", "--set", "search.first=[{training.learning_rate.start: 0.02}]"])
    let values = found.compactMap { ($0["values"] as? [String: Any]) }
    #expect(values.count == 3 && values.allSatisfy { $0.count == 2 })
    #expect(values[0]["training.learning_rate.start"] as? Double == 0.02)
  }

  @Test("where nothing is better, it says how few rows judged the trials, and what judges more")
  func fewRows() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let space = "search.space={training.learning_rate.start: [0.01, 1e-6]}"
    let alike = ["tune", "a.yaml", "--trials", "2", "--compare", "3", "--set", space]
    let own = try Tool.run(alike, in: folder)
    #expect(own.code == 0 && own.output.contains("nothing shows that the tuned spec is better"))
    #expect(own.output.contains("of one split judged the trials; with --folds 5"))
    let folded = try Tool.run(alike + ["--folds", "5", "--study", "b"], in: folder)
    #expect(folded.code == 0 && !folded.output.contains("of one split"), "\(folded.errors)")
  }

  @Test("what cannot be searched ends with a way out")
  func refusals() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let none = try Tool.run(["tune", "a.yaml", "--set", "search.space={}"], in: folder)
    #expect(none.code != 0 && none.errors.contains("search"), "\(none.errors)")
    let rows = try Tool.run(["tune", "a.yaml", "--set", "data.split.validation=0"], in: folder)
    #expect(rows.code == 1 && rows.errors.contains("no rows judge"), "\(rows.errors)")
    let failing = try Tool.run(
      [
        "tune", "a.yaml", "--trials", "2", "--set", "training.optimizer=sgd", "--set",
        "search.space={training.learning_rate.start: [1e30, 2e30]}",
      ], in: folder)
    #expect(failing.code == 3 && failing.errors.contains("no trial succeeded"), "\(failing.errors)")
    #expect(failing.output.contains("2 failed") && failing.output.contains("ran off"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.best.yaml"))
  }
}
