/// The mean score by the levels of one key, a line for each level of another: parallel lines are
/// no interaction.
struct InteractionPlot {
  struct Line {
    /// A level of the other key.
    var name: String
    /// By level; nil where there is no score.
    var values: [Double?]
  }

  /// The levels along the plot.
  var levels: [String]
  var lines: [Line]

  private static let widestCells = 44
  private static let inks: [TerminalLook.Ink] = [.training, .validation, .done, .plain]

  /// The plot in so many rows and at most so many columns; empty where it would show nothing.
  func text(columns: Int, rows: Int, look: TerminalLook) -> [String] {
    let all = lines.flatMap { $0.values.compactMap(\.self) }
    guard let least = all.min(), let greatest = all.max(), greatest > least, rows >= 2,
      levels.count > 1
    else { return [] }
    var labels = [String](repeating: "", count: rows)
    (labels[0], labels[rows - 1]) = (steadyFigure(greatest), steadyFigure(least))
    let labelWidth = labels.map(\.count).max() ?? 0
    let nameWidth = min(24, lines.map(\.name.count).max() ?? 0)
    let room = columns - labelWidth - 4 - nameWidth
    guard room >= 8 else { return [] }
    let cells = min(room, Self.widestCells)
    var canvas = DotCanvas(cells: cells, rows: rows, look: look)
    let height = { (value: Double) in (value - least) / (greatest - least) }
    var ends: [Int: (name: String, ink: TerminalLook.Ink)] = [:]
    for (index, line) in lines.enumerated() {
      let ink = Self.inks[index % Self.inks.count]
      canvas.draw(heights(of: line, canvas.columns, height), ink)
      guard let last = line.values.last(where: { $0 != nil }), let last else { continue }
      let own = canvas.row(of: height(last))
      // Several may end in one row; a name then moves to the nearest free one.
      let free = (0..<rows).filter { ends[$0] == nil }
        .min { (abs($0 - own), $0) < (abs($1 - own), $1) }
      if let free { ends[free] = (shortened(line.name, to: nameWidth), ink) }
    }
    let body = (0..<rows).map { row in
      let label = String(repeating: " ", count: labelWidth - labels[row].count) + labels[row]
      let end = ends[row].map { "  " + look.paint($0.name, $0.ink) } ?? ""
      return trimmed(look.paint(label, .secondary) + "  " + canvas.line(row) + end)
    }
    let under = String(repeating: " ", count: labelWidth + 2) + marks(cells)
    return body + [look.paint(trimmed(under), .secondary)]
  }

  /// The heights of a line in every column of dots, straight between its levels.
  private func heights(
    of line: Line, _ columns: Int, _ height: (Double) -> Double
  ) -> [Double?] {
    (0..<columns).map { column in
      let place = Double(column) * Double(levels.count - 1) / Double(max(1, columns - 1))
      let left = min(Int(place), levels.count - 2)
      let share = place - Double(left)
      if share == 0, let own = line.values[left] { return height(own) }
      guard let first = line.values[left], let second = line.values[left + 1] else { return nil }
      return height(first + share * (second - first))
    }
  }

  /// The levels under their places; of many as many as there is room for.
  private func marks(_ cells: Int) -> String {
    let (last, longest) = (levels.count - 1, levels.map(\.count).max() ?? 1)
    let every = min(last, max(1, ((longest + 2) * last + cells - 1) / cells))
    let shown = levels.indices.filter { $0 % every == 0 }
    let room = max(3, cells / shown.count - 1)
    var text = ""
    for index in shown {
      let name = shortened(levels[index], to: room)
      let middle = index * (cells - 1) / last - name.count / 2
      let start = min(max(0, middle), cells - name.count)
      guard start > text.count || text.isEmpty else { continue }
      text += String(repeating: " ", count: start - text.count) + name
    }
    return text
  }

  private func shortened(_ text: String, to width: Int) -> String {
    text.count > width ? text.prefix(max(1, width - 1)) + "…" : text
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
