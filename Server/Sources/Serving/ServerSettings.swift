/// How a server answers: where it listens and what it bounds.
///
/// `plumb serve` checks the values and hands them over as JSON.
public struct ServerSettings: Sendable, Codable, Hashable {
  /// The version of the program that started the server.
  public var version: String
  /// The run's folder.
  public var run: String
  public var host: String
  /// 0 takes a free one.
  public var port: Int
  /// How many predictions are computed at the same time.
  public var threads: Int
  /// The longest body of a request.
  public var maximumBodyBytes: Int
  /// The most rows of a request.
  public var maximumRows: Int
  /// How many requests may wait for a thread.
  public var queueLength: Int
  public var maximumConnections: Int
  /// How long a request may take to arrive, to be answered, and to be taken by its client, each.
  public var timeoutSeconds: Double
  /// How long a connection may stay open without a request.
  public var idleSeconds: Double
  /// How long a stopping server waits for what it has begun.
  public var graceSeconds: Double
  /// Whether columns the run does not know and categories it has not seen are refused.
  public var isStrict: Bool
  /// Whether each request is logged.
  public var logsRequests: Bool

  public init(
    version: String = "0", run: String, host: String = "127.0.0.1", port: Int = 0,
    threads: Int = 1, maximumBodyBytes: Int = 4_000_000, maximumRows: Int = 10_000,
    queueLength: Int = 128, maximumConnections: Int = 512, timeoutSeconds: Double = 30,
    idleSeconds: Double = 60, graceSeconds: Double = 10, isStrict: Bool = false,
    logsRequests: Bool = false
  ) {
    (self.version, self.run, self.host, self.port) = (version, run, host, port)
    (self.threads, self.maximumBodyBytes) = (threads, maximumBodyBytes)
    (self.maximumRows, self.queueLength) = (maximumRows, queueLength)
    (self.maximumConnections, self.timeoutSeconds) = (maximumConnections, timeoutSeconds)
    (self.idleSeconds, self.graceSeconds) = (idleSeconds, graceSeconds)
    (self.isStrict, self.logsRequests) = (isStrict, logsRequests)
  }

  /// The most bytes of bodies that are held at the same time.
  var maximumHeldBytes: Int { max(64_000_000, 16 * maximumBodyBytes) }
}
