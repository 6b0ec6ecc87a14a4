import Foundation
import TestSupport
import Testing

@Suite("plumb advise")
struct AdviseCommandTests {
  /// A folder with the iris table and a spec that has something to advise on.
  private func folder(_ spec: String = Self.spec) throws -> String {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(
      atPath: Repository.path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    try spec.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    return folder
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
      "plumb advise a.yaml --apply E604", "plumb train a.yaml --seeds 5 --set ",
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
      ["--probe", "--diff"], ["--against", "nothing.yaml"],
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
    let probed = try Tool.run(["advise", "a.yaml", "--probe", "--budget", "60s"], in: folder)
    #expect(probed.code == 0 && probed.errors.contains("probe: a linear model"))
    #expect(probed.output.contains("probed: "))
    for earlier in ["a.yaml", "run"] {
      #expect(try Tool.run(["advise", "a.yaml", "--against", earlier], in: folder).code == 0)
    }
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
