internal import CWorkers

/// Threads that share the parts of one job at a time.
///
/// Part `i` always runs on thread `i % count`, the caller being thread 0. A thread without work
/// looks for more for some microseconds and then sleeps. The threads end with the object.
@safe public final class Workers {
  /// How many threads there are, the caller's included.
  public let count: Int
  /// Nil where the caller works alone.
  private let pool: OpaquePointer?

  /// The number of processors this process may use.
  public static var processorCount: Int { plumb_processor_count() }

  /// Starts `count − 1` threads; where the system gives no more threads, the caller works alone.
  public init(count: Int) {
    precondition(count >= 1, "work needs at least one thread")
    unsafe pool = count > 1 ? plumb_pool_create(count) : nil
    self.count = unsafe pool == nil ? 1 : count
  }

  deinit {
    if let pool = unsafe pool { unsafe plumb_pool_destroy(pool) }
  }

  /// Calls `body` once for each part, and returns when all are done.
  ///
  /// The parts run at the same time: each must write only what no other part reads or writes. A
  /// result that depends on how work is cut must be cut in the same way for every `count`. The body
  /// must not start work of its own here.
  public func run(parts: Int, _ body: (Int) -> Void) {
    guard let pool = unsafe pool, parts > 1 else {
      for part in 0..<parts { body(part) }
      return
    }
    withoutActuallyEscaping(body) { body in
      unsafe withUnsafePointer(to: body) { body in
        unsafe plumb_pool_run(
          pool, parts,
          { context, part in
            unsafe context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(part)
          }, UnsafeMutableRawPointer(mutating: body))
      }
    }
  }
}

@available(*, unavailable)
extension Workers: Sendable {}
