@testable import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A table from text.
func table(_ text: String, _ options: TableOptions = .init()) throws(TableError) -> Table {
  try readTable(bytes: Array(text.utf8), name: "test.csv", options: options)
}

/// The text of every cell, row by row; `nil` where missing.
func cells(_ table: Table) -> [[String?]] {
  (0..<table.rowCount).map { row in table.columns.map { $0.text(row: row) } }
}

/// The error that reading a text earns.
func failure(_ text: String, _ options: TableOptions = .init()) -> TableError? {
  do {
    _ = try table(text, options)
    return nil
  } catch {
    return error
  }
}

/// Paths of the repository and of the tables that live beside it.
enum Place {
  static let package = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  /// A table that is committed with the examples.
  static func example(_ name: String) -> String { "\(package)/specs/examples/\(name)" }

  static let shared =
    ProcessInfo.processInfo.environment["PLUMB_SHARED"] ?? "\(package)/../shared"

  static func data(_ name: String) -> String { "\(shared)/data/\(name)" }

  static let hasSharedData = FileManager.default.fileExists(atPath: data("datasets.json"))
}

/// A value written to JSON and read back.
func throughJSON<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

/// A new folder for a test's files.
func temporaryFolder() -> String {
  let path = "\(FileManager.default.temporaryDirectory.path)/plumb-tables-\(UInt64.random(in: 0 ..< .max))"
  try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

/// Writes a file.
func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

/// Writes a file.
func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}
