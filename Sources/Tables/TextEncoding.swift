/// The bytes of a text file as UTF-8 without a byte order mark, and how they were written.
func utf8Text(
  _ bytes: [UInt8], path: String
) throws(TableError) -> (text: [UInt8], encoding: TableFormat.Item<String>) {
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    throw .wideEncoding(path)
  }
  var (bits, least) = (UInt8(0), UInt8.max)
  for byte in bytes {
    bits |= byte
    least = min(least, byte)
  }
  if least == 0, let zero = bytes.firstIndex(of: 0) {
    throw .binary(path, line: 1 + bytes[..<zero].count { $0 == 0x0A })
  }
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
    return (Array(bytes.dropFirst(3)), .detected("utf-8", "starts with a byte order mark"))
  }
  guard bits >= 0x80 else {
    return (bytes, .detected("utf-8", "every byte is ASCII"))
  }
  guard !isUTF8(bytes, from: 0, to: bytes.count) else {
    return (bytes, .detected("utf-8", "every byte sequence is valid"))
  }
  return (
    latin1AsUTF8(bytes), .detected("latin-1", "some bytes are not valid UTF-8")
  )
}

/// Each byte read as the Unicode scalar of its value, as Latin-1 has it.
private func latin1AsUTF8(_ bytes: [UInt8]) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count + bytes.count / 8)
  for byte in bytes {
    if byte < 0x80 {
      text.append(byte)
    } else {
      text.append(0xC0 | byte >> 6)
      text.append(0x80 | byte & 0x3F)
    }
  }
  return text
}
