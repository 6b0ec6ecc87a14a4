/// All that a spec is checked against in a table: its facts, without its rows.
public struct TableFacts: Sendable, Codable, Hashable {
  public var profile: DataProfile
  /// The first cells of each column that are not of its type, and how many there are in each.
  public var badCells: [BadCell]
  public var badCellCounts: [String: Int]
  /// The line that holds the column names, if there is one, and its number.
  public var headerText: String?
  public var headerLine: Int
  /// Height and width of the images, for a table made of images.
  public var imageShape: [Int]?

  /// The facts of a table that has been read, and what its columns tell of the target, if one is
  /// named.
  public init(of table: Table, target: String? = nil) {
    self.init(
      profile: DataProfile(of: table, target: target), badCells: table.badCells,
      badCellCounts: table.badCellCounts, headerText: table.headerText,
      headerLine: table.headerLine, imageShape: table.imageShape)
  }

  public init(
    profile: DataProfile, badCells: [BadCell] = [], badCellCounts: [String: Int] = [:],
    headerText: String? = nil, headerLine: Int = 1, imageShape: [Int]? = nil
  ) {
    self.profile = profile
    self.badCells = badCells
    self.badCellCounts = badCellCounts
    self.headerText = headerText
    self.headerLine = headerLine
    self.imageShape = imageShape
  }

  /// Where the name of each column stands in the header line, in bytes; empty without a header.
  public var headerCells: [Range<Int>] {
    guard let headerText, let delimiter = profile.format.delimiter.value.utf8.first else {
      return []
    }
    return cells(
      of: Array(headerText.utf8), delimiter: delimiter,
      quote: profile.format.quote.value.utf8.first ?? 0x22)
  }
}

/// The places of the cells of one line: without blanks around them, and without quotes.
private func cells(of line: [UInt8], delimiter: UInt8, quote: UInt8) -> [Range<Int>] {
  let isBlank = { (byte: UInt8) in byte == 0x20 || (byte == 0x09 && delimiter != 0x09) }
  var found: [Range<Int>] = []
  var position = 0
  while true {
    while position < line.count, isBlank(line[position]) { position += 1 }
    if delimiter == 0x20, position == line.count, !found.isEmpty { return found }
    let isQuoted = position < line.count && line[position] == quote
    if isQuoted { position += 1 }
    let start = position
    var end = start
    if isQuoted {
      while end < line.count, line[end] != quote { end += 1 }
      position = end
    }
    while position < line.count, line[position] != delimiter { position += 1 }
    if !isQuoted {
      end = position
      while end > start, isBlank(line[end - 1]) { end -= 1 }
    }
    found.append(start..<end)
    guard position < line.count else { return found }
    position += 1
  }
}
