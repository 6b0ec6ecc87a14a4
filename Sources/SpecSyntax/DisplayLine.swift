/// A line as it appears on a terminal: tabs as four spaces, controls as pictures.
struct DisplayLine {
  private struct Cell {
    var text: String
    /// Offset of the character's first byte.
    var offset: Int
    /// Column of its left edge, from 0.
    var column: Int
  }

  private var cells: [Cell] = []
  /// Columns of the whole line.
  private(set) var width = 0
  private let end: Int
  /// The columns that are shown; what lies outside became `...`.
  private var window: Range<Int>

  static let tabWidth = 4
  private static let ellipsis = "..."

  init(_ source: SourceText, line: Int) {
    var range = source.lineRange(line)
    if line == 0, source.hasByteOrderMark { range = min(3, range.upperBound)..<range.upperBound }
    end = range.upperBound
    window = 0..<0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = source.bytes[offset]
      let length = byte < 0x80 ? 1 : source.scalarLength(at: offset) ?? 1
      append(source.scalar(at: offset), offset: offset)
      offset += length
    }
    window = 0..<width
  }

  /// A text that stands in no source.
  init(_ text: String) {
    end = text.utf8.count
    window = 0..<0
    var offset = 0
    for scalar in text.unicodeScalars {
      append(scalar, offset: offset)
      offset += scalar.utf8.count
    }
    window = 0..<width
  }

  private mutating func append(_ scalar: Unicode.Scalar, offset: Int) {
    var text = String(repeating: " ", count: Self.tabWidth)
    var columns = Self.tabWidth
    if scalar != "\t" {
      text = visible(scalar).map { String(Character($0)) } ?? ""
      columns = text.isEmpty ? 0 : TextWidth.of(visible(scalar) ?? scalar)
    }
    cells.append(Cell(text: text, offset: offset, column: width))
    width += columns
  }

  /// The column, from 0, of the byte at `offset`.
  private func fullColumn(of offset: Int) -> Int {
    guard offset < end else { return width }
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low < cells.count ? cells[low].column : width
  }

  /// Narrows what is shown to `limit` columns around the bytes of `focus`.
  mutating func cut(to limit: Int, around focus: Range<Int>) {
    guard width > limit else { return }
    let room = max(limit - 2 * Self.ellipsis.count, 10)
    let lower = fullColumn(of: focus.lowerBound)
    let upper = max(fullColumn(of: focus.upperBound), lower + 1)
    var start = 0
    if upper > room { start = max(0, lower - max(room / 3, room - (upper - lower) - room / 3)) }
    start = min(start, max(0, width - room))
    window = start..<min(width, start + room)
  }

  /// The shown text.
  var text: String {
    let shown = cells.filter { $0.column >= window.lowerBound && $0.column < window.upperBound }
    let head = window.lowerBound > 0 ? Self.ellipsis : ""
    let tail = window.upperBound < width ? Self.ellipsis : ""
    return head + shown.map(\.text).joined() + tail
  }

  /// The shown columns of a range of bytes; at least one wide.
  func columns(of range: Range<Int>) -> Range<Int> {
    let shift = window.lowerBound > 0 ? Self.ellipsis.count - window.lowerBound : 0
    let lower = fullColumn(of: range.lowerBound)
    let start = max(min(lower, window.upperBound), window.lowerBound)
    let stop = min(fullColumn(of: range.upperBound), window.upperBound)
    return start + shift..<max(stop, start + 1) + shift
  }
}
