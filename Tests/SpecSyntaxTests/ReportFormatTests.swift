import Foundation
import TestSupport
import Testing

@testable import SpecSyntax

/// A report on two files: one with findings of every level, one clean.
private func report(
  key: String = "epohcs", message: String? = nil, path: String = "specs/a b.yaml"
) -> Report {
  let text = "plumb: 1\ntraining:\n  \(key): 50\n  batch_size: 50\n"
  let source = SourceText(name: path, text: text)
  let start = text.utf8.count - "\(key): 50\n  batch_size: 50\n".utf8.count
  let keyRange = SourceRange(source: 0, lower: start, upper: start + key.utf8.count)
  let sizeRange = SourceRange(source: 0, lower: text.utf8.count - 3, upper: text.utf8.count - 1)
  let unknown = DiagnosticCode(
    "K101", "unknown-key", title: "a key that the language does not have",
    explanation: "A misspelt key would be ignored.")
  let odd = DiagnosticCode(
    "B502", "odd-batch", .advice, title: "an odd batch", explanation: "It is slower.")
  let risky = DiagnosticCode(
    "E601", "risky-rate", .warning, title: "a risky rate", explanation: "It may diverge.")
  let findings = [
    Diagnostic(
      unknown, message ?? "unknown key `\(key)` in `training`", at: keyRange, label: "not a key",
      path: SpecPath.root.key("training").key(key),
      secondary: [Label(SourceRange(source: 0, lower: 9, upper: 17), "this section")],
      notes: ["it would be ignored"],
      helps: [
        Help(
          "a key with a similar name exists: `epochs`",
          fix: Fix("use `epochs`", [Edit(keyRange, "epochs")], .safe))
      ]),
    Diagnostic(odd, "batch size 50 is odd", at: sizeRange, path: "training.batch_size"),
    Diagnostic(risky, "a risky rate", at: sizeRange, path: "training.batch_size"),
  ]
  return Report(
    [
      .init(path: path, diagnostics: findings, sources: [source]),
      .init(
        path: "specs/clean.yaml", diagnostics: [],
        sources: [SourceText(name: "specs/clean.yaml", text: "plumb: 1\n")],
        notChecked: ["columns: `--no-data` was given"]),
    ], version: "0.1.0")
}

@Suite("reports for other programs")
struct ReportFormatTests {
  @Test("a report is what the golden file holds", arguments: ReportFormat.all.map(\.name))
  func golden(name: String) throws {
    let format = try #require(ReportFormat.named(name))
    #expect(Golden.matches(format.render(report()), "Tests/SpecSyntaxTests/Golden/report.\(name)"))
  }

  @Test("suppressed findings are results of SARIF where asked for, and of no other format")
  func suppressed() throws {
    var report = report()
    let finding = report.files[0].diagnostics.removeLast()
    report.files[0].suppressed = [
      SuppressedFinding(finding, .inSource, reason: "why"), SuppressedFinding(finding, .external),
    ]
    for format in ReportFormat.all where format.name != "json" {
      #expect(!format.render(report).contains("E601"), "\(format.name)")
    }
    report.showsSuppressed = true
    let text = try #require(ReportFormat.named("sarif")).render(report)
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let run = try #require((value?["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    let found = results.map { ($0["suppressions"] as? [[String: String]])?.first }
    #expect(
      found == [nil, nil, ["kind": "inSource", "justification": "why"], ["kind": "external"]])
    let json = try #require(ReportFormat.named("json")).render(report)
    #expect(json.contains("\"suppressed\": 2") && !json.contains("E601"))
  }

  @Test("a build server is told paths of the project")
  func projectPaths() {
    var report = report(path: "./a.yaml")
    report.inProject = { "models/\($0.dropFirst(2))" }
    for format in ReportFormat.all where !["concise", "json", "jsonl"].contains(format.name) {
      let text = format.render(report)
      #expect(text.contains("models/a.yaml") && !text.contains("./a.yaml"), "\(format.name)")
    }
  }

  @Test("a clean report is an empty list, not an empty file", arguments: ["gitlab", "json", "sarif"])
  func clean(name: String) throws {
    let format = try #require(ReportFormat.named(name))
    let text = format.render(Report([], version: "0.1.0"))
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    switch name {
    case "gitlab": #expect((value as? [Any])?.isEmpty == true)
    case "json": #expect(((value as? [String: Any])?["findings"] as? [Any])?.isEmpty == true)
    default:
      let runs = (value as? [String: Any])?["runs"] as? [[String: Any]]
      #expect((runs?.first?["results"] as? [Any])?.isEmpty == true)
    }
  }

  @Test("nothing that a spec holds starts a line that a build server obeys", arguments: ReportFormat.all.map(\.name))
  func injection(name: String) throws {
    let format = try #require(ReportFormat.named(name))
    for attack in ["x\n::add-mask::secret", "x\r##vso[task.setvariable]y", "\u{1B}[31mred", "a\u{2028}::error::b"] {
      let text = format.render(report(message: attack, path: "specs/\(attack).yaml"))
      for line in text.split(omittingEmptySubsequences: true, whereSeparator: { $0.isNewline }) {
        #expect(!line.hasPrefix("::add-mask") && !line.hasPrefix("##vso[task.setvariable"), "\(line)")
        #expect(!line.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x2028 }, "\(line)")
      }
    }
  }

  @Test("annotations beyond the runner's limit are counted")
  func annotationLimit() throws {
    var many = report()
    many.files[0].diagnostics = (0..<14).map { _ in many.files[0].diagnostics[0] }
    let lines = try #require(ReportFormat.named("github")).render(many).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error") } == 10)
    #expect(lines.last == "::notice title=plumb::4 more in the log")
  }

  @Test("equal findings have fingerprints of their own, which lines above do not change")
  func fingerprints() {
    var counter = FingerprintCounter()
    let finding = report().findings[0]
    let (first, second) = (counter.fingerprint(of: finding), counter.fingerprint(of: finding))
    #expect(first != second)
    var moved = finding.diagnostic
    moved.primary.range.lower += 3
    moved.message = "other words"
    var again = FingerprintCounter()
    #expect(again.fingerprint(of: .init(file: finding.file, diagnostic: moved, inProject: { $0 })) == first)
  }

  @Test("line hashes are those of GitHub's upload action")
  func lineHashVectors() {
    #expect(lineHashes("") == ["c129715d7a2bc9a3:1"])
    #expect(
      lineHashes(" a\nb\n  \t\tc\n d") == [
        "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1",
      ])
    let lorem = lineHashes(String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10))
    #expect(
      lorem == (1...6).map { "a7f2ff13bc495cf2:\($0)" } + [
        "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1",
      ])
    #expect(lineHashes("a\r\nb\rc") == lineHashes("a\nb\nc"))
  }

  @Test("JSON text is what Foundation reads back")
  func jsonText() throws {
    let nasty = "\"\\\n\r\t\u{0}\u{7F}\u{85}\u{2028}\u{202E}é😀"
    let value: JSONValue = ["text": .string(nasty), "list": [1, true, .null, .number(0.5)], "none": []]
    for layout in [JSONValue.Layout.line, .indented] {
      let data = Data(value.text(layout).utf8)
      let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(read["text"] as? String == nasty)
      #expect((read["list"] as? [Any])?.count == 4)
    }
    #expect(!value.text(.line).contains("\n"))
  }

  @Test("SARIF is valid by the standard's schema")
  func sarifSchema() throws {
    guard let schema = Repository.shared.map({ "\($0)/schemas/sarif-schema-2.1.0.json" }),
      FileManager.default.fileExists(atPath: schema)
    else {
      print("skipped: the schema of SARIF is not there")
      return
    }
    let folder = try Repository.temporaryFolder()
    try #require(ReportFormat.named("sarif")).render(report())
      .write(toFile: "\(folder)/a.sarif", atomically: true, encoding: .utf8)
    let script = """
      import json, sys
      try: import jsonschema
      except ImportError: print("absent"); sys.exit(0)
      schema, value = (json.load(open(p)) for p in sys.argv[1:])
      print([e.message for e in jsonschema.Draft4Validator(schema).iter_errors(value)])
      """
    let line = "python3 -c '\(script)' '\(schema)' a.sarif 2>/dev/null || echo absent"
    let found = try Tool.shell(line, in: folder).trimmingCharacters(in: .whitespacesAndNewlines)
    if found == "absent" { print("skipped: python3 with jsonschema is not there") }
    #expect(found == "[]" || found == "absent")
  }
}
