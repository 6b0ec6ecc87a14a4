import NIOCore

/// Calls back once a deadline has passed that is often moved, mostly to later.
///
/// Moving it to later costs nothing: the one task that is scheduled looks again when it runs.
final class DeadlineTimer {
  var onExpiry: (() -> Void)?
  private let loop: NIOIsolatedEventLoop
  private var deadline = NIODeadline.distantFuture
  private var task: (at: NIODeadline, task: Scheduled<Void>)?

  init(_ loop: any EventLoop) { self.loop = loop.assumeIsolated() }

  /// Moves the deadline.
  func set(_ deadline: NIODeadline) {
    self.deadline = deadline
    if let task, task.at <= deadline { return }
    task?.task.cancel()
    schedule()
  }

  /// Forgets the deadline.
  func stop() {
    task?.task.cancel()
    (task, onExpiry, deadline) = (nil, nil, .distantFuture)
  }

  private func schedule() {
    let at = deadline
    task = (at, loop.scheduleTask(deadline: at) { [self] in look() })
  }

  private func look() {
    task = nil
    guard deadline < .distantFuture else { return }
    guard .now() >= deadline else { return schedule() }
    deadline = .distantFuture
    onExpiry?()
  }
}
