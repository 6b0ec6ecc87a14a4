/// Why a table could not be read or used: what is wrong, in which file and line, and what to do.
public struct TableError: Error, Sendable, Hashable {
  /// What is wrong: lower case, no full stop, code in backticks.
  public var message: String
  /// The file, or the name given to bytes that came from elsewhere.
  public var path: String
  /// The line in the file, counted from 1, where there is one.
  public var line: Int?
  /// What to do about it.
  public var hint: String?
  /// What kept the file from being read or written.
  public var cause = Cause.other

  public enum Cause: Sendable {
    /// There is no such file.
    case absent
    /// Nothing is wrong with the file but its size.
    case size
    /// The table can be read, but lacks a column that is needed.
    case columns
    /// The disk has no room.
    case space
    /// Writing is not allowed there.
    case permission
    case other
  }

  public init(_ message: String, path: String, line: Int? = nil, hint: String? = nil) {
    self.message = message
    self.path = path
    self.line = line
    self.hint = hint
  }
}

extension TableError: CustomStringConvertible {
  /// The error in one line: place, message, hint.
  public var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    return "\(place): \(message)\(hint.map { "; \($0)" } ?? "")"
  }
}
