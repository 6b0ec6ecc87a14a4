import NIOCore
import NIOHTTP1

/// Speaks HTTP on one connection: one request at a time, each within its limits.
///
/// A request has `timeoutSeconds` to arrive, as many to be answered, and its client as many to take
/// the answer; a connection may be idle for `idleSeconds`. What a client sends ahead of its answers
/// is not read before they are sent.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  enum State {
    /// Nothing has been asked.
    case idle
    /// A request is coming.
    case receiving
    /// Its answer is being made.
    case answering
    /// The answer is on its way.
    case sending
    /// The last answer is sent; what still comes is thrown away, so that the client can read it.
    case lingering
    case closed
  }

  /// What has been read but not yet looked at.
  private enum Event {
    case part(HTTPServerRequestPart)
    case failure(any Error)
    case end
  }

  let service: Service
  var state = State.idle
  var exchange: Exchange?
  var requestCount = 0
  private var waiting: [Event] = []
  private var isTakingEvents = false
  private var holdsRead = false
  private var timer: DeadlineTimer?

  /// How long what is still sent after a refusal is thrown away.
  static let lingeringSeconds = 2.0

  init(_ service: Service) { self.service = service }

  func handlerAdded(context: ChannelHandlerContext) {
    let timer = DeadlineTimer(context.eventLoop)
    let loopBound = context.loopBound
    timer.onExpiry = { [weak self] in self?.expire(loopBound.value) }
    self.timer = timer
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.stop() }

  func channelActive(context: ChannelHandlerContext) {
    service.metrics.connectionOpened()
    allow(min(service.settings.idleSeconds, service.settings.timeoutSeconds))
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    service.metrics.connectionClosed()
    abandon()
    end()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    take(.part(Self.unwrapInboundIn(data)), context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    take(.failure(error), context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: take(.end, context)
    case is StopEvent:
      if state == .idle, waiting.isEmpty { close(context) } else { exchange?.closes = true }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// Reads on only while nothing that was read has to wait.
  func read(context: ChannelHandlerContext) {
    guard isReading else {
      holdsRead = true
      return
    }
    context.read()
  }

  private var isReading: Bool {
    waiting.isEmpty && (state == .idle || state == .receiving || state == .lingering)
  }

  /// Gives the connection so many seconds for what it is at.
  func allow(_ seconds: Double) { timer?.set(.now() + .milliseconds(Int64(seconds * 1000))) }

  private func take(_ event: Event, _ context: ChannelHandlerContext) {
    guard state != .closed else { return }
    waiting.append(event)
    takeEvents(context)
  }

  /// Looks at what was read, until an answer has to be made first.
  func takeEvents(_ context: ChannelHandlerContext) {
    guard !isTakingEvents else { return }
    isTakingEvents = true
    var taken = 0
    while taken < waiting.count, state == .idle || state == .receiving || state == .lingering {
      let event = waiting[taken]
      taken += 1
      switch event {
      case .part(let part): take(part, context)
      case .failure(let error): fail(error, context)
      case .end:
        abandon()
        close(context)
      }
    }
    waiting.removeFirst(min(taken, waiting.count))
    isTakingEvents = false
    guard isReading, holdsRead else { return }
    holdsRead = false
    context.read()
  }

  /// Takes note that the client will not get its answer, if it waits for one.
  func abandon() {
    guard let exchange else { return }
    exchange.awaited?.lose()
    service.held.give(exchange.heldBytes)
    self.exchange = nil
    service.note(exchange, status: 499)
  }

  func close(_ context: ChannelHandlerContext) {
    guard state != .closed else { return }
    end()
    context.close(promise: nil)
  }

  private func end() {
    state = .closed
    waiting = []
    timer?.stop()
    exchange = nil
  }

  /// Whether the connection ends once its answer is sent.
  var isLast: Bool { exchange?.closes ?? true || service.isStopping }

  /// What a connection does that has used up its time.
  private func expire(_ context: ChannelHandlerContext) {
    switch state {
    case .idle, .lingering: close(context)
    case .receiving:
      service.metrics.count(.timeout)
      let seconds = numberText(service.settings.timeoutSeconds)
      refuse(
        Problem(
          .requestTimeout, "the request did not arrive within \(seconds) s",
          hint: "send it faster, or start the server with a larger `--timeout`"), context)
    case .answering:
      service.metrics.count(.timeout)
      exchange?.awaited?.lose()
      let seconds = numberText(service.settings.timeoutSeconds)
      send(Problem.busy("there was no answer within \(seconds) s").reply, context)
    case .sending:
      abandon()
      close(context)
    case .closed: break
    }
  }
}

/// Asks a connection to end with the answer that it is at.
struct StopEvent: Sendable {}
