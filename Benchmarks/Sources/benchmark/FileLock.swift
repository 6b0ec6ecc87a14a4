import Foundation

/// The lock of a file, for machines on which others measure too.
struct FileLock {
  private let descriptor: Int32

  /// Waits until nobody else holds the lock.
  init(_ path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
      throw StartFailure(description: "\(path): \(String(cString: strerror(errno)))")
    }
  }

  func release() { close(descriptor) }
}
