#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes bytes as a new file, or over one that is there.
///
/// They are left to the system to bring to the disk: a file of which a power cut left a part is
/// found damaged when it is read.
public func writeFile(_ bytes: [UInt8], to path: String) throws(TableError) {
  try write(bytes, to: path, isFlushed: false)
}

/// Puts bytes in the place of a file, or makes it: written beside it as `PATH.new`, brought to the
/// disk and renamed, so that whatever happens the old file or the new one is there whole.
public func replaceFile(_ bytes: [UInt8], at path: String) throws(TableError) {
  let aside = path + newFileEnding
  do throws(TableError) {
    try write(bytes, to: aside, isFlushed: true)
    try renameFile(aside, to: path)
  } catch {
    _ = unsafe unlink(aside)
    throw error
  }
  try flush(parentFolder(of: path))
}

/// Gives a file another name, in place of the file that has it, if there is one.
public func renameFile(_ path: String, to name: String) throws(TableError) {
  guard unsafe rename(path, name) == 0 else { throw .unwritable(name, number: errno) }
}

/// What follows the name of a file that is about to take the place of another.
public let newFileEnding = ".new"

/// Brings a file, or the names in a folder, to the disk.
public func flush(_ path: String) throws(TableError) {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .unwritable(path, number: errno) }
  defer { _ = close(descriptor) }
  // Some file systems cannot flush a folder, and say so.
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw .unwritable(path, number: errno) }
}

/// Makes a folder; with `parents` also those above it, and then it may be there already.
public func makeFolder(_ path: String, parents: Bool) throws(TableError) {
  guard unsafe mkdir(path, 0o777) != 0 else { return }
  let number = errno
  if parents, number == EEXIST, PathKind(path) == .folder { return }
  let parent = parentFolder(of: path)
  guard parents, number == ENOENT, parent != path else { throw .unwritable(path, number: number) }
  try makeFolder(parent, parents: true)
  try makeFolder(path, parents: false)
}

/// The folder in which a path lies.
public func parentFolder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func write(_ bytes: [UInt8], to path: String, isFlushed: Bool) throws(TableError) {
  let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
  let descriptor = unsafe open(path, flags, 0o666)
  guard descriptor >= 0 else { throw .unwritable(path, number: errno) }
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      let number = errno
      _ = close(descriptor)
      throw .unwritable(path, number: number)
    }
    written += count
  }
  let isSafe = !isFlushed || fsync(descriptor) == 0
  let number = errno
  guard close(descriptor) == 0, isSafe else {
    throw .unwritable(path, number: isSafe ? errno : number)
  }
}

extension TableError {
  /// The file or folder cannot be written, for the system's reason.
  static func unwritable(_ path: String, number: Int32) -> TableError {
    var error = TableError("cannot be written: \(systemMessage(number))", path: path)
    switch number {
    case ENOSPC, EDQUOT, EFBIG: error.cause = .space
    case EACCES, EPERM, EROFS: error.cause = .permission
    default: break
    }
    return error
  }
}
