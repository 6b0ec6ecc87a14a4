extension ReportFormat {
  /// JUnit's XML: a suite per file, a failed case per finding, one passed case for a clean file.
  ///
  /// Warnings and advice do not fail a check by themselves; they are cases that passed, with the
  /// message in `system-out`.
  static let junit = ReportFormat(name: "junit", summary: "JUnit XML") { report in
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += """
      <testsuites name="plumb" tests="\(report.files.reduce(0) { $0 + caseCount($1) })" \
      failures="\(report.count(.error))" errors="0">\n
      """
    for file in report.files { text += suite(file, in: report) }
    return text + "</testsuites>\n"
  }
}

private func caseCount(_ file: Report.FileFindings) -> Int { max(1, file.diagnostics.count) }

private func suite(_ file: Report.FileFindings, in report: Report) -> String {
  let name = escapedForXML(report.inProject(file.path))
  let failures = file.diagnostics.count { $0.level == .error }
  var text = """
      <testsuite name="\(name)" tests="\(caseCount(file))" failures="\(failures)" errors="0" \
    skipped="0">\n
    """
  if file.diagnostics.isEmpty {
    text += "    <testcase name=\"no findings\" classname=\"\(name)\"/>\n"
  }
  for finding in report.findings(of: file) { text += testCase(finding) }
  return text + "  </testsuite>\n"
}

private func testCase(_ finding: Report.Finding) -> String {
  let (diagnostic, start) = (finding.diagnostic, finding.place.start)
  let path = escapedForXML(finding.projectPath(of: diagnostic.primary.range))
  let words = ([diagnostic.message] + diagnostic.helps.map { "help: \($0.text)" })
    .joined(separator: "\n")
  let place = "\(path):\(start.line):\(start.column): \(escapedForXML(words))"
  let body =
    switch diagnostic.level {
    case .error:
      """
      <failure message="\(escapedForXML(diagnostic.message))" \
      type="\(diagnostic.level.rawValue)">\(place)</failure>
      """
    case .warning, .advice: "<system-out>\(diagnostic.level.rawValue): \(place)</system-out>"
    }
  return """
        <testcase name="\(diagnostic.code.code) \(diagnostic.code.name)" classname="\(path)" \
    file="\(path)" line="\(start.line)">
          \(body)
        </testcase>\n
    """
}
