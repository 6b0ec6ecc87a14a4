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
  let file = try OpenFile(path: path, maximumBytes: maximumBytes)
  return try readAll(file.descriptor, sizeHint: file.count, path, maximumBytes)
}

/// A regular file that is open for reading.
final class OpenFile: Sendable {
  let path: String
  /// How many bytes it had when it was opened.
  let count: Int
  fileprivate let descriptor: Int32

  init(path: String, maximumBytes: Int) throws(TableError) {
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotOpen(path, number: errno)
    }
    (self.path, self.descriptor) = (path, descriptor)
    var status = stat()
    let outcome = unsafe fstat(descriptor, &status)
    count = Int(status.st_size)
    guard outcome == 0 else { throw .unreadable(path, reason: systemMessage(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path) }
    guard count <= maximumBytes else { throw .tooLarge(path, maximumBytes: maximumBytes) }
  }

  deinit { _ = close(descriptor) }

  /// Copies bytes of the file into a buffer, the first to the given place; any thread may call it.
  func read(_ range: Range<Int>, into buffer: inout [UInt8], at place: Int) throws(TableError) {
    precondition(place >= 0 && place + range.count <= buffer.count, "a buffer holds what is read")
    var filled = 0
    while filled < range.count {
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: place + filled), range.count - filled,
          off_t(range.lowerBound + filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, reason: systemMessage(errno)) }
      guard count > 0 else { throw .unreadable(path, reason: "it became shorter meanwhile") }
      filled += count
    }
  }
}

extension TableError {
  /// The file cannot be opened, for the system's reason.
  fileprivate static func cannotOpen(_ path: String, number: Int32) -> TableError {
    cannotOpen(path, reason: systemMessage(number), isAbsent: number == ENOENT)
  }
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
func systemMessage(_ number: Int32) -> String {
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  let message = unsafe String(cString: text)
  return message.prefix(1).lowercased() + message.dropFirst()
}

/// What tells whether a file is still the one that was read: its size, its place on the disk, and
/// when its bytes and its entry were last changed.
public struct FileStamp: Sendable, Codable, Hashable {
  public var bytes: Int
  var file: UInt64
  var modified: Int
  var changed: Int

  /// The stamp of a regular file; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    bytes = Int(status.st_size)
    file = UInt64(status.st_ino)
    #if os(Linux)
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #else
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #endif
    self.modified = modified.tv_sec * 1_000_000_000 + modified.tv_nsec
    self.changed = changed.tv_sec * 1_000_000_000 + changed.tv_nsec
  }

  /// The stamp as numbers, which differ where stamps do.
  public var numbers: [Int] { [bytes, Int(bitPattern: UInt(file)), modified, changed] }

  /// Whether the last change lies so long before a moment that another one would show in the
  /// times; some systems count seconds.
  public func isSteady(atNanoseconds now: Int) -> Bool {
    now - max(modified, changed) >= 3_000_000_000
  }
}

/// A regular file or standard input, read from its start on.
final class InputDescriptor {
  private let path: String
  private let descriptor: Int32
  /// The file that closes itself; nil for standard input.
  private let file: OpenFile?
  private let shouldStop: (() -> Bool)?

  /// Opens a regular file; `-` is standard input.
  init(path: String, shouldStop: (() -> Bool)? = nil) throws(TableError) {
    self.shouldStop = shouldStop
    self.path = path == "-" ? "<stdin>" : path
    file = path == "-" ? nil : try OpenFile(path: path, maximumBytes: .max)
    descriptor = file?.descriptor ?? 0
  }

  /// The next bytes, at most so many; none at the end.
  func read(atMost count: Int) throws(TableError) -> [UInt8] {
    try wait()
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let filled = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress, count)
      }
      if filled < 0, errno == EINTR { continue }
      guard filled >= 0 else { throw .unreadable(path, reason: systemMessage(errno)) }
      bytes.removeLast(count - filled)
      return bytes
    }
  }
}

extension InputDescriptor {
  /// Between two looks at whether to stop; a signal that comes just before waiting ends it late.
  private static let pauseMilliseconds: Int32 = 100

  /// Waits until standard input has bytes or ends; throws once nobody wants them any more.
  private func wait() throws(TableError) {
    guard file == nil, let shouldStop else { return }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&request, 1, Self.pauseMilliseconds) <= 0 {
      if shouldStop() { throw TableError("is no longer waited for", path: path) }
    }
  }
}

/// The system's `read`, by a name that does not collide with methods.
private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  unsafe read(descriptor, buffer, count)
}

/// A file that is written beside its place and gets its name when it is whole.
public final class PartialFile {
  public let path: String
  private let partial: String
  private let descriptor: Int32
  private var isFinished = false

  /// Makes the file; it is removed again unless `finish` is called.
  public init(path: String) throws(TableError) {
    self.path = path
    partial = "\(path).partial\(getpid())"
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    descriptor = unsafe open(partial, flags, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path, number: errno) }
  }

  deinit {
    guard !isFinished else { return }
    _ = close(descriptor)
    _ = unsafe unlink(partial)
  }

  /// Adds bytes.
  public func write(_ bytes: [UInt8]) throws(TableError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(path, number: errno) }
      written += count
    }
  }

  /// Brings the bytes to the disk and gives the file its name.
  public func finish() throws(TableError) {
    guard fsync(descriptor) == 0 || errno == EINVAL, unsafe rename(partial, path) == 0 else {
      throw .cannotWrite(path, number: errno)
    }
    isFinished = true
    _ = close(descriptor)
  }
}

/// The system's `write`, by a name that does not collide with methods.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

extension TableError {
  /// A file cannot be made or written, for the system's reason.
  fileprivate static func cannotWrite(_ path: String, number: Int32) -> TableError {
    TableError("cannot be written: \(systemMessage(number))", path: path)
  }
}
