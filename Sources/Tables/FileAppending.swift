#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Puts bytes at the end of a file, which is made if it is not there.
public func appendFile(_ bytes: [UInt8], to path: String) throws(TableError) {
  let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
  let descriptor = unsafe open(path, flags, 0o666)
  guard descriptor >= 0 else { throw .unwritable(path, number: errno) }
  defer { _ = close(descriptor) }
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw .unwritable(path, number: errno) }
    written += count
  }
}
