import SpecSyntax

/// Writes events as JSON, a line each, with the seconds since it was made.
///
/// When nobody reads any more, the program is asked to end as if it had been interrupted, and
/// nothing more is written.
struct EventWriter {
  private(set) var isClosed = false
  private let clock = ContinuousClock()
  private let opened: ContinuousClock.Instant

  init() {
    opened = clock.now
    Console.outliveReaders()
  }

  /// Writes an event; `last` is a member that is text already.
  mutating func write(_ event: String, _ members: [JSONValue.Member], last: String? = nil) {
    guard !isClosed else { return }
    let seconds = ((clock.now - opened) / .milliseconds(1)).rounded() / 1000
    let head: [JSONValue.Member] = [
      .init("event", .string(event)), .init("seconds", .number(seconds)),
    ]
    var text = JSONValue.object(head + members).text(.line)
    if let last { text = text.dropLast() + "," + last + "}" }
    guard !Console.line(text) else { return }
    isClosed = true
    Interruption.request()
  }

  /// Writes why nothing came of it.
  mutating func fail(
    _ message: String, hints: [String], _ exit: Exit, findings: [JSONValue]
  ) {
    write(
      "error",
      [
        .init("message", .string(message)), .init("hints", .array(hints.map { .string($0) })),
        .init("findings", .array(findings)), .init("exit_code", .integer(Int(exit.rawValue))),
      ])
  }
}
