import Foundation
import TestSupport
import Testing

@Suite("a project's configuration from the command line")
struct ProjectCommandTests {
  private static let batch = """
    plumb: 1
    data: {source: iris.csv, target: species}
    training:
      batch_size: 50

    """

  private func project(_ files: [String: String]) throws -> String {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder)/.git", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: Repository.path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test("levels decide what is reported and whether it fails, unless no configuration is used")
  func levels() throws {
    let folder = try project(["a.yaml": Self.batch, ".plumb.yaml": "rules: {B502: error}\n"])
    let raised = try Tool.run(["lint", "a.yaml", "--format", "concise"], in: folder)
    #expect(raised.code == 1 && raised.output.contains("error[B502]"), "\(raised)")
    let isolated = try Tool.run(["lint", "a.yaml", "--isolated"], in: folder)
    #expect(isolated.code == 0 && isolated.output.contains("advice[B502]"))
    try "rules: {B502: off}\n".write(
      toFile: "\(folder)/.plumb.yaml", atomically: true, encoding: .utf8)
    #expect(try Tool.run(["lint", "a.yaml"], in: folder).output.hasPrefix("a.yaml: no findings"))
    try "fail_on: advice\n".write(toFile: "\(folder)/b.yml", atomically: true, encoding: .utf8)
    #expect(try Tool.run(["lint", "a.yaml", "--config", "b.yml"], in: folder).code == 1)
    let flag = ["lint", "a.yaml", "--config", "b.yml", "--fail-on", "error"]
    #expect(try Tool.run(flag, in: folder).code == 0)
    #expect(try Tool.run(["lint", "--isolated", "--config", "b.yml"], in: folder).code == 2)
  }

  @Test("advise, compile and train heed it, and a raised rule stops none of them")
  func commands() throws {
    let spec = Self.batch + "  epochs: 2\n  early_stopping: {patience: 2}\n"
    let folder = try project(["a.yaml": spec, ".plumb.yaml": "rules: {B502: error, E604: off}\n"])
    let advice = try Tool.run(["advise", "a.yaml"], in: folder)
    #expect(advice.code == 0 && advice.output.contains("error[B502]"))
    #expect(!advice.output.contains("E604"))
    #expect(try Tool.run(["compile", "a.yaml"], in: folder).code == 0)
    let run = try Tool.run(["train", "a.yaml", "--quiet"], in: folder)
    #expect(run.code == 0 && run.errors.contains("error[B502]") && !run.errors.contains("E604"))
  }

  @Test("the classic sizing decides an open width")
  func sizing() throws {
    let spec = "plumb: 1\ndata: {source: iris.csv, target: species}\n"
    let folder = try project(["a.yaml": spec, ".plumb.yaml": "advice: {sizing: classic}\n"])
    #expect(try Tool.run(["resolve", "a.yaml"], in: folder).output.contains("hidden_layers: [6]"))
    let measured = try Tool.run(["resolve", "a.yaml", "--isolated"], in: folder)
    #expect(measured.output.contains("hidden_layers: [32]"))
  }

  @Test("a mistake in a configuration is no finding: exit code 2, with its place", arguments: [
    ["lint", "a.yaml"], ["advise", "a.yaml"], ["train", "a.yaml"], ["config", "show", "a.yaml"],
    ["lint", "-", "--stdin-filename", "a.yaml"],
  ])
  func mistakes(arguments: [String]) throws {
    let folder = try project(["a.yaml": Self.batch, ".plumb.yaml": "rules:\n  B520: off\n"])
    let result = try Tool.run(arguments, in: folder, input: Self.batch)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(".plumb.yaml:2:3") && result.errors.contains("`B502`"))
    #expect(try Tool.run(["lint", "a.yaml", "--config", "none.yaml"], in: folder).code == 2)
  }

  @Test("a configuration that is named is read as one, and is no spec")
  func named() throws {
    let folder = try project(["a.yaml": Self.batch, ".plumb.yaml": "fail_on: never\n"])
    let result = try Tool.run(["lint", ".plumb.yaml", "a.yaml"], in: folder)
    #expect(result.code == 0 && result.output.contains("a.yaml: 1 finding"), "\(result)")
    try "fail: never\n".write(
      toFile: "\(folder)/.plumb.yaml", atomically: true, encoding: .utf8)
    let wrong = try Tool.run(["lint", "--isolated", ".plumb.yaml"], in: folder)
    #expect(wrong.code == 2 && wrong.errors.contains(".plumb.yaml:1:1"))
  }

  @Test("thresholds belong to the configuration of each spec")
  func thresholds() throws {
    let warning = Self.batch.replacing("50", with: "1")
    let folder = try project([
      "a/a.yaml": warning.replacing("iris", with: "../iris"),
      "b/b.yaml": warning.replacing("iris", with: "../iris"),
      ".plumb.yaml": "max_warnings: 1\n", "b/.plumb.yaml": "fail_on: never\n",
    ])
    #expect(try Tool.run(["lint"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "--max-warnings", "1"], in: folder).code == 1)
    try FileManager.default.removeItem(atPath: "\(folder)/b/.plumb.yaml")
    #expect(try Tool.run(["lint"], in: folder).code == 1)
  }

  @Test("what is excluded is passed over in folders, and when named only on request")
  func exclude() throws {
    let folder = try project([
      "a.yaml": Self.batch, "old/b.yaml": Self.batch, ".plumb.yaml": "exclude: [old/]\n",
    ])
    #expect(try Tool.run(["lint", "--show-files"], in: folder).output == "a.yaml\n")
    #expect(try Tool.run(["lint", "--show-files", "--isolated"], in: folder).output
      == "a.yaml\nold/b.yaml\n")
    let named = ["lint", "--show-files", "old/b.yaml", "a.yaml"]
    #expect(try Tool.run(named, in: folder).output == "old/b.yaml\na.yaml\n")
    #expect(try Tool.run(named + ["--force-exclude"], in: folder).output == "a.yaml\n")
  }

  @Test("config show prints values and where they come from")
  func show() throws {
    let folder = try project([
      ".plumb.yaml": "fail_on: warning\nrules:\n  A205:\n    level: warning\n    ratio: 4\n"
    ])
    let result = try Tool.run(["config", "show", "x/y.yaml"], in: folder)
    let lines = result.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(result.code == 0 && lines[0] == "x/y.yaml: .plumb.yaml")
    #expect(lines.contains("fail_on warning .plumb.yaml:1"))
    #expect(lines.contains("max_warnings none default"))
    #expect(lines.contains("A205 width-above-twice-input warning .plumb.yaml:4"))
    #expect(lines.contains("ratio 4 .plumb.yaml:5"))
    #expect(lines.contains("P904 suppression-without-reason off default"))
    let json = try Tool.run(["config", "show", ".", "--format", "json"], in: folder)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let rules = try #require(object["rules"] as? [[String: Any]])
    let rule = try #require(rules.first { $0["code"] as? String == "A205" })
    #expect((rule["origin"] as? [String: Any])?["line"] as? Int == 4)
  }

  @Test("suppressed findings are counted, and SARIF can hold them")
  func suppressed() throws {
    let spec = Self.batch.replacing("50", with: "50   # plumb: ignore[B502] by hand")
    let folder = try project(["a.yaml": spec])
    let plain = try Tool.run(["lint", "a.yaml", "--fail-on", "advice"], in: folder)
    #expect(plain.code == 0 && plain.output.contains("no findings, 1 suppressed"))
    let all = try Tool.run(["lint", "a.yaml", "--no-ignore-comments"], in: folder)
    #expect(all.output.contains("advice[B502]"))
    let sarif = try Tool.run(["lint", "a.yaml", "--format", "sarif", "--sarif-suppressed"], in: folder)
    #expect(sarif.output.contains("\"kind\": \"inSource\""))
    #expect(sarif.output.contains("\"justification\": \"by hand\""))
    let without = try Tool.run(["lint", "a.yaml", "--format", "sarif"], in: folder)
    #expect(!without.output.contains("suppressions"))
  }

  @Test("fixing removes suppressions that are not used, and nothing else of the line")
  func fixUnused() throws {
    let spec = """
      plumb: 1
      # plumb: ignore[B502] gone
      data: {source: iris.csv, target: species}
      training:
        batch_size: 50   # plumb: ignore[B503, B502] by hand
        epochs: 100   # plumb: ignore[E601, E604]
        seed: 1   # plumb: ignore[K107] gone

      """
    let folder = try project(["a.yaml": spec])
    let result = try Tool.run(["lint", "a.yaml", "--fix"], in: folder)
    #expect(result.code == 0, "\(result)")
    let text = try String(contentsOfFile: "\(folder)/a.yaml", encoding: .utf8)
    #expect(
      text == """
        plumb: 1
        data: {source: iris.csv, target: species}
        training:
          batch_size: 50   # plumb: ignore[B502] by hand
          epochs: 100   # plumb: ignore[E601]
          seed: 1

        """)
  }

  @Test("a baseline holds what is known, and tells when it can shrink")
  func baseline() throws {
    let folder = try project(["a.yaml": Self.batch, "sub/.keep": ""])
    let base = "sub/base.json"
    let written = try Tool.run(["lint", "--write-baseline", base], in: folder)
    #expect(written.code == 0 && written.errors.contains("wrote 1 finding to the baseline"))
    let text = try String(contentsOfFile: "\(folder)/\(base)", encoding: .utf8)
    #expect(text.contains(#"{"file":"../a.yaml","rule":"B502","path":"training.batch_size""#))
    let quiet = try Tool.run(
      ["lint", "--baseline", base, "--fail-on", "advice", "--format", "sarif", "--sarif-suppressed"],
      in: folder)
    #expect(quiet.code == 0 && quiet.output.contains("\"kind\": \"external\"") && quiet.errors.isEmpty)
    try (Self.batch + "modle: 1\n").write(
      toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    let new = try Tool.run(["lint", "--baseline", base], in: folder)
    #expect(new.code == 1 && new.output.contains("K101") && !new.errors.contains("baseline"))
    try Self.batch.replacing("50", with: "32").write(
      toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    try "baseline: sub/base.json\n".write(
      toFile: "\(folder)/.plumb.yaml", atomically: true, encoding: .utf8)
    let gone = try Tool.run(["lint"], in: folder)
    #expect(gone.code == 0 && gone.errors.contains("1 finding is gone"), "\(gone)")
    #expect(gone.errors.contains("--write-baseline sub/base.json"))
    try "[".write(toFile: "\(folder)/\(base)", atomically: true, encoding: .utf8)
    let damaged = try Tool.run(["lint"], in: folder)
    #expect(damaged.code == 2 && damaged.errors.contains("sub/base.json:1:1"))
  }

  @Test("what a baseline cannot hold is reported when it is written")
  func syntax() throws {
    let folder = try project(["a.yaml": "plumb: 1\ndata: [\n"])
    let result = try Tool.run(["lint", "--write-baseline", "base.json"], in: folder)
    #expect(result.code == 1 && result.output.contains("Y121"))
    #expect(result.errors.contains("wrote 0 findings"))
  }
}
