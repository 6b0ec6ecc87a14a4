import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C and the request to terminate: the first asks for a clean end, the second ends at once.
enum Interruption {
  /// Starts to listen.
  static func listen() {
    requested.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] { _ = signal(number, noteInterruption) }
  }

  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}

private let requested = Atomic<Bool>(false)

/// Remembers the request and lets the next one end the program.
private func noteInterruption(_ number: Int32) {
  requested.store(true, ordering: .relaxed)
  _ = signal(number, SIG_DFL)
}
