import ArgumentParser
import Training

/// Serves a run over HTTP.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answers predictions over HTTP with a trained run.",
    usage: """
      plumb serve <run> [--host <host>] [--port <port>] [--threads <threads>]
                  [--max-body <size>] [--max-rows <rows>] [--queue <requests>]
                  [--max-connections <connections>] [--timeout <time>]
                  [--idle <time>] [--grace <time>] [--strict] [--log]
      """,
    discussion: """
      `POST /predict` takes JSON, JSON Lines, CSV or TSV, as its `Content-Type` says, and answers \
      what `plumb predict` writes, in the same form or in one that `Accept` names. `GET \
      /openapi.json` describes it for the run's columns; `/health`, `/metrics` (for Prometheus) \
      and `/`, the model's card, are there too. The address is printed once the server listens.

      The server is a program of its own, `plumb-serve`, which `scripts/build-server` builds, so \
      that nobody else compiles a network library. It is looked for beside plumb, in the checkout \
      that plumb was built in, and on the path; PLUMB_SERVE names another.

      Ctrl-C and SIGTERM let requests that were begun end, a second one ends at once. SIGTERM \
      exits with 0, Ctrl-C with 130.
      """)

  @Argument(
    help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Option(
    help: "The address to listen at; 0.0.0.0 is for all networks, which then need protection.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen at; 0 takes a free one.")
  var port = 8080

  @Option(
    help: "How many requests are predicted at the same time; without it one for each processor.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "The longest body of a request, such as 500KB, 4MB or 1GB.", valueName: "size"))
  var maxBody = ByteCount(bytes: 4_000_000)

  @Option(help: ArgumentHelp("The most rows of a request.", valueName: "rows"))
  var maxRows = 10_000

  @Option(
    help: ArgumentHelp(
      "How many requests may wait; further ones are answered with 503.", valueName: "requests"))
  var queue = 128

  @Option(
    help: ArgumentHelp(
      "How many connections may be open; further ones wait to be taken.",
      valueName: "connections"))
  var maxConnections = 512

  @Option(
    help: ArgumentHelp(
      "How long a request may take to arrive, to be answered, and to be taken by its client, each.",
      valueName: "time"))
  var timeout = Span(seconds: 30)

  @Option(
    help: ArgumentHelp(
      "How long a connection may stay open without a request.", valueName: "time"))
  var idle = Span(seconds: 60)

  @Option(
    help: ArgumentHelp(
      "How long a stopping server waits for what it has begun.", valueName: "time"))
  var grace = Span(seconds: 10)

  @Flag(help: "Refuses columns that the run does not know and categories that it has not seen.")
  var strict = false

  @Flag(help: "Writes a line of JSON on standard error for each request.")
  var log = false

  func validate() throws {
    try check("--port", port, 0...65_535)
    try check("--threads", threads ?? 1, 1...256)
    try check("--max-rows", maxRows, 1...10_000_000)
    try check("--queue", queue, 1...100_000)
    try check("--max-connections", maxConnections, 1...100_000)
    guard 1...1_000_000_000 ~= maxBody.bytes else {
      throw ValidationError("--max-body must lie between 1 byte and 1GB")
    }
    for (name, span) in [("--timeout", timeout), ("--idle", idle)] {
      guard 0.1...86_400 ~= span.seconds else {
        throw ValidationError("\(name) must lie between 100ms and 24h")
      }
    }
    guard 0...86_400 ~= grace.seconds else {
      throw ValidationError("--grace must lie between 0s and 24h")
    }
  }

  private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
    guard range ~= value else {
      throw ValidationError("\(name) must lie between \(range.lowerBound) and \(range.upperBound)")
    }
  }

  func run() throws {
    let program = try ServerProgram.path()
    try ServerProgram.become(program, arguments: [JSONText.of(settings, layout: .line)])
  }

  /// What the server is told; the names are those of its `ServerSettings`.
  private struct Settings: Encodable {
    var version, run, host: String
    var port, threads, maximumBodyBytes, maximumRows, queueLength, maximumConnections: Int
    var timeoutSeconds, idleSeconds, graceSeconds: Double
    var isStrict, logsRequests: Bool
  }

  private var settings: Settings {
    Settings(
      version: Plumb.version, run: folder, host: host, port: port,
      threads: threads ?? ServerProgram.processorCount, maximumBodyBytes: maxBody.bytes,
      maximumRows: maxRows, queueLength: queue, maximumConnections: maxConnections,
      timeoutSeconds: timeout.seconds, idleSeconds: idle.seconds, graceSeconds: grace.seconds,
      isStrict: strict, logsRequests: log)
  }
}

/// A number of bytes as people write it: `500KB`, `4MB`, or a plain number.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
  let bytes: Int

  private static let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1)]

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let text = argument.uppercased()
    let unit = Self.units.first { text.hasSuffix($0.0) } ?? ("", 1)
    guard let number = Double(text.dropLast(unit.0.count)), number >= 0,
      number * Double(unit.1) <= 1e15
    else { return nil }
    bytes = Int(number * Double(unit.1))
  }

  var description: String {
    let unit = Self.units.first { bytes > 0 && bytes.isMultiple(of: $0.1) } ?? ("B", 1)
    return "\(bytes / unit.1)\(unit.0)"
  }
}

/// A length of time as people write it: `500ms`, `30s`, `5m`, `1h`, or a number of seconds.
struct Span: ExpressibleByArgument, CustomStringConvertible {
  let seconds: Double

  private static let units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let unit = Self.units.first { argument.hasSuffix($0.0) } ?? ("", 1)
    guard let number = Double(argument.dropLast(unit.0.count)), number.isFinite, number >= 0 else {
      return nil
    }
    seconds = number * unit.1
  }

  var description: String {
    seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(Int((seconds * 1000).rounded()))ms"
  }
}
