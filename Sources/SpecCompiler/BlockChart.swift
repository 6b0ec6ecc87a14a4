/// Columns of blocks over an axis that begins at 0, eight steps of height to a line.
struct BlockChart {
  /// The height of each column as a share of the chart's.
  var shares: [Double]
  /// What the top of the chart stands for.
  var label: String
  /// What the first and the last column stand for.
  var first: String
  var last: String
  /// Signs between the axis and its scale, by column.
  var marks: [Int: Character] = [:]

  private static let height = 5

  /// The chart line by line, indented by two.
  var lines: [String] {
    let width = label.count
    let rows = (0..<Self.height).map { line in
      let name = line == 0 ? label : String(repeating: " ", count: width)
      return "  \(name) │" + shares.map { block($0, line) }.joined()
    }
    let blank = String(repeating: " ", count: width - 1)
    let axis = "  \(blank)0 └" + String(repeating: "─", count: shares.count)
    let signs = "  \(blank)   " + String(shares.indices.map { marks[$0] ?? " " })
    let gap = String(repeating: " ", count: max(1, shares.count - first.count - last.count))
    let scale = "  \(blank)   \(first)\(gap)\(last)"
    return rows.map { trimmed($0) } + [axis] + (marks.isEmpty ? [] : [trimmed(signs)]) + [scale]
  }

  /// The block of one column in a line counted from the top.
  private func block(_ share: Double, _ line: Int) -> String {
    let eighths = max(share > 0 ? 1 : 0, Int((share * Double(Self.height) * 8).rounded()))
    let own = min(8, max(0, eighths - (Self.height - 1 - line) * 8))
    return [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][own]
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
