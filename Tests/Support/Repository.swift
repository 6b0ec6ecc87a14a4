import Foundation

/// The repository the tests run in.
public enum Repository {
  /// The folder that holds `Package.swift`.
  public static let root: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }()

  /// The folder of data that is not part of the repository; nil where it is absent.
  public static let shared: String? = {
    let named = ProcessInfo.processInfo.environment["PLUMB_SHARED"]
    let folder = named ?? root + "/../shared"
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  /// A path inside the repository.
  public static func path(_ relative: String) -> String { "\(root)/\(relative)" }

  /// The text of a file inside the repository; empty if it cannot be read.
  public static func text(_ relative: String) -> String {
    (try? String(contentsOfFile: path(relative), encoding: .utf8)) ?? ""
  }

  /// All files below a folder of the repository, as paths inside it, in order.
  public static func files(below folder: String, ending: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: path(folder))?.allObjects as? [String]
    return (found ?? []).filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// An empty folder for one test.
  public static func temporaryFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "plumb-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}
