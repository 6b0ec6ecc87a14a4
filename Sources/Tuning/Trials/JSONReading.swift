#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// JSON text as values.
enum JSONReading {
  /// The value of a text; nil where it is something else.
  static func value<Value: Decodable>(of text: String, as type: Value.Type) -> Value? {
    // A bare string or number is no document to every decoder.
    try? JSONDecoder().decode([Value].self, from: Data("[\(text)]".utf8)).first
  }
}
