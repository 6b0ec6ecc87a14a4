import ArgumentParser
import Linting
import SpecSyntax

/// A format of `plumb lint` and where it goes.
struct LintFormat: ExpressibleByArgument, Equatable {
  enum Kind: Equatable {
    /// The findings with excerpts, for people.
    case full
    /// For other programs, by name.
    case machine(String)
  }

  let kind: Kind
  /// Nil for standard output.
  let file: String?

  /// Excerpts on standard output.
  static let full = LintFormat(kind: .full, file: nil)

  private init(kind: Kind, file: String?) {
    self.kind = kind
    self.file = file
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if name == "full" || name == "text" {
      kind = .full
    } else if ReportFormat.named(name) != nil {
      kind = .machine(name)
    } else {
      return nil
    }
    file = parts.count == 2 ? String(parts[1]) : nil
    if file?.isEmpty == true { return nil }
  }

  static var allValueStrings: [String] { ["full"] + ReportFormat.all.map(\.name) }

  /// The text of a report; findings for people are coloured on a terminal only.
  func render(_ report: Report, statistics: Bool) -> String {
    switch kind {
    case .machine(let name): ReportFormat.named(name)?.render(report) ?? ""
    case .full where statistics: StatisticsText.of(report)
    case .full:
      FullText.of(report, isColoured: file == nil && Console.isColoured)
    }
  }
}

/// A report for people: every finding with its excerpt, a line for each file, a total.
enum FullText {
  static func of(_ report: Report, isColoured: Bool) -> String {
    let isAlone = report.files.count == 1
    let sections = parallelResults(report.files.count) { index in
      section(of: report.files[index], isAlone: isAlone, isColoured: isColoured)
    }
    var lines = sections.compactMap { $0 }
    if !isAlone, !report.files.isEmpty { lines.append(total(report)) }
    if let last = lines.popLast() {
      lines.append(last.hasSuffix("\n") ? String(last.dropLast()) : last)
    }
    if let words = FixText.offer(report) { lines.append(words) }
    return lines.joined(separator: "\n")
  }

  /// What there is to say of a file; of many files only those are named about which there is
  /// something.
  private static func section(
    of file: Report.FileFindings, isAlone: Bool, isColoured: Bool
  ) -> String? {
    guard isAlone || !file.diagnostics.isEmpty else { return nil }
    if !isColoured, let text = file.text { return text }
    return text(of: file, isColoured: isColoured)
  }

  /// What there is to say of a file, with an empty line after it.
  static func text(of file: Report.FileFindings, isColoured: Bool) -> String {
    var lines: [String] = []
    if !file.diagnostics.isEmpty {
      lines.append(Findings(file.diagnostics, file.sources).text(isColoured: isColoured))
    }
    let count = Findings.count(file.diagnostics, suppressed: file.suppressed.count)
    lines.append("\(escapedForTerminal(file.path)): \(count); checked \(file.checked)")
    lines += file.notChecked.map { "not checked: \(escapedForTerminal($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func total(_ report: Report) -> String {
    let count = Findings.words(
      errors: report.count(.error), warnings: report.count(.warning),
      advice: report.count(.advice), suppressed: report.suppressedCount)
    let partly = report.files.count { !$0.notChecked.isEmpty }
    let rest = partly == 0 ? "" : "; \(partly) not checked whole"
    return "\(report.files.count) specs: \(count)\(rest)"
  }
}

/// How often each kind of finding occurs, the most frequent first.
enum StatisticsText {
  static func of(_ report: Report) -> String {
    var counts: [DiagnosticCode: Int] = [:]
    for code in report.files.flatMap(\.diagnostics).map(\.code) { counts[code, default: 0] += 1 }
    let rows = counts.sorted { ($1.value, $0.key.code) < ($0.value, $1.key.code) }
    let width = rows.first.map { "\($0.value)".count } ?? 0
    let lines = rows.map { code, count in
      let number = "\(count)"
      return String(repeating: " ", count: width - number.count)
        + "\(number)  \(code.level.rawValue)[\(code.code)]  \(code.name)"
    }
    return lines.isEmpty ? "no findings" : lines.joined(separator: "\n")
  }
}

/// What fixes did, or could do, in words.
enum FixText {
  /// "fixed 3 findings: K101 unknown-key 2, …".
  static func of(_ fixed: [[DiagnosticCode: Int]]) -> String {
    let counts = fixed.reduce(into: [DiagnosticCode: Int]()) { $0.merge($1, uniquingKeysWith: +) }
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return "nothing was fixed" }
    let parts = counts.sorted { $0.key.code < $1.key.code }
      .map { "\($0.key.code) \($0.key.name) \($0.value)" }
    return "fixed \(total) \(total == 1 ? "finding" : "findings"): "
      + parts.joined(separator: ", ")
  }

  /// How many findings could be fixed by the program; nil if none.
  static func offer(_ report: Report) -> String? {
    var (safe, others) = (0, 0)
    for file in report.files {
      for finding in file.diagnostics {
        let fix = finding.helps.lazy.compactMap(\.fix).first {
          $0.applicability != .display && $0.edits.allSatisfy { $0.range.source == 0 }
        }
        guard let fix else { continue }
        if fix.applicability == .safe { safe += 1 } else { others += 1 }
      }
    }
    switch (safe, others) {
    case (0, 0): return nil
    case (_, 0): return "\(safe) fixable with --fix"
    case (0, _): return "\(others) fixable with --fix --unsafe-fixes"
    default: return "\(safe) fixable with --fix, \(others) more with --unsafe-fixes"
    }
  }
}
