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
  /// Columns of the part that was laid out.
  private(set) var width = 0
  /// The bytes that were laid out: of a very long line only those near the focus.
  private let bytes: Range<Int>
  private let isCutBefore: Bool
  private let isCutAfter: Bool
  /// The columns that are shown; what lies outside became `...`.
  private var window = 0..<0

  static let tabWidth = 4
  private static let ellipsis = "..."

  /// A line of a text in at most `limit` columns around the bytes of `focus`.
  init(_ source: SourceText, line: Int, limit: Int, around focus: Range<Int>) {
    let whole = source.lineRange(line)
    var start = whole.lowerBound
    if line == 0, source.hasByteOrderMark { start = min(3, whole.upperBound) }
    let reach = 8 * limit
    var lower = max(start, min(focus.lowerBound, whole.upperBound) - reach)
    while lower > start, source.bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
    let upper = max(lower, min(whole.upperBound, focus.lowerBound + reach))
    bytes = lower..<upper
    isCutBefore = lower > start
    isCutAfter = upper < whole.upperBound
    var offset = lower
    while offset < upper {
      let length = source.bytes[offset] < 0x80 ? 1 : source.scalarLength(at: offset) ?? 1
      append(source.scalar(at: offset), offset: offset)
      offset += length
    }
    window = 0..<width
    cut(to: limit, around: focus)
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
    guard offset < bytes.upperBound else { return width }
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low < cells.count ? cells[low].column : width
  }

  /// Narrows what is shown to `limit` columns around the bytes of `focus`.
  private mutating func cut(to limit: Int, around focus: Range<Int>) {
    guard width > limit else { return }
    let room = max(limit - 2 * Self.ellipsis.count, 10)
    let lower = fullColumn(of: focus.lowerBound)
    let upper = max(fullColumn(of: focus.upperBound), lower + 1)
    var start = 0
    if upper > room { start = max(0, lower - max(room / 3, room - (upper - lower) - room / 3)) }
    start = min(start, max(0, width - room))
    window = start..<min(width, start + room)
  }

  private var isHeadHidden: Bool { isCutBefore || window.lowerBound > 0 }

  /// The shown text.
  var text: String {
    let shown = cells.filter { $0.column >= window.lowerBound && $0.column < window.upperBound }
    let head = isHeadHidden ? Self.ellipsis : ""
    let tail = isCutAfter || window.upperBound < width ? Self.ellipsis : ""
    return head + shown.map(\.text).joined() + tail
  }

  /// The shown columns of a range of bytes; at least one wide.
  func columns(of range: Range<Int>) -> Range<Int> {
    let shift = isHeadHidden ? Self.ellipsis.count - window.lowerBound : 0
    let lower = fullColumn(of: range.lowerBound)
    let start = max(min(lower, window.upperBound), window.lowerBound)
    let stop = min(fullColumn(of: range.upperBound), window.upperBound)
    return start + shift..<max(stop, start + 1) + shift
  }
}
