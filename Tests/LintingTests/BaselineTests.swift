import SpecCompiler
import SpecSyntax
import Testing

@testable import Linting

@Suite("baselines")
struct BaselineTests {
  private let text = "plumb: 1\ndata: {sorce: a.csv, target: y, x: 1}\nmodel: {z: 1}\n"

  private func findings(_ text: String) -> [Diagnostic] {
    compile(SourceText(name: "a.yaml", text: text)).diagnostics
  }

  private func written(_ text: String, in project: Project) throws -> Baseline {
    var baseline = Baseline(folder: project.folder)
    for finding in findings(text) { baseline.add(finding, in: "\(project.folder)/s/a.yaml") }
    try project.write(baseline.text, to: "base.json")
    return try Baseline(reading: "\(project.folder)/base.json", name: "base.json")
  }

  private func rest(_ text: String, _ baseline: Baseline, _ path: String) -> [String] {
    var (found, suppressed) = (findings(text), [SuppressedFinding]())
    baseline.take(&found, suppressing: &suppressed, path: path)
    return found.map(\.path.description)
  }

  @Test("what was written is not reported again, wherever its lines are")
  func roundTrip() throws {
    let project = try Project([:])
    let baseline = try written(text, in: project)
    let path = "\(project.folder)/s/a.yaml"
    #expect(rest(text, baseline, path) == [])
    #expect(rest("# a\n# b\n" + text, baseline, path) == [])
    #expect(rest(text + "other: 1\n", baseline, path) == ["other"])
    #expect(rest(text, baseline, "\(project.folder)/s/b.yaml").count == 3)
  }

  @Test("the file is sorted, one entry a line, and stable")
  func form() throws {
    let project = try Project([:])
    let baseline = try written(text, in: project)
    let lines = baseline.text.split(separator: "\n")
    #expect(lines[1] == "  \"plumb_baseline\": 1,")
    #expect(
      lines[3] == #"    {"file":"s/a.yaml","rule":"K101","path":"data.sorce","count":1},"#)
    #expect(lines.filter { $0.contains("file") }.count == 3)
    #expect(try written(text, in: project).text == baseline.text)
    #expect(Baseline(folder: "/").text == "{\n  \"plumb_baseline\": 1,\n  \"findings\": []\n}\n")
  }

  @Test("what is gone is counted, and syntax errors are not taken")
  func missing() throws {
    let project = try Project(["s/a.yaml": text])
    let baseline = try written(text, in: project)
    var (found, suppressed) = (findings("plumb: 1\nmodel: {z: 1}\n"), [SuppressedFinding]())
    baseline.take(&found, suppressing: &suppressed, path: "\(project.folder)/s/a.yaml")
    #expect(baseline.missing(from: suppressed, path: "\(project.folder)/s/a.yaml") == 2)
    #expect(baseline.lostFiles == [])
    #expect(try written(text, in: Project([:])).lostFiles == ["s/a.yaml"])
    #expect(try written("plumb: [\n", in: project).counts.isEmpty)
  }

  @Test("a damaged one is refused with its place", arguments: [
    ("{\"plumb_baseline\": 2, \"findings\": []}", "P921"), ("{\"findings\": []}", "K105"),
    ("{\"plumb_baseline\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"K999\"}]}", "P911"),
    ("{\"plumb_baseline\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"Y101\"}]}", "P922"),
    ("{\"plumb_baseline\": 1, \"findings\": [{\"rule\": \"K101\"}]}", "K105"),
    ("{\"plumb_baseline\": 1, \"findngs\": []}", "K101"), ("{\"plumb_baseline\": 1,", "Y121"),
  ])
  func damaged(text: String, code: String) throws {
    let project = try Project(["base.json": text])
    let problem = #expect(throws: ConfigurationStore.Problem.self) {
      try Baseline(reading: "\(project.folder)/base.json", name: "base.json")
    }
    #expect(problem?.diagnostics.map(\.code.code) == [code])
    #expect(problem?.source?.name == "base.json")
  }
}
