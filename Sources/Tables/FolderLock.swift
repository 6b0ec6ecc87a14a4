#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write in a folder, which one process has at a time; it ends with the process.
///
/// The folder itself is locked, so that the lock leaves no file and goes along when it is renamed.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock; nil where another process has it or has taken the folder away.
  ///
  /// A file system that knows no locks grants it.
  public init?(_ path: String) throws(TableError) {
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path, reason: systemMessage(errno)) }
    let isRefused = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    var (held, named) = (stat(), stat())
    let isThere = unsafe fstat(descriptor, &held) == 0 && stat(path, &named) == 0
    guard !isRefused, isThere, held.st_ino == named.st_ino, held.st_dev == named.st_dev else {
      return nil
    }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }
}
