extension ReportFormat {
  /// Workflow commands that GitHub shows as annotations on the lines of a pull request.
  ///
  /// GitHub keeps ten annotations of each kind and drops the rest in silence, so the gravest come
  /// first, and a last notice says how many are left out.
  static let github = ReportFormat(name: "github", summary: "GitHub annotations") { report in
    var lines: [String] = []
    var leftOut = 0
    for level in Level.allCases.reversed() {
      let findings = report.findings.filter { $0.diagnostic.level == level }
      // One notice is kept free for the count.
      let room = level == .advice ? 9 : 10
      lines += findings.prefix(room).map { annotation($0) }
      leftOut += max(0, findings.count - room)
    }
    if leftOut > 0 { lines.append("::notice title=plumb::\(leftOut) more in the log") }
    return lines.map { $0 + "\n" }.joined()
  }
}

private func annotation(_ finding: Report.Finding) -> String {
  let (diagnostic, place) = (finding.diagnostic, finding.place)
  let kind =
    switch diagnostic.level {
    case .error: "error"
    case .warning: "warning"
    case .advice: "notice"
    }
  var properties = [
    ("title", "\(diagnostic.code.code) \(diagnostic.code.name)"),
    ("file", finding.projectPath(of: diagnostic.primary.range)), ("line", "\(place.start.line)"),
  ]
  // Columns are only understood where an annotation stays on its line.
  if place.end.line == place.start.line {
    properties += [
      ("col", "\(place.start.column)"), ("endLine", "\(place.end.line)"),
      ("endColumn", "\(max(place.end.column, place.start.column + 1))"),
    ]
  } else {
    properties.append(("endLine", "\(place.end.line)"))
  }
  let words = [diagnostic.message] + diagnostic.helps.map { "help: \($0.text)" }
  let message = words.map(escapedForTerminal).joined(separator: "\n")
  let list = properties.map { "\($0)=\(escapedProperty(escapedForTerminal($1)))" }
  return "::\(kind) \(list.joined(separator: ","))::\(escapedData(message))"
}

/// The runner's escapes for a message: a percent sign first, then line ends.
private func escapedData(_ text: String) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "%": result += "%25"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// The runner's escapes for a property: those of a message, colons and commas.
private func escapedProperty(_ text: String) -> String {
  var result = ""
  for character in escapedData(text).unicodeScalars {
    switch character {
    case ":": result += "%3A"
    case ",": result += "%2C"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}
