import Foundation
import NIOCore
import NIOPosix
import Synchronization

@testable import Serving

/// A client that sends any bytes and sees what comes back.
final class RawConnection: Sendable {
  private let channel: any Channel
  private let inbox: Inbox

  /// What has come, and whether the other side has closed.
  private final class Inbox: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    private let state = Mutex((bytes: [UInt8](), isClosed: false))

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func remove(_ count: Int) { state.withLock { $0.bytes.removeFirst(count) } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = Array(Self.unwrapInboundIn(data).readableBytesView)
      state.withLock { $0.bytes += bytes }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      state.withLock { $0.isClosed = true }
    }
  }

  init(_ port: Int, reads: Bool = true) throws {
    let inbox = Inbox()
    self.inbox = inbox
    channel = try ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: reads)
      .channelInitializer { $0.pipeline.addHandler(inbox) }
      .connect(host: "127.0.0.1", port: port).wait()
  }

  deinit { channel.close(promise: nil) }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
  }

  func close() { try? channel.close().wait() }

  func closeOutput() { channel.close(mode: .output, promise: nil) }

  /// Whether the server closes within some seconds.
  func closes(within seconds: Double) -> Bool { wait(seconds) { self.inbox.isClosed } }

  /// The next response; nil where none comes in time.
  func response(isHead: Bool = false, within seconds: Double = 20) -> Response? {
    var found: (Response, Int)?
    _ = wait(seconds) {
      found = Response.parsed(self.inbox.bytes, isHead: isHead)
      return found != nil || self.inbox.isClosed
    }
    found = Response.parsed(inbox.bytes, isHead: isHead)
    guard let (response, length) = found else { return nil }
    inbox.remove(length)
    return response
  }

  private func wait(_ seconds: Double, until isDone: () -> Bool) -> Bool {
    let end = NIODeadline.now() + .milliseconds(Int64(seconds * 1000))
    while !isDone() {
      if NIODeadline.now() > end { return false }
      Thread.sleep(forTimeInterval: 0.002)
    }
    return true
  }
}

/// An answer, taken apart.
struct Response {
  var status: Int
  /// By names in lower case.
  var fields: [String: String]
  var body: String

  /// The first response of some bytes and how many it takes; nil where it is not complete.
  static func parsed(_ bytes: [UInt8], isHead: Bool) -> (Response, Int)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      fields[sides[0].lowercased()] = String(sides[1].dropFirst())
    }
    let headLength = text[..<end.upperBound].utf8.count
    let length = isHead || status == 100 ? 0 : Int(fields["content-length"] ?? "0") ?? 0
    guard bytes.count >= headLength + length else { return nil }
    let body = String(decoding: bytes[headLength..<headLength + length], as: UTF8.self)
    return (Response(status: status, fields: fields, body: body), headLength + length)
  }

  /// The body as an object of JSON.
  var object: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
  }
}

/// The bytes of a request.
func request(
  _ method: String, _ path: String, _ fields: [String] = [], body: String? = nil
) -> String {
  var lines = ["\(method) \(path) HTTP/1.1", "Host: test"] + fields
  if let body { lines.append("Content-Length: \(body.utf8.count)") }
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
}

extension HTTPServer {
  /// Asks on a connection of its own.
  func ask(
    _ method: String, _ path: String, _ fields: [String] = [], body: String? = nil
  ) throws -> Response {
    let connection = try RawConnection(port)
    connection.send(request(method, path, fields, body: body))
    guard let response = connection.response(isHead: method == "HEAD") else {
      throw ServerFailure("there was no response to \(method) \(path)")
    }
    return response
  }

  /// Asks for predictions.
  func predict(
    _ body: String, _ type: String = "application/json", query: String = "",
    _ fields: [String] = []
  ) throws -> Response {
    try ask("POST", "/predict\(query)", ["Content-Type: \(type)"] + fields, body: body)
  }
}
