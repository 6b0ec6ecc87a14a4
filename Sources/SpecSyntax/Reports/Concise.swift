extension ReportFormat {
  /// A finding a line: `specs/iris.yaml:13:3: error[K101] unknown key `epohcs``.
  static let concise = ReportFormat(name: "concise", summary: "a finding a line") { report in
    report.findings.map { renderConcise($0.diagnostic, in: $0.file.sources) + "\n" }.joined()
  }
}
