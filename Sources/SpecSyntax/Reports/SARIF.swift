extension ReportFormat {
  /// SARIF 2.1.0 as GitHub's code scanning reads it.
  static let sarif = ReportFormat(name: "sarif", summary: "SARIF 2.1.0 for code scanning") {
    report in
    JSONValue.object([
      .init("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
      .init("version", "2.1.0"),
      .init("runs", [SARIFRun(report: report).json]),
    ]).text() + "\n"
  }
}

private struct SARIFRun {
  let report: Report

  var json: JSONValue {
    let codes = report.codes
    var hashes: [String: [String]] = [:]
    var counter = FingerprintCounter()
    return [
      "tool": [
        "driver": [
          "name": "plumb", "semanticVersion": .string(report.version),
          "rules": .array(codes.map { rule($0) }),
        ]
      ],
      "columnKind": "unicodeCodePoints",
      "automationDetails": ["id": "plumb/lint/"],
      "invocations": [["executionSuccessful": true]],
      "results": .array(
        (report.findings + report.suppressedFindings).map { finding in
          let code = finding.diagnostic.code
          return result(
            finding, index: codes.firstIndex(of: code) ?? 0,
            lineHash: lineHash(finding, &hashes), fingerprint: counter.fingerprint(of: finding))
        }),
    ]
  }

  private func rule(_ code: DiagnosticCode) -> JSONValue {
    let help = "\(code.explanation)\n\nplumb explain \(code.code)"
    return [
      "id": .string(code.code), "name": .string(code.name),
      "shortDescription": ["text": .string(String(code.title.prefix(1024)))],
      "fullDescription": ["text": .string(String(code.explanation.prefix(1024)))],
      "help": [
        "text": .string(help),
        "markdown": .string("\(code.explanation)\n\n`plumb explain \(code.code)`"),
      ],
      "defaultConfiguration": ["level": .string(level(code.level))],
      "properties": [
        "tags": [.string(group(code))],
        "precision": .string(code.level == .error ? "very-high" : "medium"),
        "problem.severity": .string(problemSeverity(code.level)),
      ],
    ]
  }

  /// The family of a code, for filtering.
  private func group(_ code: DiagnosticCode) -> String {
    switch code.code.first {
    case "Y": "yaml"
    case "K": "language"
    case "G": "graph"
    case "P": "project"
    case "D": "data"
    default: "advice"
    }
  }

  private func level(_ level: Level) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .advice: "note"
    }
  }

  private func problemSeverity(_ level: Level) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .advice: "recommendation"
    }
  }

  private func lineHash(
    _ finding: Report.Finding, _ hashes: inout [String: [String]]
  ) -> String? {
    let source = finding.file.sources[finding.diagnostic.primary.range.source]
    let all = hashes[source.name] ?? lineHashes(source.text(0..<source.bytes.count))
    hashes[source.name] = all
    let line = finding.place.start.line - 1
    return all.indices.contains(line) ? all[line] : nil
  }

  private func result(
    _ finding: Report.Finding, index: Int, lineHash: String?, fingerprint: String
  ) -> JSONValue {
    let diagnostic = finding.diagnostic
    var fingerprints: [JSONValue.Member] = []
    if let lineHash { fingerprints.append(.init("primaryLocationLineHash", .string(lineHash))) }
    fingerprints.append(.init("plumb/v1", .string(fingerprint)))
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(diagnostic.code.code)), .init("ruleIndex", .integer(index)),
      .init("level", .string(level(diagnostic.level))),
      .init("message", ["text": .string(message(diagnostic))]),
      .init(
        "locations",
        [
          [
            "physicalLocation": physical(diagnostic.primary.range, finding),
            "logicalLocations": [
              ["fullyQualifiedName": .string("\(diagnostic.path)"), "kind": "property"]
            ],
          ]
        ]),
      .init("partialFingerprints", .object(fingerprints)),
    ]
    if !diagnostic.secondary.isEmpty {
      members.append(.init("relatedLocations", .array(related(finding))))
    }
    let fixes = diagnostic.helps.compactMap(\.fix).filter { $0.applicability != .display }
    if !fixes.isEmpty {
      members.append(.init("fixes", .array(fixes.map { fix($0, finding) })))
    }
    if let suppression = finding.suppression {
      var entry: [JSONValue.Member] = [.init("kind", .string(suppression.kind.rawValue))]
      if !suppression.reason.isEmpty {
        entry.append(.init("justification", .string(suppression.reason)))
      }
      members.append(.init("suppressions", [.object(entry)]))
    }
    return .object(members)
  }

  /// The message as sentences, of which the first becomes the title.
  private func message(_ diagnostic: Diagnostic) -> String {
    let related = diagnostic.secondary.indices.map {
      "See [\(linkText(diagnostic.secondary[$0].text))](\($0 + 1))"
    }
    let sentences = [diagnostic.message] + diagnostic.notes + diagnostic.helps.map(\.text) + related
    return sentences.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
      .joined(separator: " ")
  }

  /// A link's words, which may not hold brackets.
  private func linkText(_ text: String) -> String {
    String((text.isEmpty ? "the related place" : text).map { "[]\\".contains($0) ? " " : $0 })
  }

  private func related(_ finding: Report.Finding) -> [JSONValue] {
    finding.diagnostic.secondary.enumerated().map { index, label in
      [
        "id": .integer(index + 1),
        "message": ["text": .string(label.text.isEmpty ? "related" : label.text)],
        "physicalLocation": physical(label.range, finding),
      ]
    }
  }

  private func fix(_ fix: Fix, _ finding: Report.Finding) -> JSONValue {
    [
      "description": ["text": .string(fix.title)],
      "artifactChanges": .array(
        fix.edits.map { edit in
          [
            "artifactLocation": ["uri": .string(uri(finding.projectPath(of: edit.range)))],
            "replacements": [
              [
                "deletedRegion": region(edit.range, finding),
                "insertedContent": ["text": .string(edit.replacement)],
              ]
            ],
          ]
        }),
    ]
  }

  private func physical(_ range: SourceRange, _ finding: Report.Finding) -> JSONValue {
    [
      "artifactLocation": ["uri": .string(uri(finding.projectPath(of: range)))],
      "region": region(range, finding),
    ]
  }

  private func region(_ range: SourceRange, _ finding: Report.Finding) -> JSONValue {
    let source = finding.file.sources[range.source]
    let (start, end) = (source.position(of: range.lower), source.position(of: range.upper))
    return [
      "startLine": .integer(start.line), "startColumn": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
    ]
  }

  /// A path as a relative address: everything but letters, digits and `-._~/` percent-encoded.
  private func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~/".contains(character) {
        result.append(character)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + String(repeating: "0", count: 2 - digits.count) + digits
      }
    }
    return result
  }
}
