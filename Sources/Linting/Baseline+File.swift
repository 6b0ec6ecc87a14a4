internal import SpecCompiler
internal import SpecSyntax
internal import Tables

extension Baseline {
  /// The baseline as JSON: an entry a line, sorted, so that a change of one is a change of a line.
  public var text: String {
    let entries = counts.sorted { a, b in
      (a.key.file, a.key.rule, a.key.path) < (b.key.file, b.key.rule, b.key.path)
    }
    let lines = entries.map { entry, count in
      let object: JSONValue = [
        "file": .string(entry.file), "rule": .string(entry.rule), "path": .string(entry.path),
        "count": .integer(count),
      ]
      return "    " + object.text(.line)
    }
    let list = lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n  ]"
    return "{\n  \"plumb_baseline\": 1,\n  \"findings\": \(list)\n}\n"
  }

  /// Reads a baseline at an absolute path; `name` is what messages call it.
  public init(
    reading path: String, name: String
  ) throws(ConfigurationStore.Problem) {
    self.init(folder: PathNames.folder(of: path))
    let source: SourceText
    do throws(TableError) {
      source = SourceText(name: name, bytes: try readFile(at: path, maximumBytes: 1 << 20))
    } catch {
      throw ConfigurationStore.Problem(
        message: "the baseline `\(name)`: \(error.message)",
        hint: "`plumb lint --write-baseline FILE` writes one")
    }
    var log = DiagnosticLog()
    if let tree = parse(source, into: &log) {
      let reading = SpecSyntax.read(
        BaselineSection.self, from: tree.root, noun: "baseline", into: &log)
      for entry in reading.section.findings.wrappedValue {
        let code = FindingNames.code(of: entry.rule.wrappedValue)?.code ?? entry.rule.wrappedValue
        add(
          Entry(file: entry.file.wrappedValue, rule: code, path: entry.path.wrappedValue),
          count: entry.count.wrappedValue)
      }
    }
    guard log.hasErrors else { return }
    throw ConfigurationStore.Problem(
      diagnostics: log.sorted, source: source,
      message: "the baseline `\(name)` cannot be used: nothing was checked",
      hint: "write it again: plumb lint --write-baseline \(name)")
  }
}

/// A baseline as it is written.
private struct BaselineSection: FieldReadable {
  var version: Located<Int>
  var findings: Located<[BaselineEntry]>

  init(reading fields: inout FieldReader) {
    version = fields.required(
      "plumb_baseline", .integer(0...1_000_000), doc: "The version of the form: 1.")
    findings = fields.field(
      "findings", .list(of: .section(show: { _ in "{…}" })), default: [],
      doc: "What is not reported.")
    if version.isWritten, version.wrappedValue != 1 {
      fields.report(.unknownBaseline(version: version.wrappedValue, at: version.projectedValue))
    }
  }
}

private struct BaselineEntry: FieldReadable {
  var file: Located<String>
  var rule: Located<String>
  var path: Located<String>
  var count: Located<Int>

  init(reading fields: inout FieldReader) {
    file = fields.required(
      "file", .text("path"), doc: "The spec, relative to the baseline.")
    rule = fields.required("rule", .text("code"), doc: "The code of the finding.")
    path = fields.field(
      "path", .textOrEmpty("path"), default: "", doc: "Where in the spec it was found.")
    count = fields.field("count", .positive, default: 1, doc: "How often.")
    guard rule.isWritten else { return }
    let place = fields.path.key("rule")
    if let code = FindingNames.code(of: rule.wrappedValue) {
      guard code.isSyntaxError else { return }
      fields.report(.syntaxErrorInBaseline(code, at: rule.projectedValue, path: place))
    } else if !rule.wrappedValue.isEmpty {
      fields.report(
        .unknownRule(rule.wrappedValue, groups: [], at: rule.projectedValue, path: place))
    }
  }
}
