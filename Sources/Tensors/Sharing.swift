internal import CKernels
public import Parallel

extension Workers {
  /// Cuts `count` things into a run for each thread, all but the last a multiple of `grain` long,
  /// and calls `body` with the first of each run and its length.
  func share(_ count: Int, grain: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
    let even = (count + self.count - 1) / self.count
    let size = max(grain, (even + grain - 1) / grain * grain)
    run(parts: (count + size - 1) / size) { part in
      body(part * size, min(size, count - part * size))
    }
  }
}

/// How the calling thread treats denormal numbers, those nearest to 0.
public struct FloatingPointMode: Sendable {
  private let bits: UInt64

  /// Takes denormal numbers for 0 from here on, which would slow arithmetic a hundredfold where
  /// gradients vanish; gives the mode that was in force.
  public static func flushDenormals() -> FloatingPointMode {
    FloatingPointMode(bits: plumb_flush_denormals())
  }

  /// Goes back to this mode.
  public func restore() { plumb_restore_floating_point(bits) }
}

/// Takes denormal numbers for 0 on all threads but the caller's, for as long as they live.
public func flushDenormals(on workers: Workers) {
  workers.run(parts: workers.count) { part in
    if part > 0 { _ = plumb_flush_denormals() }
  }
}
