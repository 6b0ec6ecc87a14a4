import Foundation

/// Files that hold what a program should print; `UPDATE_GOLDEN=1` rewrites them.
public enum Golden {
  public static var isUpdating: Bool {
    ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
  }

  /// Whether `text` is what the file holds; when updating, the file is made so.
  public static func matches(_ text: String, _ relative: String) -> Bool {
    if isUpdating, Repository.text(relative) != text {
      let path = Repository.path(relative)
      let folder = (path as NSString).deletingLastPathComponent
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      try? text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return Repository.text(relative) == text
  }
}
