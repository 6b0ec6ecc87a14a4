/// The hash of each line of a text by which GitHub's code scanning knows a finding again.
///
/// A rolling hash over UTF-16 units with factor 37 in 64 bits, over a window of 100 units from the
/// line's first on; blanks and tabs are skipped and every line end counts as LF. Written in
/// hexadecimal digits, with a colon and the number of the line among those of equal hash. The same
/// as the upload action computes, which warns about any other value.
func lineHashes(_ text: String) -> [String] {
  var hasher = LineHasher()
  for unit in text.utf16 { hasher.take(unit) }
  return hasher.finish()
}

private struct LineHasher {
  private static let length = 100
  private static let factor: UInt64 = 37

  private var window = [UInt64](repeating: 0, count: length)
  /// The line that begins at each place of the window, or nil.
  private var lines = [Int?](repeating: nil, count: length)
  private var hash: UInt64 = 0
  private let firstFactor = (0..<length).reduce(UInt64(1)) { power, _ in power &* factor }
  private var index = 0
  private var startsLine = true
  private var followsReturn = false
  private var counts: [UInt64: Int] = [:]
  private var hashes: [String] = []
  private var lineCount = 0

  mutating func take(_ unit: UInt16) {
    if unit == 0x20 || unit == 0x09 || (followsReturn && unit == 0x0A) {
      followsReturn = false
      return
    }
    followsReturn = unit == 0x0D
    add(followsReturn ? 0x0A : unit)
  }

  mutating func finish() -> [String] {
    add(0xFFFF)
    for _ in 0..<Self.length {
      emit()
      roll(0)
    }
    return hashes
  }

  private mutating func add(_ unit: UInt16) {
    emit()
    if startsLine {
      startsLine = false
      lines[index] = lineCount
      lineCount += 1
      hashes.append("")
    }
    if unit == 0x0A { startsLine = true }
    roll(UInt64(unit))
  }

  /// Writes the hash of the line that began a window ago.
  private mutating func emit() {
    guard let line = lines[index] else { return }
    counts[hash, default: 0] += 1
    hashes[line] = "\(String(hash, radix: 16)):\(counts[hash, default: 1])"
    lines[index] = nil
  }

  private mutating func roll(_ unit: UInt64) {
    hash = Self.factor &* hash &+ unit &- firstFactor &* window[index]
    window[index] = unit
    index = (index + 1) % Self.length
  }
}
