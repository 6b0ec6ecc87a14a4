/// How predictions are written.
public enum PredictionFormat: String, Sendable, CaseIterable {
  case csv, tsv
  /// An object a line.
  case jsonl

  /// The format that a file's name says.
  public init?(of path: String) {
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    let ending = plain.split(separator: ".").last.map(String.init) ?? ""
    switch ending {
    case "csv", "tsv": self.init(rawValue: ending)
    case "jsonl", "ndjson", "json": self = .jsonl
    default: return nil
    }
  }

  /// What stands between two values.
  var delimiter: UInt8 { self == .tsv ? 0x09 : 0x2C }

  /// Appends a text as a value.
  public func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    guard self != .jsonl else { return appendJSON(text, to: &bytes) }
    // Quotes stand around what would be taken for the end of the value.
    let special: [UInt8] = [delimiter, 0x22, 0x0A, 0x0D]
    guard text.contains(where: special.contains) else {
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(0x22)
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private func appendJSON(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += Array("\\u\(digits.count == 1 ? "000" : "00")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
