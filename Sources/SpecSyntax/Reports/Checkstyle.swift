extension ReportFormat {
  /// Checkstyle's XML, which many build servers read.
  static let checkstyle = ReportFormat(name: "checkstyle", summary: "Checkstyle XML") { report in
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
    for file in report.files {
      text += "  <file name=\"\(escapedForXML(report.inProject(file.path)))\">\n"
      for finding in report.findings(of: file) { text += line(finding) }
      text += "  </file>\n"
    }
    return text + "</checkstyle>\n"
  }
}

private func line(_ finding: Report.Finding) -> String {
  let (diagnostic, start) = (finding.diagnostic, finding.place.start)
  let severity =
    switch diagnostic.level {
    case .error: "error"
    case .warning: "warning"
    case .advice: "info"
    }
  return """
        <error line="\(start.line)" column="\(start.column)" severity="\(severity)" \
    message="\(escapedForXML(diagnostic.message))" source="plumb.\(diagnostic.code.code)"/>\n
    """
}
