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
    print(try jsonText(value, [.prettyPrinted]))
  }

  /// A value as JSON text, without a line end.
  static func jsonText(
    _ value: some Encodable, _ layout: JSONEncoder.OutputFormatting = []
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = layout.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.keyEncodingStrategy = .convertToSnakeCase
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
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

  /// Whether progress may be coloured.
  static var isProgressColoured: Bool { usesColour(descriptor: 2) }

  /// Whether reports go to a terminal.
  static var isOutputTerminal: Bool { isatty(1) == 1 }

  /// Whether questions can be asked and answered.
  static var canAsk: Bool { isatty(0) == 1 && isatty(2) == 1 }

  /// The size of the terminal that shows progress, at this moment; `COLUMNS` and `LINES`, or 80 by
  /// 24, where it does not say.
  static var terminalSize: TerminalSize {
    var size = winsize()
    let known = unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0
    func count(_ asked: UInt16, _ name: String, _ usual: Int) -> Int {
      if known, asked > 0 { return Int(asked) }
      return environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? usual
    }
    return TerminalSize(
      columns: count(size.ws_col, "COLUMNS", 80), rows: count(size.ws_row, "LINES", 24))
  }

  /// Erases what lies at and below the cursor of the progress; safe where a signal is handled.
  static func eraseProgress() {
    let codes: StaticString = "\r\u{1B}[J"
    _ = unsafe systemWrite(2, UnsafeRawPointer(codes.utf8Start), codes.utf8CodeUnitCount)
  }

  /// Lets writing to a reader that has gone fail, where it would end the program.
  static func outliveReaders() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Writes a line and brings it to the reader; whether there still is one.
  static func line(_ text: String) -> Bool { wrote(Array((text + "\n").utf8), to: 1) }

  /// Whether a person would have to type what is read from standard input.
  static var readsTerminal: Bool { isatty(0) == 1 }

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
    if !wrote(bytes, to: descriptor) { finish(Exit.unusable.rawValue) }
  }

  /// Writes every byte; whether that was possible.
  private static func wrote(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}

/// The system's `write`, by a name that does not collide with methods.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

/// Ends the program.
func finish(_ code: Int32) -> Never { exit(code) }
