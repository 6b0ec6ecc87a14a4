import SpecCompiler
import SpecSyntax
import Tables

/// The facts of a table for people: a line for each column.
struct TableText {
  let facts: TableFacts
  let digest: FileDigest
  let maximumLevels: Int

  init(_ facts: TableFacts, _ digest: FileDigest, maximumLevels: Int) {
    self.facts = facts
    self.digest = digest
    self.maximumLevels = maximumLevels
  }

  var text: String {
    let profile = facts.profile
    let repeated = profile.duplicateRows
    let head = """
      \(escapedForTerminal(profile.path)) · \(profile.format.kind) · \(profile.rows) rows · \
      \(profile.columns.count) columns · \(digest.bytes) bytes
      """
    var lines = [head]
    if repeated > 0 {
      lines.append("\(repeated) \(repeated == 1 ? "row repeats" : "rows repeat") an earlier one")
    }
    let form = profile.format.entries.filter { !$0.value.isEmpty && profile.format.isText }
    lines += form.map { "  \(padded($0.name, 12))\($0.value)  (\($0.evidence))" }
    let shown = profile.columns.prefix(Self.maximumColumns)
    lines += [""] + table(shown.map(row))
    if profile.columns.count > shown.count {
      lines.append("and \(profile.columns.count - shown.count) more columns")
    }
    let remarks = shown.compactMap(remark)
    if !remarks.isEmpty { lines += [""] + remarks }
    return lines.joined(separator: "\n")
  }

  /// Columns that are listed; of images nobody reads more.
  private static let maximumColumns = 200

  private func row(_ column: ColumnProfile) -> [String] {
    [
      name(column), column.type.rawValue, "\(column.missing)", "\(column.distinct)",
      values(of: column),
    ]
  }

  /// The range of numbers with their median, the shares of levels.
  private func values(of column: ColumnProfile) -> String {
    if column.type == .date { return column.dateParts.map(\.rawValue).joined(separator: ", ") }
    if let low = column.minimum, let middle = column.median, let high = column.maximum {
      return low == high ? figure(low) : "\(figure(low)) … \(figure(middle)) … \(figure(high))"
    }
    guard column.type != .identifier, column.type != .text else { return "" }
    let count = Double(max(1, column.rows - column.missing))
    let shown = column.levels.prefix(min(3, maximumLevels)).map { level in
      let name = shortened(escapedForTerminal(level.name), to: 20)
      return "\(name) \(figure(Double(level.count) / count * 100)) %"
    }
    let rest = column.distinct > shown.count && !shown.isEmpty ? ", …" : ""
    return shown.joined(separator: ", ") + rest
  }

  /// What is unusual about a column.
  private func remark(_ column: ColumnProfile) -> String? {
    var words: [String] = []
    switch column.type {
    case .identifier: words.append("names the row, so it is no input: \(column.evidence)")
    case .text: words.append("free text, so it is no input: \(column.evidence)")
    case .constant where maximumLevels > 0 || column.mean != nil:
      words.append("never varies: \(column.evidence)")
    case .constant: words.append("never varies")
    case .numeric, .category, .boolean, .date: break
    }
    if let bad = facts.badCellCounts[column.name] {
      words.append("\(bad) \(bad == 1 ? "cell is" : "cells are") no \(column.type.rawValue) value")
    }
    if let share = column.outlierShare, share > 0.05 {
      words.append("\(figure(share * 100)) % lie far out")
    }
    guard !words.isEmpty else { return nil }
    return "\(name(column)): " + escapedForTerminal(words.joined(separator: "; "))
  }

  private func table(_ rows: [[String]]) -> [String] {
    let rows = [["column", "type", "missing", "distinct", "values"]] + rows
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return [2, 3].contains(column) ? gap + row[column] : row[column] + gap
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func name(_ column: ColumnProfile) -> String {
    shortened(escapedForTerminal(column.name), to: 32)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension TableFormat {
  fileprivate var isText: Bool { encoding.value != "binary" }
}
