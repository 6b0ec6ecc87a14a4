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
    noteBlock(isOpen: false)
    for number in [SIGINT, SIGTERM] { _ = signal(number, noteInterruption) }
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
