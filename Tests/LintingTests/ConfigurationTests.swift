import Foundation
import SpecCompiler
import SpecSyntax
import TestSupport
import Testing

@testable import Linting

/// A folder of files for one test.
struct Project {
  let folder: String

  init(_ files: [String: String]) throws {
    folder = URL(filePath: try Repository.temporaryFolder()).resolvingSymlinksInPath().path
    for (name, text) in files { try write(text, to: name) }
  }

  func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: PathNames.folder(of: path), withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  func configuration(
    for path: String, _ choice: ConfigurationStore.Choice = .nearest
  ) throws -> Configuration {
    var store = ConfigurationStore(choice, in: folder)
    return try store.configuration(for: path)
  }

  func settings(for path: String) throws -> Settings {
    try configuration(for: path).settings(for: "\(folder)/\(path)")
  }

  /// The level of a kind of finding, "off" for none.
  func level(_ name: String, for path: String = "a.yaml") throws -> String {
    let code = try #require(FindingNames.code(of: name))
    return try settings(for: path).level(of: code).value?.rawValue ?? "off"
  }
}

@Suite("the configuration of a project")
struct ConfigurationTests {
  @Test("the nearest one holds, alone, and the search ends at the project's root")
  func nearest() throws {
    let project = try Project([
      ".plumb.yaml": "fail_on: never\nmax_warnings: 3\n", "specs/.plumb.yaml": "fail_on: advice\n",
      "other/.git/HEAD": "", "specs/deep/er/a.yaml": "",
    ])
    #expect(try project.configuration(for: "a.yaml").failOn.value == .never)
    let inner = try project.configuration(for: "specs/deep/er/a.yaml")
    #expect(inner.failOn.value == .advice && inner.maxWarnings.value == nil)
    #expect(inner.files == ["specs/.plumb.yaml"])
    #expect(inner.failOn.place?.text == "specs/.plumb.yaml:1")
    #expect(try project.configuration(for: "other/a.yaml").failOn.value == .error)
    #expect(try project.configuration(for: "a.yaml", .isolated).failOn.value == .error)
    let named = try project.configuration(for: "a.yaml", .file("specs/.plumb.yaml"))
    #expect(named.failOn.value == .advice)
  }

  @Test("an empty one is one")
  func empty() throws {
    let project = try Project([".plumb.yaml": "fail_on: never\n", "a/.plumb.yaml": "# nothing\n\n"])
    #expect(try project.configuration(for: "a/b.yaml").failOn.value == .error)
    #expect(try project.configuration(for: "a/b.yaml").files == ["a/.plumb.yaml"])
  }

  @Test("the more particular key decides, wherever it stands")
  func ranks() throws {
    let rules = "rules: {B502: error, all: off, folklore: warning, A: advice, B501: default}\n"
    let project = try Project([".plumb.yaml": rules])
    #expect(try project.level("B502") == "error")
    #expect(try project.level("B501") == "advice")
    #expect(try project.level("B504") == "off")
    // A203 rests on folklore, A209 does not.
    #expect(try project.level("A203") == "warning")
    #expect(try project.level("A209") == "advice")
    #expect(try project.level("K107") == "off")
    #expect(try project.level("K101") == "error")
  }

  @Test("a rule that is off by default is on where it is asked for")
  func offByDefault() throws {
    #expect(try Project([:]).level("P904") == "off")
    #expect(try Project([".plumb.yaml": "rules: {P: warning}\n"]).level("P904") == "warning")
    #expect(try Project([".plumb.yaml": "rules: {P: default}\n"]).level("P904") == "off")
  }

  @Test("extended files hold where this one is silent")
  func extends() throws {
    let project = try Project([
      ".plumb.yaml": "extends: [shared/a.yaml, shared/b.yaml]\nrules: {B502: advice}\n",
      "shared/a.yaml": "rules: {B502: error, B503: error}\nfail_on: advice\nmax_warnings: 1\n",
      "shared/b.yaml": "rules: {B503: off, A205: {ratio: 4}}\nfail_on: warning\n",
    ])
    #expect(try project.level("B502") == "advice" && project.level("B503") == "off")
    let configuration = try project.configuration(for: "a.yaml")
    #expect(configuration.failOn.value == .warning)
    #expect(configuration.failOn.place?.text == "shared/b.yaml:2")
    #expect(configuration.maxWarnings.value == 1)
    #expect(configuration.files == [".plumb.yaml", "shared/b.yaml", "shared/a.yaml"])
    #expect(try project.settings(for: "a.yaml").rules.options == ["A205": ["ratio": 4]])
  }

  @Test("files that a pattern matches have rules of their own")
  func perFile() throws {
    let project = try Project([
      ".plumb.yaml": """
        rules: {A205: {level: warning, ratio: 3}}
        per_file:
          drafts/: {all: off}
          "*.small.yaml": {A205: {ratio: 8}}
        """
    ])
    #expect(try project.level("A205") == "warning")
    #expect(try project.level("A205", for: "x/drafts/y/a.yaml") == "off")
    let small = try project.settings(for: "x/a.small.yaml")
    #expect(small.rules.options == ["A205": ["ratio": 8]])
    #expect(try project.level("A205", for: "x/a.small.yaml") == "warning")
    #expect(try project.settings(for: "drafts/a.yaml").rules.off.contains("A205"))
  }

  @Test("what is excluded is relative to the configuration")
  func exclude() throws {
    let project = try Project(["specs/.plumb.yaml": "exclude: [old/, '/x.yaml', '!keep.yaml']\n"])
    let configuration = try project.configuration(for: "specs/a.yaml")
    #expect(configuration.excludes("\(project.folder)/specs/deep/old", isFolder: true))
    #expect(configuration.excludes("\(project.folder)/specs/x.yaml", isFolder: false))
    #expect(!configuration.excludes("\(project.folder)/specs/deep/x.yaml", isFolder: false))
    #expect(configuration.excludes(file: "\(project.folder)/specs/old/deep/a.yaml"))
  }

  @Test("a finding that says that the spec cannot work stays an error")
  func errors() throws {
    let settings = try Project([".plumb.yaml": "rules: {all: off}\n"]).settings(for: "a.yaml")
    let rule = try #require(Rules.named("B503"))
    var finding = Diagnostic(rule.diagnosticCode, "x", at: .none)
    #expect(settings.judged(finding) == nil)
    finding.level = .error
    #expect(settings.judged(finding)?.level == .error)
  }

  @Test("mistakes have a place, a name that was meant, and end the check", arguments: [
    ("rulez: {}\n", "K101", "`rules`"), ("rules: {B520: off}\n", "P911", "`B502`"),
    ("rules: {B502: loud}\n", "K104", ""), ("rules: {K101: off}\n", "P912", "ignore[K101]"),
    ("rules: {unknown-key: {level: advice}}\n", "P912", ""),
    ("rules: {B502: }\n", "P915", "default"), ("rules: {B502: auto}\n", "P915", ""),
    ("rules: {A205: {ration: 3}}\n", "K101", "`ratio`"),
    ("rules: {A205: {ratio: 0}}\n", "K103", ""), ("rules: {A202: {rows: 2.5}}\n", "K102", ""),
    ("rules: {A: {ratio: 3}}\n", "K101", ""),
    ("rules: {B502: off, batch-power-of-two: off}\n", "K106", ""),
    ("fail_on: errors\n", "K104", "`error`"), ("max_warnings: -1\n", "K103", ""),
    ("per_file: {a.yaml: {B999: off}}\n", "P911", ""), ("advice: {sizing: small}\n", "K104", ""),
    ("- a\n", "K102", "mapping"), ("fail_on: [\n", "Y121", ""),
    ("extends: missing.yaml\n", "P913", "missing.yaml"),
    ("extends: .plumb.yaml\n", "P914", ""), ("extends: [b.yaml]\n", "P914", "b.yaml"),
  ])
  func mistakes(text: String, code: String, words: String) throws {
    let project = try Project([".plumb.yaml": text, "b.yaml": "extends: .plumb.yaml\n"])
    let problem = #expect(throws: ConfigurationStore.Problem.self) {
      try project.configuration(for: "a.yaml")
    }
    let found = try #require(problem)
    #expect(found.diagnostics.map(\.code.code) == [code])
    let source = try #require(found.source)
    let shown = found.diagnostics.map { render($0, in: [source]) }.joined()
    #expect(words.isEmpty || shown.contains(words), "\(shown)")
    #expect(shown.contains(".plumb.yaml:") || shown.contains("b.yaml:"))
    #expect(found.message.contains("nothing was checked"))
  }

  @Test("every option of every rule can be set and is documented")
  func options() throws {
    for rule in Rules.all {
      #expect(Set(rule.options.map(\.name)).count == rule.options.count)
      for option in rule.options {
        #expect(option.doc.hasSuffix(".") && option.name != "level")
        let project = try Project([".plumb.yaml": "rules: {\(rule.code): {\(option.name): 7}}\n"])
        let settings = try project.settings(for: "a.yaml")
        #expect(settings.rules.options == [rule.code: [option.name: 7]])
        #expect(settings.value(of: option, of: rule).place?.line == 1)
        #expect(explanation(of: rule).contains("\(option.name), default"))
      }
    }
  }
}
