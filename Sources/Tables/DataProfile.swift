internal import Parallel

/// What is worth knowing about a table: facts for rules, advice and sizes, without the rows.
public struct DataProfile: Sendable, Codable, Hashable {
  public var path: String
  public var format: TableFormat
  public var rows: Int
  public var columns: [ColumnProfile] { didSet { places = Self.places(of: columns) } }
  /// How many rows repeat an earlier one in every column, by a 64-bit fingerprint.
  public var duplicateRows: Int
  /// How many rows have the same values as another in every column; nil where that is not known.
  public var repeatedRows: Int?
  /// What single columns tell of the target; nil where no target was named.
  public var links: TargetLinks?
  /// The place of each column by its name.
  private var places: [String: Int]

  /// Profiles every column of a table, and what each tells of the target, if one is named.
  ///
  /// Of images, pixels are not compared with each other or with the target.
  public init(of table: Table, target: String? = nil) {
    path = table.path
    format = table.format
    rows = table.rowCount
    var columns = profiles(of: table)
    if table.imageShape == nil { markCopies(among: &columns, of: table) }
    self.columns = columns
    let repeats = countRepeats(in: table)
    (duplicateRows, repeatedRows) = (repeats.duplicates, repeats.repeated)
    places = Self.places(of: columns)
    guard let target, let facts = column(target), let found = table.column(target),
      table.imageShape == nil
    else { return }
    links = TargetLinks(table, target: found, facts, columns)
  }

  /// A profile from facts that were written down earlier.
  public init(
    path: String, format: TableFormat, rows: Int, columns: [ColumnProfile], duplicateRows: Int
  ) {
    self.path = path
    self.format = format
    self.rows = rows
    self.columns = columns
    self.duplicateRows = duplicateRows
    places = Self.places(of: columns)
  }

  private static func places(of columns: [ColumnProfile]) -> [String: Int] {
    Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether there is a column of this name.
  public func hasColumn(_ name: String) -> Bool { places[name] != nil }

  /// The profile of the column of this name.
  public func column(_ name: String) -> ColumnProfile? {
    places[name].map { columns[$0] }
  }
}

/// The profiles of all columns, several at the same time where that pays.
private func profiles(of table: Table) -> [ColumnProfile] {
  let cells = table.rowCount * table.columns.count
  let threads = cells < 1_000_000 ? 1 : Workers.processorCount
  let lists = (0..<threads).map { _ in ProfileList() }
  Workers(count: threads).run(parts: threads) { part in
    for column in stride(from: part, to: table.columns.count, by: threads) {
      lists[part].profiles.append(ColumnProfile(of: table.columns[column]))
    }
  }
  return table.columns.indices.map { lists[$0 % threads].profiles[$0 / threads] }
}

/// The profiles that one thread makes.
private final class ProfileList {
  var profiles: [ColumnProfile] = []
}

/// How many rows have the same fingerprint as an earlier row, and as any other.
private func countRepeats(in table: Table) -> (duplicates: Int, repeated: Int) {
  let threads = table.rowCount * table.columns.count < 1_000_000 ? 1 : Workers.processorCount
  let lists = (0..<threads).map { _ in PrintList() }
  Workers(count: threads).run(parts: threads) { part in
    let start = table.rowCount * part / threads
    lists[part].add(start..<(table.rowCount * (part + 1) / threads), of: table)
  }
  var prints = lists[0].prints
  for list in lists.dropFirst() { prints += list.prints }
  sortKeys(&prints)
  var (duplicates, firsts, isRun) = (0, 0, false)
  for (left, right) in zip(prints, prints.dropFirst()) {
    if left == right {
      duplicates += 1
      if !isRun { firsts += 1 }
    }
    isRun = left == right
  }
  return (duplicates, duplicates + firsts)
}

/// The fingerprints of the rows that one thread looks at.
private final class PrintList {
  private(set) var prints: [UInt64] = []

  /// Makes the fingerprints of some rows, column after column of a block that stays in the cache.
  func add(_ rows: Range<Int>, of table: Table) {
    // A local one: every access to the list's own is checked.
    var prints = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rows.count)
    var buffer = [Double](repeating: 0, count: min(4_096, rows.count))
    for start in stride(from: 0, to: rows.count, by: 4_096) {
      let block = start..<min(start + 4_096, rows.count)
      let blockRows = (rows.lowerBound + block.lowerBound)..<(rows.lowerBound + block.upperBound)
      for column in table.columns {
        switch column.storage {
        case .numbers(let numbers):
          numbers.copy(blockRows, to: &buffer)
          for place in block {
            // Zero and minus zero are the same value, and so are all missing ones.
            let number = buffer[place - start]
            let bits = number == 0 ? 0 : number.isNaN ? 1 : number.bitPattern
            prints[place] = mixed(prints[place] &+ bits)
          }
        case .codes(let codes, _):
          for place in block {
            let code = codes[rows.lowerBound + place]
            prints[place] = mixed(prints[place] &+ UInt64(bitPattern: Int64(code)))
          }
        }
      }
    }
    self.prints = prints
  }
}
