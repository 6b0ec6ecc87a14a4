#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A thread that runs beside the others and ends by itself.
enum BackgroundThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts it; false if the system gives no more threads.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let work = unsafe Unmanaged.passRetained(Work(body))
    #if os(Linux)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        #if os(Linux)
          let work = unsafe context.map { unsafe Unmanaged<Work>.fromOpaque($0) }
        #else
          let work = unsafe Optional(Unmanaged<Work>.fromOpaque(context))
        #endif
        unsafe work?.takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      return false
    }
    #if os(Linux)
      _ = pthread_detach(thread)
    #else
      if let thread = unsafe thread { _ = unsafe pthread_detach(thread) }
    #endif
    return true
  }

  /// Waits without using the processor.
  static func sleep(seconds: Double) {
    _ = usleep(UInt32(min(max(seconds, 0), 1000) * 1_000_000))
  }
}
