internal import Tables

/// Paths as texts, without asking the file system what they lead to.
public enum PathNames {
  /// An absolute path without `.`, `..` and doubled slashes.
  public static func absolute(_ path: String, in folder: String) -> String {
    var names: [Substring] = []
    let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    for name in whole.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }

  /// An absolute path as seen from an absolute folder, with `..` where it lies outside.
  public static func relative(_ path: String, to folder: String) -> String {
    let prefix = folder == "/" ? "/" : folder + "/"
    if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
    let (names, base) = (path.split(separator: "/"), folder.split(separator: "/"))
    let common = zip(names, base).prefix { $0 == $1 }.count
    let up = [Substring](repeating: "..", count: base.count - common)
    let all = up + names[common...]
    return all.isEmpty ? "." : all.joined(separator: "/")
  }

  /// The folder that holds an absolute path; that of the root is the root.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The folder the program runs in.
  public static var current: String { currentFolder() }

  static func exists(_ path: String) -> Bool { PathKind(path) != .absent }
}
