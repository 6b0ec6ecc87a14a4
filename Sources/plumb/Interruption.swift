import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C, the request to terminate, and the end of the terminal: the first asks for a clean end,
/// the second ends at once.
enum Interruption {
  /// Starts to listen.
  static func listen() {
    requested.store(false, ordering: .relaxed)
    noteBlock(isOpen: false)
    for number in [SIGINT, SIGTERM] { _ = signal(number, noteInterruption) }
    // Under `nohup` the end of the terminal is nothing to listen to.
    if let former = signal(SIGHUP, noteInterruption), isIgnoring(former) {
      _ = signal(SIGHUP, SIG_IGN)
    }
    unblock()
  }

  /// A parent may have blocked signals for all that it starts.
  private static func unblock() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaddset(&signals, number) }
    _ = unsafe sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Asks for a clean end, as a signal does.
  static func request() { requested.store(true, ordering: .relaxed) }

  /// Whether a block of progress has to be erased before the program ends at once.
  static func noteBlock(isOpen: Bool) { hasBlock.store(isOpen, ordering: .relaxed) }
}

private let requested = Atomic<Bool>(false)
private let hasBlock = Atomic<Bool>(false)

/// Remembers the request; the next one ends the program, with the terminal as it was.
private func noteInterruption(_ number: Int32) {
  guard requested.exchange(true, ordering: .relaxed) else { return }
  if hasBlock.load(ordering: .relaxed) { Console.eraseProgress() }
  _ = signal(number, SIG_DFL)
  raise(number)
}

/// Whether a handler is the one that ignores a signal.
private func isIgnoring(_ handler: @convention(c) (Int32) -> Void) -> Bool {
  unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
