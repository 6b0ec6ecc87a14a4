/// What the first part of a text shows about its form.
struct FormatDetection {
  var text: [UInt8]
  var path: String
  var options: TableOptions

  /// How far to look: enough for a good guess, little enough to cost nothing.
  static let sampleRecords = 100
  static let sampleBytes = 65_536
  /// How many records show header and width, and how many cells the decimal mark.
  static let headRecords = 120
  static let decimalCells = 20_000

  /// The delimiter, as a byte and with its evidence.
  func delimiter(quote: UInt8) throws(TableError) -> TableFormat.Item<String> {
    if let pinned = options.delimiter { return .pinned(String(pinned)) }
    var best: (score: Double, item: TableFormat.Item<String>)?
    let commas = sample(0x2C, quote)
    if let found = score(",", commas), found.score > 0.5 { best = found }
    // A byte that is nowhere in the lines under a comma splits none of them.
    let seen = commas.map { SeenBytes($0.text[..<$0.readBytes]) }
    for (candidate, byte) in [(";", UInt8(0x3B)), ("\t", 0x09), ("|", 0x7C)]
    where seen?.has(byte) != false {
      let found = score(candidate, sample(byte, quote))
      if let found, found.score > best?.score ?? 0.5 { best = found }
    }
    if let best { return best.item }
    if let found = score(" ", sample(0x20, quote)), found.score > 0.9 { return found.item }
    return .detected(",", "no delimiter splits the lines alike, so there is one column")
  }

  /// How evenly a delimiter splits the sampled lines; `nil` if it does not split them.
  private func score(
    _ candidate: String, _ grid: CellGrid?
  ) -> (score: Double, item: TableFormat.Item<String>)? {
    guard let delimiter = candidate.utf8.first, let grid else { return nil }
    let (width, agreeing) = commonWidth(grid)
    guard width > 1 else { return nil }
    let share = Double(agreeing) / Double(grid.recordCount)
    let evidence = "\(agreeing) of \(grid.recordCount) sampled lines have \(width) values"
    // A cell that holds another usual delimiter speaks for that one.
    let seen = SeenBytes(grid.text[..<grid.readBytes])
    let stains = [UInt8(0x3B), 0x09, 0x7C].filter { $0 != delimiter && seen.has($0) }
    let clean = 1 - stainedShare(of: stains, in: grid)
    return (share * (0.5 + 0.5 * clean), .detected(candidate, evidence))
  }

  private func stainedShare(of stains: [UInt8], in grid: CellGrid) -> Double {
    guard !stains.isEmpty else { return 0 }
    let stained = grid.cells.count { cell in
      grid.text[Int(cell.start)..<Int(cell.end)].contains { stains.contains($0) }
    }
    return Double(stained) / Double(max(1, grid.cells.count))
  }

  /// The first records under a delimiter; `nil` if quotes do not close under it.
  private func sample(_ delimiter: UInt8, _ quote: UInt8) -> CellGrid? {
    let reader = CSVReader(path: path, delimiter: delimiter, quote: quote)
    let grid = try? reader.read(
      text, skipLines: options.skipLines ?? 0, maximumRecords: Self.sampleRecords,
      enoughBytes: Self.sampleBytes)
    return grid.flatMap { $0.recordCount > 0 ? $0 : nil }
  }
}

/// What most numbers are, which need no closer look: digits, or digits around a point.
private enum PlainNumber {
  case none, whole, decimal

  init(_ text: [UInt8], _ start: Int, _ end: Int) {
    var place = start
    func passDigits() -> Int {
      let first = place
      while place < end, text[place] &- 0x30 < 10 { place += 1 }
      return place - first
    }
    if start < end, text[start] == 0x2D { place += 1 }
    self = .none
    guard passDigits() > 0 else { return }
    if place == end {
      self = .whole
    } else if text[place] == 0x2E {
      place += 1
      if passDigits() > 0, place == end { self = .decimal }
    }
  }
}

/// Which bytes occur in a text.
private struct SeenBytes {
  private var isSeen = [Bool](repeating: false, count: 256)

  init(_ text: ArraySlice<UInt8>) {
    for byte in text { isSeen[Int(byte)] = true }
  }

  func has(_ byte: UInt8) -> Bool { isSeen[Int(byte)] }
}

/// The most frequent width among the first records, and how many have it; ties go to the wider.
func commonWidth(_ grid: CellGrid) -> (width: Int, count: Int) {
  var counts: [Int: Int] = [:]
  for record in 0..<min(grid.recordCount, FormatDetection.sampleRecords) {
    counts[grid.width(ofRecord: record), default: 0] += 1
  }
  let best = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
  return (best?.key ?? 0, best?.value ?? 0)
}

extension FormatDetection {
  /// How many lines at the top do not belong to the table: those of another width than the rest
  /// that hold a number, as a count of rows does, or a single value, as a title does.
  static func skippedRecords(in grid: CellGrid) -> Int {
    let (width, _) = commonWidth(grid)
    var record = 0
    while record < min(10, grid.recordCount - 1), grid.width(ofRecord: record) != width {
      let cells = grid.record(record)
      let hasNumber = cells.contains {
        parseNumber(grid.text, Int($0.start), Int($0.end), decimal: 0x2E) != nil
      }
      guard hasNumber || cells.count == 1 else { return 0 }
      record += 1
    }
    return record == 0 || grid.width(ofRecord: record) != width ? 0 : record
  }

  /// The decimal mark, from the cells that are numbers under one of the two.
  static func decimal(in grid: CellGrid, delimiter: UInt8) -> TableFormat.Item<String> {
    var (points, commas, thousands) = (0, 0, 0)
    let text = grid.text
    for cell in grid.cells.prefix(decimalCells) {
      let (start, end) = (Int(cell.start), Int(cell.end))
      switch PlainNumber(text, start, end) {
      case .whole: continue
      case .decimal: points += 1
      case .none:
        let slice = text[start..<end]
        if slice.contains(0x2C), parseNumber(text, start, end, decimal: 0x2C) != nil {
          commas += 1
          if slice.count - (slice.firstIndex(of: 0x2C).map { $0 - start } ?? 0) == 4 {
            thousands += 1
          }
        } else if slice.contains(0x2E), parseNumber(text, start, end, decimal: 0x2E) != nil {
          points += 1
        }
      }
    }
    // Between commas, `"1,234"` may be a number with its thousands set apart.
    if delimiter == 0x2C, thousands == commas { commas = 0 }
    guard commas > points else {
      return .detected(".", "\(points) sampled values have a decimal point, \(commas) a comma")
    }
    return .detected(",", "\(commas) sampled values have a decimal comma, \(points) a point")
  }
}
