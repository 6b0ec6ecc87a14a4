/// Rows that were cut out of a piece of text, each with as many cells as there are columns.
struct CutRows {
  var block: TextBlock
  var lines = RowLines()
  /// What is wrong with a row as a whole, by its place.
  var problems: [Int: String] = [:]
  /// The cells of rows that have more or fewer than there are columns.
  var oddRows: [Int: [Cell]] = [:]
  /// Where each row begins in the piece.
  var starts: [Int] = []
  /// How many bytes of the piece were used, and the line that the rest begins on.
  var consumed = 0
  var nextLine = 1

  init(width: Int) {
    block = TextBlock(text: [], cells: [], width: width, rowCount: 0)
  }

  /// Makes it a problem of every row that its bytes in the piece are not UTF-8; such cells become
  /// empty.
  mutating func refuseForeignBytes(in piece: [UInt8]) {
    let nothing = Cell(start: UInt32(ChunkReader.margin), end: UInt32(ChunkReader.margin))
    let text = block.text
    func checked(_ cell: Cell) -> Cell {
      isUTF8(text, from: Int(cell.start), to: Int(cell.end)) ? cell : nothing
    }
    for (row, start) in starts.enumerated() {
      let end = row + 1 < starts.count ? starts[row + 1] : consumed
      guard !isUTF8(piece, from: start, to: end) else { continue }
      problems[row] = "some of its bytes are not UTF-8, as those before it are"
      for place in row * block.width..<(row + 1) * block.width {
        block.cells[place] = checked(block.cells[place])
      }
      oddRows[row] = oddRows[row]?.map(checked)
    }
  }
}

/// The form of a text whose rows are cut piece by piece.
enum RowCutter {
  case delimited(delimiter: UInt8, quote: UInt8)
  case jsonLines

  /// The complete rows of a text that begins with one; all of them if it ends there.
  func cut(
    _ text: [UInt8], names: [String], line: Int, isLast: Bool, path: String
  ) throws(TableError) -> CutRows {
    switch self {
    case .jsonLines: return jsonRows(text, names: names, line: line, isLast: isLast)
    case .delimited(let delimiter, let quote):
      var reader = CSVReader(path: path, delimiter: delimiter, quote: quote)
      reader.isPart = !isLast
      do throws(TableError) {
        let grid = try reader.read(text)
        return delimitedRows(grid, width: names.count, line: line, isLast: isLast)
      } catch {
        var moved = error
        moved.line = error.line.map { $0 + line - 1 }
        throw moved
      }
    }
  }
}

/// The records of a grid as rows of one width; others become rows of empty cells with a problem.
private func delimitedRows(_ grid: CellGrid, width: Int, line: Int, isLast: Bool) -> CutRows {
  // The last record may go on in the next piece.
  let count = isLast ? grid.recordCount : max(0, grid.recordCount - 1)
  var rows = CutRows(width: width)
  let margin = UInt32(ChunkReader.margin)
  let padding = [UInt8](repeating: 0, count: ChunkReader.margin)
  rows.block.text = padding + grid.text + padding
  rows.block.cells.reserveCapacity(count * width + TextBlock.spareCells)
  rows.block.rowCount = count
  rows.starts = (0..<count).map { grid.offsets[$0] }
  for record in 0..<count {
    rows.lines.add(row: record, line: Int(grid.lines[record]) + line - 1)
    let found = grid.width(ofRecord: record)
    let cells = grid.recordStarts[record]..<grid.recordStarts[record + 1]
    guard found == width else {
      rows.oddRows[record] = cells.map {
        Cell(start: grid.cells[$0].start + margin, end: grid.cells[$0].end + margin)
      }
      rows.problems[record] =
        "it has \(counted(found, "value")) where the table has \(counted(width, "column"))"
      for _ in 0..<width { rows.block.cells.append(Cell(start: margin, end: margin)) }
      continue
    }
    for index in cells {
      let cell = grid.cells[index]
      rows.block.cells.append(Cell(start: cell.start + margin, end: cell.end + margin))
    }
  }
  rows.consumed = isLast ? grid.end : count < grid.recordCount ? grid.offsets[count] : 0
  rows.nextLine = count < grid.recordCount ? Int(grid.lines[count]) + line - 1 : line
  return rows
}
