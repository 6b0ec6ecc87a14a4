extension ReportFormat {
  /// Logging commands of Azure Pipelines, which knows errors and warnings only.
  static let azure = ReportFormat(name: "azure", summary: "Azure Pipelines") { report in
    report.findings.map { command($0) + "\n" }.joined()
  }
}

private func command(_ finding: Report.Finding) -> String {
  let (diagnostic, start) = (finding.diagnostic, finding.place.start)
  let properties = [
    ("type", diagnostic.level == .error ? "error" : "warning"),
    ("sourcepath", finding.projectPath(of: diagnostic.primary.range)),
    ("linenumber", "\(start.line)"), ("columnnumber", "\(start.column)"),
    ("code", diagnostic.code.code),
  ]
  let list = properties.map { "\($0)=\(escaped(escapedForTerminal($1)));" }.joined()
  let level = diagnostic.level == .advice ? "advice: " : ""
  return "##vso[task.logissue \(list)]\(level)\(escaped(escapedForTerminal(diagnostic.message)))"
}

/// The agent's escapes; a percent sign first.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "%": result += "%AZP25"
    case ";": result += "%3B"
    case "]": result += "%5D"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
