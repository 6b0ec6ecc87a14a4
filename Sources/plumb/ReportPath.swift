#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Paths as build servers know them: relative to the folder that was checked out.
enum ReportPath {
  /// A path of this process as one of the project, which the server or git names; unchanged where
  /// there is no project, or the file lies outside.
  static func inProject(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath
    guard let root = root(above: folder) else { return path }
    let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    let names = plain(whole)
    return names.hasPrefix(root + "/") ? String(names.dropFirst(root.count + 1)) : path
  }

  private static func root(above folder: String) -> String? {
    for variable in ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"] {
      if let value = Console.environment(variable), !value.isEmpty,
        (folder + "/").hasPrefix(plain(value) + "/")
      {
        return plain(value)
      }
    }
    var names = folder.split(separator: "/")
    while !names.isEmpty {
      let candidate = "/" + names.joined(separator: "/")
      if FileManager.default.fileExists(atPath: "\(candidate)/.git") { return candidate }
      names.removeLast()
    }
    return nil
  }

  /// An absolute path without `.` and `..`.
  private static func plain(_ path: String) -> String {
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }
}
