/// Where delimited text comes from: bytes in memory, or a file that is read piece by piece.
enum TextSource {
  case bytes([UInt8])
  case file(OpenFile)

  /// How many bytes there are.
  var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(let file): file.count
    }
  }

  /// The first bytes, at most so many.
  func prefix(_ length: Int) throws(TableError) -> [UInt8] {
    switch self {
    case .bytes(let bytes): return length >= bytes.count ? bytes : Array(bytes.prefix(length))
    case .file:
      var prefix = [UInt8](repeating: 0, count: min(length, count))
      try read(0..<prefix.count, into: &prefix, at: 0)
      return prefix
    }
  }

  /// Copies bytes into a buffer, the first to the given place.
  func read(_ range: Range<Int>, into buffer: inout [UInt8], at place: Int) throws(TableError) {
    switch self {
    case .bytes(let bytes):
      buffer.replaceSubrange(place..<place + range.count, with: bytes[range])
    case .file(let file): try file.read(range, into: &buffer, at: place)
    }
  }
}
