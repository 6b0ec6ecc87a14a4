extension ReportFormat {
  /// A finding a line: `specs/iris.yaml:13:3: error[K101] unknown key `epohcs``.
  static let concise = ReportFormat(name: "concise", summary: "a finding a line") { report in
    report.findings.map { conciseLine($0) + "\n" }.joined()
  }
}

private func conciseLine(_ finding: Report.Finding) -> String {
  let (diagnostic, start) = (finding.diagnostic, finding.place.start)
  let path = escapedForTerminal(finding.path(of: diagnostic.primary.range))
  let fix = diagnostic.helps.first { $0.fix != nil }.map { " (\(escapedForTerminal($0.text)))" }
  return """
    \(path):\(start.line):\(start.column): \(diagnostic.level.rawValue)[\(diagnostic.code.code)] \
    \(escapedForTerminal(diagnostic.message))\(fix ?? "")
    """
}
