import Foundation
import TestSupport
import Testing

@Suite("plumb advise --measure")
struct MeasureCommandTests {
  /// A folder with the iris table and a spec of which two pieces of advice have an edit.
  private func folder(_ spec: String = Self.spec) throws -> String {
    try Repository.folder(with: spec)
  }

  /// Patience of 2 at a rate that needs none of it, so that the edit changes nothing.
  private static let spec = """
    plumb: 1
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training: {epochs: 6, metrics: [log_loss], learning_rate: 0.003, early_stopping: {patience: 2}}
    """ + "\n"

  private func measured(
    _ folder: String, _ arguments: [String] = []
  ) throws -> Tool.Result {
    try Tool.run(["advise", "a.yaml", "--measure"] + arguments + ["--budget", "60m"], in: folder)
  }

  @Test("prints a line and a sentence for each code, remembers the verdict, and the page has it")
  func verdict() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let before = try Tool.run(["advise", "a.yaml"], in: folder)
    #expect(before.output.contains("measure it  plumb advise a.yaml --measure"))
    #expect(before.output.contains("--apply") && !before.output.contains("measured: "))
    let result = try measured(folder, ["E604"])
    #expect(result.code == 0 && result.errors.contains("measure: pairs 1 to 10 of E604"))
    let parts = [
      "135 rows in 10 folds; the 15 test rows took no part", "judged by log_loss",
      "E604  training.early_stopping.patience: 20 ", " 0 ± 0 ", " 10  no difference within ±",
      "E604: it makes no difference at all",
    ]
    var rest = result.output[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(result.output)")
      rest = rest[range.upperBound...]
    }
    let page = try Tool.run(["advise", "a.yaml"], in: folder).output
    #expect(page.contains("measured: no difference within ±"))
    let own = try #require(page.range(of: "not worth it here, as was measured"))
    #expect(page[own.upperBound...].contains("warning[E604]"))
    let lines = page.split(separator: "\n").filter { $0.contains("write it") }
    #expect(!lines.contains { $0.contains("E604") }, "\(page)")
    let all = try Tool.run(["advise", "a.yaml", "--apply", "all", "--diff"], in: folder)
    #expect(all.errors.contains("`E604` was left, as measured: no difference"))
    #expect(!all.output.contains("patience: 20"))
    let named = try Tool.run(["advise", "a.yaml", "--apply", "E604", "--diff"], in: folder)
    #expect(named.code == 1 && named.output.contains("patience: 20"))
  }

  @Test("a verdict holds for its spec and table only, and the file can be damaged or deleted")
  func stale() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let shows = {
      try Tool.run(["advise", "a.yaml"], in: folder).output.contains("    measured: ")
    }
    #expect(try measured(folder, ["E604"]).code == 0)
    #expect(try shows())
    let spec = "\(folder)/a.yaml"
    try ("# a comment\n" + Self.spec).write(toFile: spec, atomically: true, encoding: .utf8)
    #expect(try shows())
    try Self.spec.replacing("epochs: 6", with: "epochs: 7").write(
      toFile: spec, atomically: true, encoding: .utf8)
    #expect(try !shows())
    try Self.spec.write(toFile: spec, atomically: true, encoding: .utf8)
    let table = try String(contentsOfFile: "\(folder)/iris.csv", encoding: .utf8)
    try table.replacing("5.1,", with: "5.2,").write(
      toFile: "\(folder)/iris.csv", atomically: true, encoding: .utf8)
    #expect(try !shows())
    try table.write(toFile: "\(folder)/iris.csv", atomically: true, encoding: .utf8)
    #expect(try shows())
    let file = "\(folder)/.plumb/measured.jsonl"
    let kept = try String(contentsOfFile: file, encoding: .utf8)
    try ("{broken\n" + kept).write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try shows())
    try kept.replacing("\"format\":1", with: "\"format\":9").write(
      toFile: file, atomically: true, encoding: .utf8)
    #expect(try !shows())
    try FileManager.default.removeItem(atPath: "\(folder)/.plumb")
    #expect(try !shows())
    #expect(try Tool.run(["lint", "a.yaml"], in: folder).code == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/.plumb"))
  }

  @Test("is in JSON and Markdown, and takes the margin that is given")
  func forms() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let json = try measured(folder, ["E604", "--margin", "0.5", "--format", "json"]).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let items = try #require(object["items"] as? [[String: Any]])
    let verdict = try #require(items.first?["verdict"] as? [String: Any])
    #expect(items.count == 1 && items[0]["code"] as? String == "E604")
    #expect(verdict["finding"] as? String == "no_difference" && verdict["pairs"] as? Int == 10)
    #expect((items[0]["scores"] as? [Double])?.count == 10)
    #expect(object["scores"] as? [Double] == items[0]["scores"] as? [Double])
    #expect(verdict["margin"] as? Double == 0.5 && object["metric"] as? String == "log_loss")
    let markdown = try measured(folder, ["E604", "--format", "markdown"]).output
    #expect(markdown.hasPrefix("# Measured advice on `a.yaml`\n"))
    #expect(markdown.contains("| E604 | training.early_stopping.patience: 20 | 0 ± 0 | 10 | no "))
    let page = try Tool.run(["advise", "a.yaml", "--format", "json"], in: folder).output
    #expect(page.contains("\"verdict\" : {"))
  }

  @Test("what cannot be measured is said: wrong words, no edit, no finding, no advice, a run")
  func mistakes() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (arguments, words) in [
      (["--measure", "Z999"], "there is no finding `Z999`"),
      (["E604"], "write --measure or --apply before it"),
      (["--margin", "1"], "--margin goes with --measure"),
      (["--measure", "--margin", "0"], "a number above 0"),
      (["--measure", "--probe"], "--measure goes without"),
      (["--measure", "--budget", "soon"], "--budget takes a time"),
      (["--measure", "B505"], "`B505` finds nothing in this spec"),
    ] {
      let result = try Tool.run(["advise", "a.yaml"] + arguments, in: folder)
      #expect(result.code == 2 && result.errors.contains(words), "\(arguments) \(result)")
    }
    let piped = try Tool.run(
      ["advise", "-", "--measure", "E604", "--budget", "60m"], in: folder, input: Self.spec)
    #expect(piped.code == 0 && piped.errors.contains("nothing is remembered"), "\(piped)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/.plumb"))
    let errors = try Tool.run(
      ["advise", "-", "--measure"], in: folder,
      input: Self.spec.replacing("epochs", with: "epohcs"))
    #expect(errors.code == 1 && errors.output.contains("errors, which come first"))
    let nothing = try Tool.run(
      ["advise", "-", "--measure"], in: folder,
      input: "plumb: 1\ndata: {source: iris.csv, target: species}\n")
    #expect(nothing.code == 0 && nothing.errors.contains("nothing to measure: there is no advice"))
  }

  @Test("an interrupted measurement prints and keeps the pairs that are whole, and ends with 130")
  func interrupted() throws {
    let folder = try folder(
      Self.spec.replacing("epochs: 6,", with: "epochs: 30000, optimizer: sgd,")
        .replacing("0.003", with: "0.0001"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Whoever runs the tests may block signals, and programs inherit that.
    let unblocked = """
      perl -MPOSIX -e 'sigprocmask(SIG_UNBLOCK, POSIX::SigSet->new(SIGTERM)); exec @ARGV'
      """
    let output = try Tool.shell(
      """
      \(unblocked) plumb advise a.yaml --measure E604 --budget 60m >out 2>err & pid=$!
      while ! grep -q 'pairs of' err; do sleep 0.1; kill -0 $pid || break; done
      kill -TERM $pid; wait $pid; echo "code $?"; cat out err
      """, in: folder)
    #expect(output.contains("code 130"), "\(output)")
    #expect(output.contains("E604  training.early_stopping.patience: 20 "))
    #expect(output.contains("there is no verdict: it was interrupted"), "\(output)")
  }
}
