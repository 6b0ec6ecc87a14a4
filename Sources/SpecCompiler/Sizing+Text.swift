import SpecSyntax

extension Sizing {
  /// The table for people, as `plumb advise` prints it.
  public var text: String {
    let size = "\(counted(inputs, "input")) → \(counted(outputs, "output"))"
    let head = "hidden neurons · \(size)" + (rows.map { " · \(counted($0, "row"))" } ?? "")
    let lines = rows(of: table)
    return ([head] + lines + contradictions.map { "  they contradict: \($0)" } + notes)
      .joined(separator: "\n")
  }

  private var table: [[String]] {
    var table = [["rule", "value", "on 13 public tables"]]
    table += rules.map { [$0.title, $0.text, $0.evidence] }
    let trials = alternatives.map { "\($0)" }.joined(separator: ", ")
    if let linear {
      table.append([
        "recommended", "none",
        "measured: a linear model scores \(roundedText(linear.line)), "
          + "the network \(roundedText(linear.network))",
      ])
      table.append(["or, with a layer", "\(recommended)", reason])
    } else {
      table.append(["recommended", "\(recommended)", reason])
    }
    table.append(["worth trying", trials, "plumb tune SPEC --over A203"])
    if linear == nil {
      table.append([
        "a linear model", "none",
        "worse on 10 of 13: plumb whatif SPEC --vary 'model.hidden_layers=[],[\(recommended)]'",
      ])
    }
    return table
  }

  /// What other views say of the recommended size.
  private var notes: [String] {
    var notes: [String] = []
    if let rows {
      let share = roundedText(Double(rows) / Double(max(1, parameters)))
      notes.append(
        "  rows for each of \(counted(parameters, "parameter")): \(share); old rules want 5 to 30, "
          + "tuned networks have 0.03 to 2")
    }
    let networks = published.map(\.text).joined(separator: "; ")
    notes.append("  tuned for tables nearest in size: \(networks)")
    notes.append(
      "  tuned on 118 tables, from 1,000 rows on: 256-256-256 with dropout 0.15; "
        + "plumb explain A210")
    return notes
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
