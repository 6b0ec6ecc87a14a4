import NIOCore
import NIOHTTP1

extension ConnectionHandler {
  /// Takes a part of a request.
  func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch part {
    case .head(let head) where state == .idle: begin(head, context)
    case .body(let bytes) where state == .receiving: add(bytes, context)
    case .end where state == .receiving: complete(context)
    case .end where state == .lingering: close(context)
    case .head, .body, .end: break
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    requestCount += 1
    let exchange = Exchange(requestCount, head, service)
    self.exchange = exchange
    state = .receiving
    allow(service.settings.timeoutSeconds)
    let waitsForWord = head.headers.first(name: "expect")?.lowercased() == "100-continue"
    switch exchange.plan {
    case .refuse(let reply): refuse(reply, context)
    case .reply(let reply) where waitsForWord: refuse(reply, context)
    case .predict where waitsForWord:
      context.writeAndFlush(
        Self.wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
        promise: nil)
    case .reply, .predict: break
    }
  }

  private func add(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    let count = bytes.readableBytes
    exchange?.receivedBytes += count
    guard exchange?.receivedBytes ?? 0 <= service.settings.maximumBodyBytes else {
      service.metrics.count(.body)
      return refuse(.tooLarge(service.settings.maximumBodyBytes), context)
    }
    guard case .predict? = exchange?.plan else { return }
    guard service.held.take(count) else {
      service.metrics.count(.memory)
      return refuse(.busy("the bodies that are here leave no memory for another"), context)
    }
    exchange?.heldBytes += count
    exchange?.body.append(contentsOf: bytes.readableBytesView)
  }

  /// Answers a request that has come, or has it answered.
  private func complete(_ context: ChannelHandlerContext) {
    exchange?.isReceived = true
    switch exchange?.plan {
    case .reply(let reply)?, .refuse(let reply)?: send(reply, context)
    case .predict(let call)?: predict(call, context)
    case nil: close(context)
    }
  }

  private func predict(_ call: PredictionCall, _ context: ChannelHandlerContext) {
    guard let exchange else { return }
    let body = AwaitedBody(exchange.body)
    self.exchange?.body = []
    self.exchange?.awaited = body
    state = .answering
    allow(service.settings.timeoutSeconds)
    let loop = context.eventLoop
    let number = exchange.number
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: loop)
    let job = PredictionQueue.Job(call: call, body: body) { reply in
      loop.execute {
        let (handler, context) = bound.value
        guard handler.state == .answering, handler.exchange?.number == number else { return }
        handler.send(reply, context)
      }
    }
    guard service.queue.add(job) else {
      service.metrics.count(.queue)
      let count = service.settings.queueLength
      let waiting = count == 1 ? "a request waits" : "\(count) requests wait"
      return send(Problem.busy("\(waiting) already").reply, context)
    }
  }

  func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    refuse(problem.reply, context)
  }

  /// Answers a request whose body has not come, and ends the connection.
  private func refuse(_ reply: Reply, _ context: ChannelHandlerContext) {
    exchange?.closes = true
    send(reply, context)
  }

  /// Sends an answer.
  func send(_ reply: Reply, _ context: ChannelHandlerContext) {
    guard let exchange else { return }
    if reply.status == .contentTooLarge, exchange.isReceived { service.metrics.count(.rows) }
    service.held.give(exchange.heldBytes)
    self.exchange?.heldBytes = 0
    self.exchange?.reply = reply
    state = .sending
    allow(service.settings.timeoutSeconds)
    let number = exchange.number
    context.write(Self.wrapOutboundOut(.head(head(of: reply, exchange))), promise: nil)
    if !exchange.isHead, !reply.body.isEmpty {
      let bytes = context.channel.allocator.buffer(bytes: reply.body)
      context.write(Self.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }
    let sent = context.eventLoop.makePromise(of: Void.self)
    let loopBound = context.loopBound
    sent.futureResult.assumeIsolated().whenComplete { [self] result in
      guard state == .sending, self.exchange?.number == number else { return }
      switch result {
      case .success: finish(loopBound.value)
      case .failure:
        abandon()
        close(loopBound.value)
      }
    }
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: sent)
  }

  private func head(of reply: Reply, _ exchange: Exchange) -> HTTPResponseHead {
    var fields = HTTPHeaders()
    if let type = reply.contentType { fields.add(name: "Content-Type", value: type) }
    if reply.status != .noContent {
      fields.add(name: "Content-Length", value: "\(reply.body.count)")
    }
    fields.add(name: "Date", value: WallTime.now.fieldText)
    for (name, value) in reply.fields { fields.add(name: name, value: value) }
    if isLast {
      fields.add(name: "Connection", value: "close")
    } else if exchange.saysKeepAlive {
      fields.add(name: "Connection", value: "keep-alive")
    }
    return HTTPResponseHead(
      version: .http1_1,
      status: HTTPResponseStatus(
        statusCode: reply.status.rawValue, reasonPhrase: reply.status.phrase), headers: fields)
  }

  /// Goes on to the next request once an answer has been taken.
  private func finish(_ context: ChannelHandlerContext) {
    guard let exchange else { return }
    let isLast = isLast
    self.exchange = nil
    service.note(exchange, status: exchange.reply?.status.rawValue ?? 0)
    if isLast, exchange.isReceived { return close(context) }
    state = isLast ? .lingering : .idle
    allow(isLast ? Self.lingeringSeconds : service.settings.idleSeconds)
    takeEvents(context)
  }

  /// Answers bytes that are no request, and ends the connection.
  func fail(_ error: any Error, _ context: ChannelHandlerContext) {
    guard state == .idle || state == .receiving else { return }
    guard let error = error as? HTTPParserError else {
      abandon()
      return close(context)
    }
    var problem = Problem(.badRequest, "this is no request of HTTP 1.1", hint: nil)
    switch error {
    case .headerOverflow:
      problem = Problem(
        .headersTooLarge,
        "the header fields are longer than \(HTTPServer.maximumHeaderBytes) bytes, or too many")
    case .invalidEOFState where state == .receiving:
      abandon()
      return close(context)
    default: break
    }
    if exchange == nil {
      requestCount += 1
      exchange = Exchange(requestCount, unreadable: problem)
    }
    refuse(problem, context)
  }
}

extension Service {
  /// Counts and logs a request that is over; 499 stands for a client that did not take its answer.
  func note(_ exchange: Exchange, status: Int) {
    let nanoseconds = (NIODeadline.now() - exchange.started).nanoseconds
    let seconds = Double(nanoseconds) / 1e9
    metrics.count(exchange.route, status: status, seconds: seconds, rows: exchange.reply?.rows ?? 0)
    log?.add(exchange, status: status, seconds: seconds)
  }
}
