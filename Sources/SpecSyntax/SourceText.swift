/// The bytes of one file, with a table of its lines.
///
/// Lines end at LF, CRLF or CR only, as in editors; U+0085, U+2028 and U+2029 do not count.
/// A byte order mark belongs to the first line but not to its columns.
public struct SourceText: Sendable {
  /// The path as the user named it, for messages.
  public let name: String
  public let bytes: [UInt8]
  /// Offset of the first byte of every line.
  public let lineStarts: [Int]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, i < bytes.count, bytes[i] == 0x0A { i += 1 }
      starts.append(i)
    }
    lineStarts = starts
  }

  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// Whether the text starts with the UTF-8 byte order mark.
  public var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

  /// The text of a range, with U+FFFD for bytes that are not UTF-8.
  public func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  public func text(_ range: SourceRange) -> String { text(range.lower..<range.upper) }

  /// The index, from 0, of the line that holds the byte at `offset`.
  public func lineIndex(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line without its line end.
  public func lineRange(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// Line and column of a byte, both from 1; columns count Unicode scalars.
  public func position(of offset: Int) -> Position {
    let line = lineIndex(of: offset)
    var start = lineStarts[line]
    if line == 0, hasByteOrderMark { start = min(3, offset) }
    let column = bytes[start..<max(start, min(offset, bytes.count))].count { $0 & 0xC0 != 0x80 }
    return Position(line: line + 1, column: column + 1, byte: offset)
  }

  /// A place for people: line and column from 1, and the byte offset from 0.
  public struct Position: Hashable, Sendable {
    public var line: Int
    public var column: Int
    public var byte: Int
  }
}
