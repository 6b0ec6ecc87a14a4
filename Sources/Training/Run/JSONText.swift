#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// JSON as Plumb writes it: keys in order, slashes as they are, never a number JSON does not have.
public enum JSONText {
  /// The layout of a document.
  public enum Layout: Sendable {
    /// Everything on one line.
    case line
    /// One value a line, indented.
    case indented
  }

  /// The text of a value, without a line end.
  public static func of<Value: Encodable>(_ value: Value, layout: Layout = .indented) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if layout == .indented { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("a value of ours has no JSON form: \(error)")
    }
  }

  /// A value from the bytes of a document; nil if they are not of that form.
  static func value<Value: Decodable>(_ type: Value.Type, of bytes: [UInt8]) -> Value? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(type, from: Data(bytes))
  }
}
