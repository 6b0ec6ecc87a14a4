/// What the first records of a delimited text say about all of it.
struct TextHead {
  let names: [String]
  let width: Int
  let header: TableFormat.Item<Bool>
  let decimal: TableFormat.Item<String>
  let tokens: MissingTokens
  /// The line of the header as it is written.
  let headerText: String?
  /// The line of the header, or of the first row where there is none.
  let headerLine: Int
  /// The first record that is a row of data, by number.
  let firstRow: Int
  private let grid: CellGrid

  /// Settles decimal mark, header and names from records of which the first is `firstRecord`.
  init(grid: CellGrid, firstRecord: Int, options: TableOptions, delimiter: UInt8) {
    tokens = MissingTokens(
      options.missing.map { [""] + $0.filter { !$0.isEmpty } }
        ?? MissingTokens.usual + MissingTokens.amongNumbers)
    decimal =
      options.decimal.map { .pinned(String($0)) }
      ?? FormatDetection.decimal(in: grid, delimiter: delimiter)
    header =
      options.hasHeader.map { .pinned($0) }
      ?? HeaderDetection(
        grid: grid, firstRecord: firstRecord, decimal: decimal.value.utf8.first ?? 0x2E,
        missing: tokens
      ).header()
    width = grid.width(ofRecord: firstRecord)
    names = options.columnNames ?? columnNames(grid, firstRecord, header.value)
    headerText = header.value ? lineText(grid, firstRecord) : nil
    headerLine = Int(grid.lines[firstRecord])
    firstRow = firstRecord + (header.value ? 1 : 0)
    self.grid = grid
  }

  /// How cells are understood.
  var meaning: CellMeaning {
    CellMeaning(decimal: decimal.value.utf8.first ?? 0x2E, tokens: tokens)
  }

  /// Where the rows begin, and on which line; `nil` where there are none.
  var body: (offset: Int, line: Int)? {
    guard firstRow < grid.recordCount else { return nil }
    return (grid.offsets[firstRow], Int(grid.lines[firstRow]))
  }

  /// The first rows that are as wide as they should be. Of a text that is wholly at hand few are
  /// enough, because a wrong guess costs little.
  var sample: TextBlock {
    let isWhole = grid.readBytes == grid.end
    return grid.block(from: firstRow, width: width, maximumRecords: isWhole ? 64 : .max)
  }

  /// How many bytes a row at hand has on average.
  var rowBytes: Double {
    guard let body else { return 1 }
    return max(1, Double(grid.readBytes - body.offset) / Double(grid.recordCount - firstRow))
  }
}

extension CellGrid {
  /// Those of some records, the first of them by number, that have a width, for the loops.
  func block(from first: Int, width: Int, maximumRecords: Int = .max) -> TextBlock {
    let isPart = maximumRecords < recordCount - first
    let last = isPart ? first + maximumRecords : max(first, recordCount)
    // Cells whose quotes were undone stand behind the file's own bytes.
    let end = isPart && text.count == self.end ? offsets[last] : text.count
    let margin = ChunkReader.margin
    let padding = [UInt8](repeating: 0, count: margin)
    var block = TextBlock(
      text: padding + text[..<end] + padding, cells: [], width: width, rowCount: 0)
    block.cells.reserveCapacity((last - first) * width)
    for record in first..<last where self.width(ofRecord: record) == width {
      for index in recordStarts[record]..<recordStarts[record + 1] {
        let cell = cells[index]
        block.cells.append(
          Cell(start: cell.start + UInt32(margin), end: cell.end + UInt32(margin)))
      }
      block.rowCount += 1
    }
    return block
  }
}

/// Names from the header, made distinct; `column_0`, `column_1` and so on where there is none.
private func columnNames(_ grid: CellGrid, _ record: Int, _ hasHeader: Bool) -> [String] {
  var taken: Set<String> = []
  // Where the search for a free number goes on, so that many equal names cost no more than others.
  var nextCopies: [String: Int] = [:]
  return grid.record(record).enumerated().map { index, cell in
    let written = hasHeader ? grid.string(cell) : ""
    let name = written.isEmpty ? "column_\(index)" : written
    guard !taken.insert(name).inserted else { return name }
    var copy = nextCopies[name] ?? 2
    while !taken.insert("\(name)_\(copy)").inserted { copy += 1 }
    nextCopies[name] = copy + 1
    return "\(name)_\(copy)"
  }
}

/// The bytes of a record as they stand in the file, without the line end.
private func lineText(_ grid: CellGrid, _ record: Int) -> String {
  let start = grid.offsets[record]
  let end = record + 1 < grid.recordCount ? grid.offsets[record + 1] : grid.end
  var bytes = grid.text[start..<end]
  while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}
