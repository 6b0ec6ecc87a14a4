#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension SQLiteDatabase {
  /// How many seconds to wait while others write.
  private static var patience: Double { 30 }

  /// Opens a file of studies, for which it looks at what is there before it changes anything.
  convenience init(checked path: String, isNew: Bool) throws(StudyError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    if isNew {
      // Where it cannot be made, opening the file says so.
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } else if !FileManager.default.fileExists(atPath: path) {
      throw StudyError("there is no file `\(path)`")
    }
    if let system = FileSystemKind.network(of: folder) { throw .network(system, path) }
    try self.init(path, isNew ? .creating : .changing, patience: Self.patience)
    let tables = try rows("SELECT name FROM sqlite_master WHERE type = 'table'", []).compactMap {
      $0[0].text
    }
    guard tables.isEmpty || Set(["studies", "trials", "version_info"]).isSubset(of: tables) else {
      throw .foreignFile(path)
    }
    // Readers and a writer do not wait for each other; and what a power cut takes are the last
    // transactions, not the file.
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = NORMAL")
  }
}
