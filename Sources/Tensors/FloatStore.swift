#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Floats that no longer change: in memory, or in a file that is mapped into it.
///
/// Several threads may read it; nobody may write to its view.
@safe public final class FloatStore: Sendable {
  public let count: Int
  /// The address of the first, as a number that threads may share.
  private let address: UInt
  /// The length of the mapping; 0 for memory.
  private let mappedBytes: Int

  /// Takes over memory, or a mapping, from its writer.
  fileprivate init(_ base: UnsafeMutableRawPointer, count: Int, mappedBytes: Int) {
    address = UInt(bitPattern: base)
    (self.count, self.mappedBytes) = (count, mappedBytes)
  }

  /// Copies floats into memory.
  public convenience init(_ values: [Float]) {
    let memory = unsafe floatMemory(values.count)
    unsafe values.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe memory.copyMemory(from: start, byteCount: bytes.count)
    }
    unsafe self.init(memory, count: values.count, mappedBytes: 0)
  }

  deinit {
    guard let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
    if mappedBytes > 0 { _ = unsafe munmap(base, mappedBytes) } else { unsafe base.deallocate() }
  }

  /// A view of everything, to be read only; it keeps the store alive.
  public var view: View {
    // A store has an address, also an empty one.
    let base = unsafe UnsafeMutableRawPointer(bitPattern: address)!
    let floats = unsafe base.bindMemory(to: Float.self, capacity: max(count, 1))
    return unsafe View(arena: Arena(of: self, base: floats), base: floats, count: count)
  }
}

/// Memory for floats on a cache line.
private func floatMemory(_ count: Int) -> UnsafeMutableRawPointer {
  .allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
}

/// Why a file of floats could not be written or mapped, in the system's words.
public struct FloatFileError: Error, Sendable {
  public let reason: String

  fileprivate init() {
    let text = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    reason = text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// Fills a store with floats, front to back.
@safe public final class FloatStoreWriter {
  private let count: Int
  private var filled = 0
  /// Where the floats go: memory, or else an open file.
  private var memory: UnsafeMutableRawPointer?
  private var descriptor: Int32 = -1

  /// Fills memory.
  public init(count: Int) {
    self.count = count
    unsafe memory = floatMemory(count)
  }

  /// Fills a new file, whose name is removed at once: its space is free again when the store, or
  /// the program, ends.
  public init(count: Int, file path: String) throws(FloatFileError) {
    self.count = count
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FloatFileError() }
    _ = unsafe unlink(path)
  }

  deinit {
    unsafe memory?.deallocate()
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Adds floats.
  public func append(_ values: ArraySlice<Float>) throws(FloatFileError) {
    precondition(filled + values.count <= count, "a store takes as many floats as were announced")
    let isWritten = unsafe values.withUnsafeBytes { bytes in unsafe write(bytes) }
    guard isWritten else { throw FloatFileError() }
    filled += values.count
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    let offset = filled * MemoryLayout<Float>.stride
    if let memory = unsafe memory {
      unsafe (memory + offset).copyMemory(from: start, byteCount: bytes.count)
      return true
    }
    var written = 0
    while written < bytes.count {
      let result = unsafe pwrite(
        descriptor, start + written, bytes.count - written, off_t(offset + written))
      if result < 0, errno == EINTR { continue }
      guard result > 0 else { return false }
      written += result
    }
    return true
  }

  /// The store, once everything is in it.
  public func finish() throws(FloatFileError) -> FloatStore {
    precondition(filled == count, "a store is full when it is finished")
    if let memory = unsafe memory {
      unsafe self.memory = nil
      return unsafe FloatStore(memory, count: count, mappedBytes: 0)
    }
    let bytes = count * MemoryLayout<Float>.stride
    guard bytes > 0 else { return FloatStore([]) }
    let base = unsafe mmap(nil, bytes, PROT_READ, MAP_SHARED, descriptor, 0)
    // A mapping that failed is −1.
    guard let base = unsafe base, UInt(bitPattern: base) != .max else {
      throw FloatFileError()
    }
    // Batches are drawn at random: reading ahead would read in vain.
    _ = unsafe madvise(base, bytes, MADV_RANDOM)
    return unsafe FloatStore(base, count: count, mappedBytes: bytes)
  }
}

/// How much memory the machine has.
public var physicalMemoryBytes: Int {
  sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
}
