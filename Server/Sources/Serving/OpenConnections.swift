import Dispatch
import NIOCore
import Synchronization

/// The connections of a server, so that it can end them.
final class OpenConnections: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isStopping = false
  }

  private let state = Mutex(State())
  private let ends = DispatchSemaphore(value: 0)

  func add(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    let isStopping = state.withLock { state in
      state.channels[id] = channel
      return state.isStopping
    }
    channel.closeFuture.whenComplete { _ in self.remove(id) }
    if isStopping { channel.close(promise: nil) }
  }

  private func remove(_ id: ObjectIdentifier) {
    let isStopping = state.withLock { state in
      state.channels[id] = nil
      return state.isStopping
    }
    if isStopping { ends.signal() }
  }

  /// Asks all to end with the answer that they are at, and ends those that have not in time.
  func stop(within seconds: Double) {
    let open = state.withLock { state in
      state.isStopping = true
      return state.channels
    }
    for channel in open.values { channel.pipeline.fireUserInboundEventTriggered(StopEvent()) }
    let deadline = DispatchTime.now() + seconds
    while state.withLock({ !$0.channels.isEmpty }), ends.wait(timeout: deadline) == .success {}
    for channel in state.withLock({ $0.channels }).values { channel.close(promise: nil) }
  }
}

/// Takes no more connections while as many as allowed are open: further ones wait in the system.
final class ConnectionLimit: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = Never

  private let maximum: Int
  private var count = 0
  private var holdsRead = false

  init(_ maximum: Int) { self.maximum = maximum }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += 1
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    Self.unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
      let (handler, context) = bound.value
      handler.count -= 1
      guard handler.holdsRead, handler.count < handler.maximum else { return }
      handler.holdsRead = false
      context.read()
    }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    guard count < maximum else {
      holdsRead = true
      return
    }
    context.read()
  }
}
