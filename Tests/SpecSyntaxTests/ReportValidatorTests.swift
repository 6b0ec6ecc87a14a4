import Foundation
import TestSupport
import Testing

/// The golden reports, read by programs that are not ours.
@Suite("reports, read by other programs")
struct ReportValidatorTests {
  private func golden(_ name: String) -> String {
    Repository.path("Tests/SpecSyntaxTests/Golden/report.\(name)")
  }

  /// What a validator says and its exit code; nil where it is not on this machine.
  private func ask(_ validator: String, _ arguments: [String]) throws -> String? {
    guard let program = Tool.validator(validator) else { return nil }
    let line = ([program] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try Tool.shell(
      "\(line) 2>&1; echo \"exit $?\"", in: Repository.temporaryFolder()
    ).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("JSON is what its published schema says")
  func json() throws {
    let schema = Repository.path("specs/lint-report.schema.json")
    let said = try ask("check-jsonschema", ["--schemafile", schema, golden("json")])
    #expect(said == nil || said?.hasSuffix("exit 0") == true, "\(said ?? "")")
  }

  @Test("every line of JSON Lines is a finding of that schema")
  func jsonLines() throws {
    let lines = try String(contentsOfFile: golden("jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(!lines.isEmpty)
    let folder = try Repository.temporaryFolder()
    let whole = """
      {"schema_version": 1, "version": "", "not_checked": [],
       "summary": {"files": 0, "errors": 0, "warnings": 0, "advice": 0},
       "findings": [\(lines.joined(separator: ","))]}
      """
    try whole.write(toFile: "\(folder)/lines.json", atomically: true, encoding: .utf8)
    let schema = Repository.path("specs/lint-report.schema.json")
    let said = try ask("check-jsonschema", ["--schemafile", schema, "\(folder)/lines.json"])
    #expect(said == nil || said?.hasSuffix("exit 0") == true, "\(said ?? "")")
  }

  @Test("GitLab's report has what GitLab reads")
  func gitlab() throws {
    let schema = Repository.path("Tests/Fixtures/ci/gitlab.schema.json")
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(atPath: golden("gitlab"), toPath: "\(folder)/a.json")
    let said = try ask("check-jsonschema", ["--schemafile", schema, "\(folder)/a.json"])
    #expect(said == nil || said?.hasSuffix("exit 0") == true, "\(said ?? "")")
  }

  @Test("checkstyle's report has the elements that its readers know")
  func checkstyle() throws {
    let schema = Repository.path("Tests/Fixtures/ci/checkstyle.xsd")
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(atPath: golden("checkstyle"), toPath: "\(folder)/a.xml")
    let said = try ask("xmlschema-validate", ["--schema", schema, "\(folder)/a.xml"])
    #expect(said == nil || said?.hasSuffix("exit 0") == true, "\(said ?? "")")
  }

  @Test("a JUnit reader finds the error in the report")
  func junit() throws {
    // It ends with 1 because the report has a failure, and with a stack trace if it cannot read.
    let said = try ask("junitparser", ["verify", golden("junit")])
    #expect(said == nil || said == "exit 1", "\(said ?? "")")
  }

  @Test("the hooks and the action are what their programs accept")
  func manifests() throws {
    let action = try ask(
      "check-jsonschema",
      ["--builtin-schema", "vendor.github-actions", Repository.path("action.yml")])
    #expect(action == nil || action?.hasSuffix("exit 0") == true, "\(action ?? "")")
    let hooks = try ask(
      "pre-commit", ["validate-manifest", Repository.path(".pre-commit-hooks.yaml")])
    #expect(hooks == nil || hooks?.hasSuffix("exit 0") == true, "\(hooks ?? "")")
  }

  @Test(
    "the pipelines on the page are what their servers accept",
    arguments: [("GitHub", "vendor.github-workflows"), ("GitLab", "vendor.gitlab-ci")])
  func pipelines(server: String, schema: String) throws {
    let page = try String(contentsOfFile: Repository.path("specs/ci.md"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "### \(server)\n").last)
    let block = try #require(section.components(separatedBy: "```yaml\n").dropFirst().first)
    let text = try #require(block.components(separatedBy: "```").first)
    let folder = try Repository.temporaryFolder()
    try text.write(toFile: "\(folder)/pipeline.yml", atomically: true, encoding: .utf8)
    let said = try ask(
      "check-jsonschema", ["--builtin-schema", schema, "\(folder)/pipeline.yml"])
    #expect(said == nil || said?.hasSuffix("exit 0") == true, "\(said ?? "")")
  }
}
