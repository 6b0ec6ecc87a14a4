import Foundation
import TestSupport
import Testing

@Suite("plumb advise")
struct AdviseCommandTests {
  /// A folder with the iris table and a spec that has something to advise on.
  private func folder(_ spec: String = Self.spec) throws -> String {
    try Repository.folder(with: spec)
  }

  private static let spec = """
    # about flowers
    plumb: 1
    data: {source: iris.csv, target: species}
    training:
      epochs: 30   # enough
      learning_rate: 0.01
      early_stopping:
        patience: 2   # too short
    """ + "\n"

  private func text(_ folder: String) throws -> String {
    try String(contentsOfFile: "\(folder)/a.yaml", encoding: .utf8)
  }

  @Test("a page has the data, sizes, findings with place, reason and edit, and what to do next")
  func page() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run(["advise", "a.yaml"], in: folder)
    #expect(result.code == 0)
    let parts = [
      "iris.csv: 150 rows", "hidden neurons · 4 inputs → 3 outputs", "warnings: probably harmful",
      "warning[E604] a.yaml:8: a patience of 2 epochs", "why: ", "source (controlled): ",
      "edit: use 20: `training.early_stopping.patience: 20`", "learning rate · constant",
      "plumb advise a.yaml --apply E604", "measure it  plumb advise a.yaml --measure",
    ]
    var rest = result.output[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(result.output)")
      rest = rest[range.upperBound...]
    }
    let markdown = try Tool.run(["advise", "a.yaml", "--format", "markdown"], in: folder).output
    #expect(markdown.hasPrefix("# Advice on a\n"))
    #expect(markdown.contains("- **E604** `a.yaml:8` a patience of 2 epochs"))
  }

  @Test("each finding has one command to go on with, the same in all forms")
  func next() throws {
    let folder = try folder(
      Self.spec.replacing("training:", with: "model: {hidden_layers: [500]}\ntraining:"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let page = try Tool.run(["advise", "a.yaml"], in: folder).output
    let json = try Tool.run(["advise", "a.yaml", "--format", "json"], in: folder).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let order = try #require(object["order"] as? [[String: Any]])
    let markdown = try Tool.run(["advise", "a.yaml", "--format", "markdown"], in: folder).output
    var commands: [String: String] = [:]
    for entry in order {
      let next = try #require(entry["next"] as? [String: String])
      commands[try #require(entry["code"] as? String)] = next["command"]
      #expect(markdown.contains("  - next: \(next["command"] ?? "") ("))
    }
    #expect(page.split(separator: "\n").count { $0.contains(" next: ") } == order.count)
    #expect(commands["E604"] == "plumb advise a.yaml --apply E604", "\(commands)")
    let searched = try #require(commands.first { $0.value.contains("--over") }, "\(commands)")
    #expect(page.contains("search it   plumb tune a.yaml") && !page.contains("--set"))
    // What is proposed can be done.
    let words = searched.value.split(separator: " ").dropFirst().map(String.init)
    let done = try Tool.run(
      words + ["--trials", "1", "--compare", "0", "--set", "training.epochs=1"], in: folder)
    #expect(done.code == 0, "\(done)")
  }

  @Test("--apply writes the edit named, keeps every comment, and has nothing to do again")
  func apply() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let shown = try Tool.run(["advise", "a.yaml", "--apply", "E604", "--diff"], in: folder)
    #expect(shown.code == 1 && shown.output.contains("+    patience: 20   # too short"))
    #expect(try text(folder) == Self.spec)
    let done = try Tool.run(["advise", "a.yaml", "--apply", "patience-out-of-range"], in: folder)
    #expect(done.code == 0 && done.errors.contains("fixed 1 finding: E604"))
    #expect(try text(folder) == Self.spec.replacing("patience: 2 ", with: "patience: 20 "))
    let again = try Tool.run(["advise", "a.yaml", "--apply", "E604", "--diff"], in: folder)
    #expect(again.code == 0 && again.output.isEmpty)
    #expect(again.errors.contains("`E604` finds nothing in this spec"))
  }

  @Test("--apply all comes to an end and leaves comments; a pipe gives the spec back")
  func applyAll() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try Tool.run(["advise", "a.yaml", "--apply", "all"], in: folder).code == 0)
    let after = try text(folder)
    for comment in ["# about flowers", "# enough", "# too short"] {
      #expect(after.contains(comment))
    }
    let rest = try Tool.run(["advise", "a.yaml", "--diff"], in: folder)
    #expect(rest.code == 0 && rest.output.isEmpty, "\(rest)")
    let piped = try Tool.run(
      ["advise", "-", "--apply", "E604"], in: folder, input: Self.spec)
    #expect(piped.output.contains("patience: 20   # too short"))
  }

  @Test("errors come first and end with 1; wrong names and mixtures end with 2")
  func mistakes() throws {
    let folder = try folder(Self.spec.replacing("epochs: 30", with: "epohcs: 30"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run(["advise", "a.yaml"], in: folder)
    #expect(result.code == 1)
    #expect(result.output.contains("errors, which come first\n  error[K101] a.yaml:5: "))
    #expect(result.output.contains("not known: advice: errors come first"))
    for wrong in [
      ["--apply", "Z999"], ["--apply", "E604", "--format", "json"], ["--budget", "soon"],
      ["--against", "nothing.yaml"],
    ] {
      #expect(try Tool.run(["advise", "a.yaml"] + wrong, in: folder).code == 2, "\(wrong)")
    }
  }

  @Test("a run's folder, a probe and an earlier spec are judged")
  func runs() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trained = try Tool.run(["train", "a.yaml", "--quiet", "--run", "run"], in: folder)
    #expect(trained.code == 0)
    let page = try Tool.run(["advise", "run"], in: folder)
    #expect(page.code == 0, "\(page)")
    #expect(page.output.hasPrefix("a · run: trained on "))
    #expect(page.output.contains("learning rate · constant"))
    #expect(try Tool.run(["advise", "run", "--apply", "all"], in: folder).code == 2)
    let damaged = try Tool.run(["advise", "."], in: folder)
    #expect(damaged.code == 2 && damaged.errors.contains("is not a run"))
    let probed = try Tool.run(["advise", "a.yaml", "--probe", "--budget", "60m"], in: folder)
    #expect(probed.code == 0 && probed.errors.contains("probe: a linear model"))
    let parts = [
      "measured\n", "linear model ", "this spec ", "small batch ", "rate test ", "other rates ",
      "learning-rate test · loss of rising rates", "▲ this spec goes up to 0.01",
      "× the loss ran off at ",
    ]
    var rest = probed.output[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(probed.output)")
      rest = rest[range.upperBound...]
    }
    for earlier in ["a.yaml", "run"] {
      #expect(try Tool.run(["advise", "a.yaml", "--against", earlier], in: folder).code == 0)
    }
  }

  @Test("a probe's curve and figures are in JSON and Markdown, and its edits can be written")
  func probeForms() throws {
    let folder = try folder(
      Self.spec.replacing("learning_rate: 0.01", with: "learning_rate: 2"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let probe = ["advise", "a.yaml", "--probe", "--budget", "60m"]
    let json = try Tool.run(probe + ["--format", "json"], in: folder).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let test = try #require(object["learning_rate_test"] as? [String: Any])
    #expect((test["points"] as? [[String: Double]])?.count == 60 && test["seeds"] as? Int == 3)
    let measured = try #require(object["measured"] as? [[String: String]])
    #expect(measured.contains { $0["subject"] == "rate test" })
    let markdown = try Tool.run(probe + ["--format", "markdown"], in: folder).output
    #expect(markdown.contains("## Learning-rate test\n\n```text\nlearning-rate test · "))
    #expect(markdown.contains("## Measured\n"))
    let page = try Tool.run(probe, in: folder).output
    #expect(page.contains("O406") && page.contains("--apply") && page.contains(" --probe   ("))
    let shown = try Tool.run(probe + ["--apply", "O406", "--diff"], in: folder)
    #expect(shown.code == 1 && shown.output.contains("+  learning_rate: 0.0"), "\(shown)")
    #expect(try text(folder) == Self.spec.replacing("rate: 0.01", with: "rate: 2"))
  }

  @Test("a probe that finds an error ends with 1, and a spec with errors is not measured")
  func probeErrors() throws {
    let folder = try folder(
      Self.spec.replacing("learning_rate: 0.01", with: "learning_rate: 1e30"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let off = try Tool.run(["advise", "a.yaml", "--probe", "--budget", "60m"], in: folder)
    #expect(off.code == 1 && off.output.contains("error[O407]"), "\(off)")
    try "plumb: 1\ndata: {source: iris.csv}\n".write(
      toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    let wrong = try Tool.run(["advise", "a.yaml", "--probe"], in: folder)
    #expect(wrong.code == 1 && !wrong.errors.contains("probe:"))
  }

  @Test("a run is judged with its table while that is as the run saw it, and says so when not")
  func runTable() throws {
    let folder = try folder(
      Self.spec.replacing("target: species}", with: "target: species, numeric: {scale: none}}")
        .replacing("data: {", with: "data: {split: {validation: 20%}, "))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try Tool.run(["train", "a.yaml", "--quiet"], in: folder).code == 0)
    let known = try Tool.run(["advise", "runs/a/1"], in: folder).output
    #expect(known.contains("S907") && !known.contains("not known: "), "\(known)")
    // From another folder, the runs lead to the table.
    let away = try Tool.run(["advise", "\(folder)/runs/a/1"]).output
    #expect(away.contains("S907"), "\(away)")
    let path = "\(folder)/iris.csv"
    let table = try String(contentsOfFile: path, encoding: .utf8)
    try table.replacing("5.1,", with: "5.2,").write(
      toFile: path, atomically: true, encoding: .utf8)
    let changed = try Tool.run(["advise", "runs/a/1"], in: folder)
    #expect(changed.code == 0 && !changed.output.contains("S907"))
    #expect(
      changed.output.contains(
        "not known: what the table tells: `iris.csv` is not as the run saw it"))
    try FileManager.default.removeItem(atPath: path)
    let gone = try Tool.run(["advise", "runs/a/1"], in: folder)
    #expect(gone.code == 0 && gone.output.contains("not known: columns, sizes and advice on data"))
  }

  @Test("two runs, or the measures of repeated ones, are compared")
  func compared() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for extra in [[], ["--set", "training.seed=7"], ["--seeds", "2"]] {
      #expect(try Tool.run(["train", "a.yaml", "--quiet"] + extra, in: folder).code == 0)
    }
    for (own, other) in [("1", "2"), ("3", "1"), ("3", "3")] {
      let page = try Tool.run(
        ["advise", "runs/a/\(own)", "--against", "runs/a/\(other)"], in: folder)
      #expect(page.code == 0 && page.output.contains("S902"), "\(page)")
      #expect(page.output.contains("the comparison"))
    }
    let spec = try Tool.run(["advise", "runs/a/1", "--against", "a.yaml"], in: folder)
    #expect(spec.code == 2 && spec.errors.contains("a run is compared with a run"))
  }

  @Test("what holds for two layers is said once")
  func saidOnce() throws {
    let folder = try folder(
      """
      plumb: 1
      data: {source: iris.csv, target: species}
      model: {hidden_layers: [500, 500], dropout: 0}
      training: {epochs: 30, early_stopping: none, optimizer: adam}

      """)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = try Tool.run(["advise", "a.yaml"], in: folder).output.split(separator: "\n")
      .filter { $0.contains("agrees: ") || $0.contains("disagrees: ") }
    #expect(lines.count > 1 && Set(lines).count == lines.count, "\(lines)")
  }

  @Test("plumb rules lists, filters and says when nothing matches")
  func rules() throws {
    let all = try Tool.run(["rules"])
    #expect(all.code == 0 && all.output.hasPrefix("code  level"))
    let some = try Tool.run(["rules", "--letter", "b", "--level", "advice"]).output
    #expect(some.contains("B502") && !some.contains("A203"))
    let page = try Tool.run(["rules", "--format", "markdown"]).output
    #expect(page == Repository.text("specs/reference/rules.md"))
    let json = try Tool.run(["rules", "outlier", "--format", "json"]).output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let found = try #require(object?["rules"] as? [[String: Any]])
    #expect(found.contains { $0["code"] as? String == "L301" })
    #expect(try Tool.run(["rules", "xyzzy"]).code == 2)
    #expect(try Tool.run(["rules", "--letter", "Q"]).code == 2)
  }
}
