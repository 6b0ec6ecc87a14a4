import Foundation
import TestSupport

@testable import RuleEvidence

/// The committed tables as a folder that the tool takes.
enum TableFolder {
  /// A folder with the named tables of the examples and their list.
  static func make(_ names: [String] = ["iris", "diabetes", "breast_cancer"]) throws -> String {
    let folder = try Repository.temporaryFolder()
    let entries = names.map { name in
      let file = "specs/examples/\(name).csv"
      let head = Repository.text(file).split(separator: "\n").first ?? ""
      let target = head.split(separator: ",").last ?? ""
      return "{\"name\": \"\(name)\", \"file\": \"\(name).csv\", \"target\": \"\(target)\"}"
    }
    for name in names {
      try FileManager.default.copyItem(
        atPath: Repository.path("specs/examples/\(name).csv"), toPath: "\(folder)/\(name).csv")
    }
    try "{\"datasets\": [\(entries.joined(separator: ", "))]}".write(
      toFile: folder + "/datasets.json", atomically: true, encoding: .utf8)
    return folder
  }

  /// Its tables, cut to so many rows.
  static func tables(rows: Int = 2000) throws -> [DataSet] {
    let folder = try make()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var cap = TableCap()
    cap.rows = rows
    return try TableEntry.all(in: folder).map { try DataSet($0, in: folder, cap: cap) }
  }
}
