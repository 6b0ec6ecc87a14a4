import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Training

/// A server that listens.
public final class HTTPServer: Sendable {
  /// The longest all header fields of a request, and its target, may be.
  static let maximumHeaderBytes = 32_768

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public let address: String
  public let port: Int
  private let service: Service
  private let group: MultiThreadedEventLoopGroup
  private let listener: any Channel
  private let connections: OpenConnections

  /// Opens a run and listens; throws where the run or the address cannot be used.
  public static func start(_ settings: ServerSettings) throws(ServerFailure) -> HTTPServer {
    let run: Run
    do throws(TrainingError) {
      run = try Run.open(settings.run)
    } catch {
      throw ServerFailure(error.message, hints: error.hints)
    }
    return try HTTPServer(Service(ServedModel(run, settings)))
  }

  private init(_ service: Service) throws(ServerFailure) {
    let settings = service.settings
    let connections = OpenConnections()
    group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, min(4, System.coreCount / 2)))
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 512)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.maxMessagesPerRead, value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ConnectionLimit(settings.maximumConnections))
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        connections.add(channel)
        return channel.eventLoop.makeCompletedFuture {
          try Self.prepare(channel.pipeline.syncOperations, service)
        }
      }
    do {
      listener = try bootstrap.bind(host: settings.host, port: settings.port).wait()
    } catch {
      service.queue.stop()
      try? group.syncShutdownGracefully()
      throw ServerFailure(listening: settings, error)
    }
    (self.service, self.connections) = (service, connections)
    port = listener.localAddress?.port ?? settings.port
    let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
    address = "http://\(host):\(port)"
  }

  private static func prepare(
    _ pipeline: ChannelPipeline.SynchronousOperations, _ service: Service
  ) throws {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = maximumHeaderBytes / 2
    limits.maxHeaderListSize = maximumHeaderBytes
    limits.maxHeaderFieldCount = 128
    try pipeline.configureHTTPServerPipeline(
      withPipeliningAssistance: false, withErrorHandling: false,
      withOutboundHeaderValidation: true, withEncoderConfiguration: .init(),
      withDecoderLimitConfiguration: limits)
    try pipeline.addHandler(ConnectionHandler(service))
  }

  /// A line that says what is served where.
  public var startLine: String {
    let threads = service.settings.threads
    return "serving \(service.model.run.manifest.name) (\(service.model.run.folder)) at \(address) "
      + "with \(threads) \(threads == 1 ? "thread" : "threads")"
  }

  /// Takes no more connections, waits for what was begun, but no longer than the grace time, and
  /// ends.
  public func stop() {
    service.beginStopping()
    try? listener.close().wait()
    connections.stop(within: service.settings.graceSeconds)
    service.queue.stop()
    try? group.syncShutdownGracefully()
    service.log?.finish()
  }
}

extension ServerFailure {
  /// Why an address cannot be listened at.
  init(listening settings: ServerSettings, _ error: any Error) {
    let place = "`\(settings.host)`, port \(settings.port)"
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE:
      self.init(
        "\(place): another program listens there already",
        hints: ["name another port with `--port`; 0 takes a free one"])
    case EACCES, EPERM:
      self.init(
        "\(place): this port is for privileged programs",
        hints: ["name a port from 1024 with `--port`"])
    case EADDRNOTAVAIL:
      self.init(
        "\(place): this machine has no such address",
        hints: ["`--host 127.0.0.1` is for this machine alone, `--host 0.0.0.0` for all networks"])
    default:
      let reason = error is SocketAddressError ? "the name of the host is not known" : "\(error)"
      self.init(
        "\(place): \(reason)",
        hints: ["`--host 127.0.0.1` is for this machine alone, `--host 0.0.0.0` for all networks"])
    }
  }
}
