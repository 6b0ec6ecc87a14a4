import Foundation
import TestSupport
import Testing

@Suite("what is kept of large tables")
struct TableCacheTests {
  /// A folder with a table of more than a megabyte that was written some time ago.
  private func folder(_ word: String = "red") throws -> String {
    let folder = try Repository.temporaryFolder()
    try "plumb: 1\ndata: {source: t.csv, target: b}\n".write(
      toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    try table(word).write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
    return folder
  }

  private func table(_ word: String) -> String {
    "a,w,b\n" + (0..<80_000).map { "\($0 * 7_919 % 80_000),\(word),\($0 % 13).25\n" }.joined()
  }

  private func entries(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/cache/plumb/tables")) ?? [])
  }

  private func lint(_ folder: String, _ options: [String] = []) throws -> String {
    let line = (["XDG_CACHE_HOME=$PWD/cache plumb lint a.yaml"] + options).joined(separator: " ")
    return try Tool.shell(line + " 2>&1", in: folder)
  }

  @Test("an entry gives the same findings, and a changed table is read anew")
  func kept() throws {
    let folder = try folder()
    let fresh = try lint(folder, ["--no-cache"])
    Thread.sleep(forTimeInterval: 3.2)
    #expect(try lint(folder, ["--no-cache"]) == fresh && entries(folder).isEmpty)
    for _ in 0..<2 {
      #expect(try lint(folder) == fresh)
      #expect(entries(folder).count == 1)
    }
    // The same size and the same time: only the file's own change tells.
    let path = "\(folder)/t.csv"
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try table("red").replacing("\n7919,red", with: "\nzzzz,red", maxReplacements: 1).write(
      toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.modificationDate: date as Any], ofItemAtPath: path)
    #expect(try lint(folder).contains("D205"))
    Thread.sleep(forTimeInterval: 3.2)
    #expect(try lint(folder).contains("D205"))
    let name = try #require(entries(folder).first)
    try "damaged".write(
      toFile: "\(folder)/cache/plumb/tables/\(name)", atomically: true, encoding: .utf8)
    #expect(try lint(folder).contains("D205"))
  }

  @Test("a cache that cannot be written is no error")
  func unwritable() throws {
    let folder = try folder()
    try "".write(toFile: "\(folder)/cache", atomically: true, encoding: .utf8)
    #expect(try lint(folder).contains("80000 rows"))
  }
}
