extension ReportFormat {
  /// GitLab's Code Quality report: an array, empty where nothing was found.
  static let gitlab = ReportFormat(name: "gitlab", summary: "GitLab Code Quality") { report in
    var counter = FingerprintCounter()
    let issues = report.findings.map { finding -> JSONValue in
      let diagnostic = finding.diagnostic
      return [
        "description": .string("\(diagnostic.code.code): \(diagnostic.message)"),
        "check_name": .string(diagnostic.code.name),
        "fingerprint": .string(counter.fingerprint(of: finding)),
        "severity": .string(severity(diagnostic)),
        "location": [
          "path": .string(finding.projectPath(of: diagnostic.primary.range)),
          "lines": ["begin": .integer(finding.place.start.line)],
        ],
      ]
    }
    return JSONValue.array(issues).text() + "\n"
  }
}

private func severity(_ diagnostic: Diagnostic) -> String {
  switch diagnostic.level {
  case .error: diagnostic.code.isSyntax ? "critical" : "major"
  case .warning: "minor"
  case .advice: "info"
  }
}

extension DiagnosticCode {
  /// Whether it says that the text could not be read as YAML.
  public var isSyntax: Bool { code.hasPrefix("Y0") || code.hasPrefix("Y1") }
}

/// Gives findings names that stay when lines above them come and go.
struct FingerprintCounter {
  private var counts: [String: Int] = [:]

  /// A hash of the rule, the file, the place in the spec's structure, and how many alike came
  /// before: no line and no message, so that an edit above a finding does not make it a new one.
  mutating func fingerprint(of finding: Report.Finding) -> String {
    let diagnostic = finding.diagnostic
    let file = finding.projectPath(of: diagnostic.primary.range)
    let identity = "\(diagnostic.code.code)\u{0}\(file)\u{0}\(diagnostic.path)"
    counts[identity, default: 0] += 1
    return hash("\(identity)\u{0}\(counts[identity, default: 1])")
  }

  /// Two FNV-1a hashes of 64 bits from different offsets, in hexadecimal digits.
  private func hash(_ text: String) -> String {
    let offsets: [UInt64] = [0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142]
    return offsets.map { offset in
      let value = text.utf8.reduce(offset) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
