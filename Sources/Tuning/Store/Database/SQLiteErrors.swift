internal import CSQLite

extension StudyError {
  /// What a primary result code of SQLite means for the one whose file it is.
  static func sqlite(_ code: Int32, _ path: String, words: String) -> StudyError {
    switch code {
    case SQLITE_NOTADB:
      StudyError(
        "`\(path)` is no study: it is not a file of SQLite",
        hints: ["give a path where there is no file yet, or a study's own"])
    case SQLITE_CORRUPT:
      StudyError(
        "`\(path)` is damaged: \(words)",
        hints: ["what can be read of it: sqlite3 \(path) .recover"])
    case SQLITE_BUSY, SQLITE_LOCKED:
      StudyError(
        "`\(path)` is locked by another program",
        hints: ["run the same command again when the other one has ended"])
    case SQLITE_FULL:
      StudyError(
        "`\(path)` cannot grow: the disk is full",
        hints: ["make room and run the same command again; what was finished is kept"])
    case SQLITE_READONLY, SQLITE_PERM:
      StudyError(
        "`\(path)` cannot be written: the file or its folder is read-only",
        hints: ["copy it to a folder that you may write in"])
    case SQLITE_CANTOPEN:
      StudyError(
        "`\(path)` cannot be opened: its folder is missing or may not be written",
        hints: ["make the folder, or give another path"])
    case SQLITE_IOERR:
      StudyError("`\(path)` cannot be read or written: \(words)")
    default:
      StudyError("`\(path)`: \(words)")
    }
  }
}
