/// Header and rows of a delimited text once it is cut into cells.
struct TextBody {
  let rows: GridColumns
  let names: [String]
  let header: TableFormat.Item<Bool>
  let decimal: TableFormat.Item<String>
  /// The line of the header as it is written.
  let headerText: String?
  private let options: TableOptions

  /// Settles decimal mark and header, and checks that all rows are equally wide.
  init(
    grid: CellGrid, firstRecord: Int, path: String, options: TableOptions, delimiter: UInt8
  ) throws(TableError) {
    let tokens = MissingTokens(
      options.missing.map { [""] + $0.filter { !$0.isEmpty } }
        ?? MissingTokens.usual + MissingTokens.amongNumbers)
    let decimal =
      options.decimal.map { .pinned(String($0)) }
      ?? FormatDetection.decimal(in: grid, delimiter: delimiter)
    let decimalByte = decimal.value.utf8.first ?? 0x2E
    let header =
      options.hasHeader.map { .pinned($0) }
      ?? HeaderDetection(
        grid: grid, firstRecord: firstRecord, decimal: decimalByte, missing: tokens
      ).header()
    let width = grid.width(ofRecord: firstRecord)
    try checkWidths(grid, from: firstRecord, width, path)
    let names = options.columnNames ?? columnNames(grid, firstRecord, header.value)
    guard names.count == width else {
      throw .wrongNameCount(path, given: names.count, columns: width)
    }
    rows = GridColumns(
      grid: grid, firstRecord: firstRecord + (header.value ? 1 : 0), width: width,
      decimal: decimalByte, tokens: tokens)
    guard rows.rowCount > 0 else { throw .empty(path) }
    self.names = names
    self.header = header
    self.decimal = decimal
    self.options = options
    headerText = header.value ? lineText(grid, firstRecord) : nil
  }

  /// The columns, the tokens that stand for no value, and every cell that is not of its type.
  func columns() -> (columns: [Column], missing: TableFormat.Item<[String]>, bad: [BadCell]) {
    let drafts = names.indices.map {
      rows.draft($0, pinned: options.types[names[$0]], order: options.dateOrders[names[$0]])
    }
    let missing = MissingDetection(columns: rows, isPinned: options.missing != nil)
      .missing(in: drafts)
    let inForce = MissingTokens(missing.value)
    var columns: [Column] = []
    var bad: [BadCell] = []
    for (index, draft) in drafts.enumerated() {
      let (column, badRows) = rows.finish(
        draft, index, name: names[index], pinned: options.types[names[index]], missing: inForce)
      columns.append(column)
      bad += badRows.map { badCell($0, index, column) }
    }
    return (columns, missing, bad)
  }

  private func badCell(_ row: Int, _ index: Int, _ column: Column) -> BadCell {
    let isDate = if case .numbers = column.storage { column.type == .date } else { false }
    let expected: ColumnType = isDate ? .date : column.type == .boolean ? .boolean : .numeric
    return BadCell(
      row: row + 1, line: Int(rows.grid.lines[rows.firstRecord + row]), column: column.name,
      value: shortened(rows.grid.string(rows.cell(row: row, column: index))), expected: expected)
  }
}

/// Throws at the first row that is not as wide as the first record.
private func checkWidths(
  _ grid: CellGrid, from first: Int, _ width: Int, _ path: String
) throws(TableError) {
  var ragged: (record: Int, count: Int)?
  for record in first..<grid.recordCount where grid.width(ofRecord: record) != width {
    ragged = (ragged?.record ?? record, (ragged?.count ?? 0) + 1)
  }
  guard let ragged else { return }
  throw .raggedRow(
    path, line: Int(grid.lines[ragged.record]), found: grid.width(ofRecord: ragged.record),
    expected: width, others: ragged.count - 1)
}

/// Names from the header, made distinct; `column_0`, `column_1` and so on where there is none.
private func columnNames(_ grid: CellGrid, _ record: Int, _ hasHeader: Bool) -> [String] {
  var taken: Set<String> = []
  return grid.record(record).enumerated().map { index, cell in
    let written = hasHeader ? grid.string(cell) : ""
    let name = written.isEmpty ? "column_\(index)" : written
    var distinct = name
    var copy = 2
    while !taken.insert(distinct).inserted {
      distinct = "\(name)_\(copy)"
      copy += 1
    }
    return distinct
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
