#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes of a regular file; refused above a bound, and never from a pipe or device.
///
/// The file is opened without blocking and its kind is asked of the open descriptor, so that a
/// pipe nobody writes to cannot hold the program up.
public func readFile(at path: String, maximumBytes: Int) throws(TableError) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw .cannotOpen(path, reason: systemMessage(errno))
  }
  defer { _ = close(descriptor) }
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else {
    throw .unreadable(path, reason: systemMessage(errno))
  }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path) }
  guard status.st_size <= maximumBytes else {
    throw .tooLarge(path, maximumBytes: maximumBytes)
  }
  return try readAll(descriptor, sizeHint: Int(status.st_size), path, maximumBytes)
}

/// Bytes of standard input, up to a bound.
public func readStandardInput(maximumBytes: Int) throws(TableError) -> [UInt8] {
  try readAll(0, sizeHint: 65_535, "<stdin>", maximumBytes)
}

/// Reads to the end of the file, which may differ from the size it had when it was opened.
private func readAll(
  _ descriptor: Int32, sizeHint: Int, _ path: String, _ maximumBytes: Int
) throws(TableError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: sizeHint + 1)
  var filled = 0
  while true {
    if filled == bytes.count {
      bytes.append(contentsOf: [UInt8](repeating: 0, count: max(65_536, bytes.count / 2)))
    }
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
    }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .unreadable(path, reason: systemMessage(errno)) }
    guard count > 0 else { break }
    filled += count
    guard filled <= maximumBytes else { throw .tooLarge(path, maximumBytes: maximumBytes) }
  }
  bytes.removeLast(bytes.count - filled)
  return bytes
}

/// The system's words for an error number, in lower case.
private func systemMessage(_ number: Int32) -> String {
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  let message = unsafe String(cString: text)
  return message.prefix(1).lowercased() + message.dropFirst()
}
