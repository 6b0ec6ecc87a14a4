#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where text goes: reports to standard output, remarks and progress to standard error.
enum Console {
  /// Writes a report and ends the line.
  static func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: 1) }

  /// Writes bytes as they are.
  static func verbatim(_ bytes: [UInt8]) { write(bytes, to: 1) }

  /// Writes a remark and ends the line.
  static func error(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: 2) }

  /// Writes progress as it is, without a line end.
  static func progress(_ text: String) { write(text, to: 2) }

  /// Writes a value as one JSON object.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.keyEncodingStrategy = .convertToSnakeCase
    do {
      print(String(decoding: try encoder.encode(value), as: UTF8.self))
    } catch {
      throw Failure("the result cannot be written as JSON: \(error)")
    }
  }

  /// Whether reports may be coloured.
  static var isColoured: Bool { usesColour(descriptor: 1) }

  /// Whether progress may be redrawn in place.
  static var showsProgress: Bool {
    isatty(2) == 1 && environment("TERM") != "dumb"
  }

  private static func usesColour(descriptor: Int32) -> Bool {
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
      if let value = environment(name), !value.isEmpty, value != "0" { return true }
    }
    return environment("TERM") != "dumb" && isatty(descriptor) == 1
  }

  /// Whether a workflow of GitHub Actions reads what is printed.
  static var isOnGitHub: Bool {
    environment("GITHUB_ACTIONS") == "true" && environment("GITHUB_WORKFLOW") != nil
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes every byte, or ends quietly when nobody reads any more.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { finish(Exit.unusable.rawValue) }
      start += count
    }
  }
}

/// The system's `write`, by a name that does not collide with methods.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

/// Ends the program.
func finish(_ code: Int32) -> Never { exit(code) }
