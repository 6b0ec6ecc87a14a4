import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C, the request to terminate, and the end of the terminal: the first stops the server, the
/// second ends it at once.
struct StopSignals {
  private let arrivals = Arrivals()
  private let sources: [any DispatchSourceSignal]

  init() {
    let arrivals = arrivals
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrivals.take(number) }
      source.resume()
      return source
    }
  }

  /// Waits for the first; the code with which the program then ends: 130 for Ctrl-C, which is an
  /// interruption, else 0.
  func wait() -> Int32 { arrivals.wait() == SIGINT ? 130 : 0 }
}

/// The first signal that came.
private final class Arrivals: Sendable {
  private let signals = DispatchSemaphore(value: 0)
  private let first = Mutex<Int32?>(nil)

  /// Takes note of the first signal; ends the program at the second.
  func take(_ number: Int32) {
    let isFirst = first.withLock { first in
      defer { first = first ?? number }
      return first == nil
    }
    guard isFirst else { exit(128 + number) }
    signals.signal()
  }

  func wait() -> Int32? {
    signals.wait()
    return first.withLock { $0 }
  }
}
