#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One allocation of floats, aligned to 64 bytes and zeroed; views are windows on it.
@safe public final class Arena {
  public let floatCount: Int
  @usableFromInline let base: UnsafeMutablePointer<Float>
  /// Whose memory this is, if not its own.
  private let store: FloatStore?

  /// Stands for the memory of a store.
  init(of store: FloatStore, base: UnsafeMutablePointer<Float>) {
    (floatCount, self.store) = (store.count, store)
    unsafe self.base = unsafe base
  }

  public init(floatCount: Int) {
    precondition(floatCount >= 0, "an arena cannot have a negative size")
    self.floatCount = floatCount
    store = nil
    let bytes = max(floatCount, 1) * MemoryLayout<Float>.stride
    let memory = unsafe Arena.memory(bytes)
    unsafe base = memory.bindMemory(to: Float.self, capacity: max(floatCount, 1))
    unsafe base.initialize(repeating: 0, count: max(floatCount, 1))
  }

  /// Large memory asks for large pages, so that few addresses have to be looked up.
  private static func memory(_ bytes: Int) -> UnsafeMutableRawPointer {
    let page = 1 << 21
    guard bytes >= 2 * page else { return .allocate(byteCount: bytes, alignment: 64) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
    #if os(Linux)
      // A system without large pages refuses, and nothing is lost.
      _ = unsafe madvise(memory, bytes, MADV_HUGEPAGE)
    #endif
    return unsafe memory
  }

  deinit {
    if store == nil { unsafe base.deallocate() }
  }

  /// A view of everything.
  public var whole: View { unsafe View(arena: self, base: base, count: floatCount) }
}

@available(*, unavailable)
extension Arena: Sendable {}
