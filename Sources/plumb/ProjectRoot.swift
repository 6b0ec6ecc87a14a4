#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder in which the paths of a spec must stay when it is checked.
///
/// It is the nearest folder above the spec that holds `.git`, or else the outermost that holds
/// `.plumb.yaml`: the configuration of a part of the project is no wall. Where there is neither,
/// it is the folder above the spec's own, so that `../data/table.csv` can be named, or the current
/// folder where the spec lies further below that. The root of the file system is never taken.
struct ProjectRoot: Sendable {
  /// Its real path, without links.
  let folder: String

  /// The project of a spec; that of standard input belongs to the current folder.
  init(of spec: String) {
    let manager = FileManager.default
    let current = Self.real(manager.currentDirectoryPath)
    let slash = spec.lastIndex(of: "/")
    let own = slash.map { Self.real(String(spec[...$0])) } ?? current
    var names = own.split(separator: "/")
    var configured: String?
    while !names.isEmpty {
      let candidate = "/" + names.joined(separator: "/")
      if manager.fileExists(atPath: "\(candidate)/.git") {
        folder = candidate
        return
      }
      if manager.fileExists(atPath: "\(candidate)/.plumb.yaml") { configured = candidate }
      names.removeLast()
    }
    if let configured {
      folder = configured
      return
    }
    let above = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? ""
    if Self.lies(own, in: current), Self.lies(above, in: current) {
      folder = current
    } else {
      folder = above.isEmpty ? own : above
    }
  }

  /// Whether a file really lies in the project, whatever links lead to it.
  func holds(_ path: String) -> Bool {
    Self.lies(Self.real(path), in: folder)
  }

  private static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  private static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  /// A path without links, `.` and `..`. Of one that does not exist, as much of the front is
  /// followed as does.
  static func real(_ path: String) -> String {
    var rest: [Substring] = []
    let whole = absolute(path, in: FileManager.default.currentDirectoryPath)
    var names = whole.split(separator: "/").filter { $0 != "." }
    while !names.isEmpty {
      let candidate = "/" + names.joined(separator: "/")
      if FileManager.default.fileExists(atPath: candidate) {
        let front = URL(filePath: candidate).resolvingSymlinksInPath().path
        return plain(front + "/" + rest.joined(separator: "/"))
      }
      rest.insert(names.removeLast(), at: 0)
    }
    return plain("/" + rest.joined(separator: "/"))
  }

  private static func plain(_ path: String) -> String {
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }
}
