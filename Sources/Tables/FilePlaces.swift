#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a path leads to.
public enum PathKind: Sendable {
  case file, folder, other, absent

  /// Asks the system; without following links, a link counts as what is neither file nor folder.
  public init(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    let outcome = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard outcome == 0 else {
      self = .absent
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}

/// The names in a folder, without its own and its parent's, in the order of their text; none where
/// the folder cannot be read.
public func folderNames(at path: String) -> [String] {
  guard let folder = unsafe opendir(path) else { return [] }
  defer { unsafe _ = closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { characters in
        unsafe String(cString: characters)
      }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// The folder the program runs in; `/` where the system does not say.
public func currentFolder() -> String {
  guard let text = unsafe getcwd(nil, 0) else { return "/" }
  defer { unsafe free(text) }
  return unsafe String(cString: text)
}
