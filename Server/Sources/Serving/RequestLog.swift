import Dispatch
import Synchronization

/// A line of JSON on standard error for each request.
///
/// Lines are written by a thread of their own; where standard error is not read, they are left out
/// and counted rather than kept.
final class RequestLog: Sendable {
  private static let mostWaiting = 10_000
  private let queue = DispatchQueue(label: "log")
  private let waiting = Mutex((lines: 0, lost: 0))

  func add(_ exchange: Exchange, status: Int, seconds: Double) {
    let lost = waiting.withLock { waiting -> Int? in
      guard waiting.lines < Self.mostWaiting else {
        waiting.lost += 1
        return nil
      }
      waiting.lines += 1
      defer { waiting.lost = 0 }
      return waiting.lost
    }
    guard let lost else { return }
    let line = JSONValue.members([
      "time": .text(WallTime.now.logText), "method": .text(exchange.method),
      "path": .text(String(exchange.path.prefix(256))), "status": .number(Double(status)),
      "seconds": .number((seconds * 1e6).rounded() / 1e6),
      "received": .number(Double(exchange.receivedBytes)),
      "sent": .number(Double(exchange.isHead ? 0 : exchange.reply?.body.count ?? 0)),
      "rows": .number(Double(exchange.reply?.rows ?? 0)),
      "lines_lost": lost > 0 ? .number(Double(lost)) : nil,
    ])
    queue.async {
      StandardError.write(line.bytes + [0x0A])
      self.waiting.withLock { $0.lines -= 1 }
    }
  }

  /// Waits until all is written.
  func finish() { queue.sync {} }
}
