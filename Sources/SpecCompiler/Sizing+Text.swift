extension Sizing {
  /// The table for people, as `plumb advise` prints it.
  public var text: String {
    let size = "\(counted(inputs, "input")) → \(counted(outputs, "output"))"
    let head = "hidden neurons · \(size)" + (rows.map { " · \(counted($0, "row"))" } ?? "")
    let lines = rows(of: table)
    return ([head] + lines + contradictions.map { "  they contradict: \($0)" })
      .joined(separator: "\n")
  }

  private var table: [[String]] {
    var table = [["rule", "value", "on 13 public tables"]]
    table += rules.map { [$0.title, $0.text, $0.evidence] }
    table.append(["recommended", "\(recommended)", reason])
    let trials = alternatives.map { "\($0)" }.joined(separator: ", ")
    let first = alternatives.first ?? recommended
    table.append(["worth trying", trials, "--set model.hidden_layers=[\(first)]"])
    return table
  }

  /// Cells as lines: each column as wide as its longest cell and four blanks.
  private func rows(of table: [[String]]) -> [String] {
    let widths = [0, 1].map { column in (table.map { $0[column].count }.max() ?? 0) + 4 }
    return table.map { cells in
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return "  " + padded.joined() + cells[2]
    }
  }
}
