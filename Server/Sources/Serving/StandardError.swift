#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where remarks go.
public enum StandardError {
  /// Writes a line.
  public static func print(_ line: String) { write(Array((line + "\n").utf8)) }

  /// Writes every byte, as long as somebody reads.
  static func write(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      start += count
    }
  }
}

/// The system's `write`, by a name that does not collide with methods.
private func systemWrite(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(2, bytes, count)
}
