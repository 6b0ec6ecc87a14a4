import SpecSyntax
import Training

/// A breakdown as text: the matrix of classes, or the shares below each quantile.
struct BreakdownText {
  /// Matrices of more classes would not fit a screen; the commonest mistakes stand for them.
  private static let mostClasses = 12

  private let breakdown: Breakdown

  init(_ breakdown: Breakdown) { self.breakdown = breakdown }

  /// Empty where there is nothing to show.
  var lines: [String] {
    var lines: [String] = []
    if let matrix = breakdown.confusion {
      lines =
        matrix.classes.count <= Self.mostClasses ? table(of: matrix) : commonest(in: matrix)
    }
    if let coverage = breakdown.coverage { lines += Self.lines(coverage) }
    return lines.isEmpty ? [] : [""] + lines
  }

  /// "quantile 0.9: 91 % of the rows lie below".
  static func lines(_ coverage: [Breakdown.Coverage]) -> [String] {
    coverage.map { "quantile \($0.level): \(figure($0.share * 100)) % of the rows lie below" }
  }

  /// A row for each true class, a column for each that it was taken for.
  private func table(of matrix: ConfusionMatrix) -> [String] {
    let names = matrix.classes.map(escapedForTerminal)
    let rows =
      [["true \\ taken for"] + names]
      + names.indices.map { [names[$0]] + matrix.counts[$0].map(String.init) }
    return aligned(rows)
  }

  private func commonest(in matrix: ConfusionMatrix) -> [String] {
    let names = matrix.classes.map(escapedForTerminal)
    var mistakes: [(count: Int, words: String)] = []
    for (actual, counts) in matrix.counts.enumerated() {
      for (taken, count) in counts.enumerated() where taken != actual && count > 0 {
        mistakes.append((count, "`\(names[actual])` taken for `\(names[taken])`"))
      }
    }
    guard !mistakes.isEmpty else { return ["no row was taken for another class"] }
    // A stable order: by count, then as the classes stand.
    let order = mistakes.indices.sorted {
      (mistakes[$1].count, $0) < (mistakes[$0].count, $1)
    }
    return ["most frequent mistakes:"]
      + order.prefix(10).map { "  \(mistakes[$0].count) × \(mistakes[$0].words)" }
  }
}

/// Rows of cells as lines: some columns to the left, by default the first, the others to the right.
func aligned(_ rows: [[String]], left: Set<Int> = [0]) -> [String] {
  guard let first = rows.first else { return [] }
  let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.indices.map { column in
      let gap = String(repeating: " ", count: widths[column] - row[column].count)
      return left.contains(column) ? row[column] + gap : gap + row[column]
    }.joined(separator: "  ")
  }
}
