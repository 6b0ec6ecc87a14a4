extension ReportFormat {
  /// One object with a summary and all findings.
  static let json = ReportFormat(name: "json", summary: "one JSON object") { report in
    JSONValue.object([
      .init("schema_version", 1),
      .init("version", .string(report.version)),
      .init(
        "summary",
        [
          "files": .integer(report.files.count),
          "errors": .integer(report.count(.error)),
          "warnings": .integer(report.count(.warning)),
          "advice": .integer(report.count(.advice)),
          "suppressed": .integer(report.suppressedCount),
        ]),
      .init("findings", .array(report.findings.map { findingJSON($0) })),
      .init(
        "not_checked",
        .array(
          report.files.flatMap { file in
            file.notChecked.map { ["file": .string(file.path), "reason": .string($0)] }
          })),
    ]).text() + "\n"
  }

  /// An object a line for each finding, and nothing else.
  static let jsonLines = ReportFormat(name: "jsonl", summary: "a JSON object a line") { report in
    report.findings.map { findingJSON($0).text(.line) + "\n" }.joined()
  }
}

extension Diagnostic {
  /// The finding for other programs: plain values, positions resolved.
  public func json(in sources: [SourceText]) -> JSONValue {
    let file = Report.FileFindings(
      path: sources[0].name, diagnostics: [self], sources: sources)
    return findingJSON(Report.Finding(file: file, diagnostic: self, inProject: { $0 }))
  }
}

/// A finding as an object; lines and columns count from 1, columns in Unicode scalars, bytes from
/// 0.
private func findingJSON(_ finding: Report.Finding) -> JSONValue {
  let diagnostic = finding.diagnostic
  return [
    "code": .string(diagnostic.code.code),
    "name": .string(diagnostic.code.name),
    "level": .string(diagnostic.level.rawValue),
    "message": .string(diagnostic.message),
    "file": .string(finding.path(of: diagnostic.primary.range)),
    "path": .string(diagnostic.path.description),
    "range": range(diagnostic.primary.range, finding),
    "label": .string(diagnostic.primary.text),
    "labels": .array(
      diagnostic.secondary.map {
        [
          "file": .string(finding.path(of: $0.range)), "range": range($0.range, finding),
          "text": .string($0.text),
        ]
      }),
    "notes": .array(diagnostic.notes.map { .string($0) }),
    "helps": .array(diagnostic.helps.map { help($0, finding) }),
  ]
}

private func help(_ help: Help, _ finding: Report.Finding) -> JSONValue {
  [
    "text": .string(help.text),
    "applicability": help.fix.map { .string($0.applicability.rawValue) } ?? .null,
    "edits": .array(
      (help.fix?.edits ?? []).map {
        [
          "file": .string(finding.path(of: $0.range)), "range": range($0.range, finding),
          "replacement": .string($0.replacement),
        ]
      }),
  ]
}

private func range(_ range: SourceRange, _ finding: Report.Finding) -> JSONValue {
  let source = finding.file.sources[range.source]
  func position(_ offset: Int) -> JSONValue {
    let place = source.position(of: offset)
    return [
      "line": .integer(place.line), "column": .integer(place.column), "byte": .integer(place.byte),
    ]
  }
  return ["start": position(range.lower), "end": position(range.upper)]
}
