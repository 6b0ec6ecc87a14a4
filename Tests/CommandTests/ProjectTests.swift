import Foundation
import TestSupport
import Testing

@Suite("a spec's paths stay in its project")
struct ProjectTests {
  private static let table = "a,b\n1,2\n2,4\n3,5\n4,8\n5,9\n6,13\n7,14\n8,15\n9,20\n10,21\n"

  /// A folder `project` with `specs/a.yaml`, and a table inside it and one beside it.
  private func folders(_ source: String) throws -> String {
    let folder = try Repository.temporaryFolder()
    let manager = FileManager.default
    for name in ["project/specs", "project/data", "other"] {
      try manager.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    try Self.table.write(toFile: "\(folder)/project/data/t.csv", atomically: true, encoding: .utf8)
    try Self.table.write(toFile: "\(folder)/other/t.csv", atomically: true, encoding: .utf8)
    try "plumb: 1\ndata: {source: \(source), target: b}\n".write(
      toFile: "\(folder)/project/specs/a.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  @Test("a table beside the spec's folder is read from any folder", arguments: [".git", nil])
  func beside(mark: String?) throws {
    let folder = try folders("../data/t.csv")
    if let mark {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/project/\(mark)", withIntermediateDirectories: true)
    }
    for (place, spec) in [
      ("project", "specs/a.yaml"), ("project/specs", "a.yaml"), (".", "project/specs/a.yaml"),
      ("other", "\(folder)/project/specs/a.yaml"),
    ] {
      let result = try Tool.run(["lint", spec], in: "\(folder)/\(place)")
      #expect(result.code == 0 && result.output.contains("10 rows"), "\(place): \(result)")
    }
  }

  @Test(
    "a table outside is not read, nor through a link",
    arguments: ["../../other/t.csv", "/etc/passwd", "../data/link.csv", "../data/up/other/t.csv"])
  func outside(source: String) throws {
    let folder = try folders(source)
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: "\(folder)/project/data/link.csv", withDestinationPath: "\(folder)/other/t.csv")
    try manager.createSymbolicLink(
      atPath: "\(folder)/project/data/up", withDestinationPath: "../..")
    for command in ["lint", "advise", "compile", "resolve"] {
      let result = try Tool.run([command, "a.yaml"], in: "\(folder)/project/specs")
      #expect(result.code == 1, "\(command): \(result)")
      #expect((result.output + result.errors).contains("error[D213]"))
      #expect(!(result.output + result.errors).contains("root:"))
    }
    guard source != "/etc/passwd" else { return }
    let allowed = try Tool.run(
      ["lint", "a.yaml", "--allow-outside"], in: "\(folder)/project/specs")
    #expect(allowed.code == 0, "\(allowed)")
    let trained = try Tool.run(["train", "a.yaml", "--quiet"], in: "\(folder)/project/specs")
    #expect(trained.code == 0, "\(trained)")
  }

  @Test("the current folder is the project of specs further below it")
  func current() throws {
    let folder = try folders("../../other/t.csv")
    #expect(try Tool.run(["lint", "project/specs/a.yaml"], in: folder).code == 0)
    let set = try Tool.run(
      ["lint", "a.yaml", "--set", "data.source=../../other/t.csv"], in: "\(folder)/project/specs")
    #expect(!set.output.contains("D213"), "\(set)")
  }

  @Test("a base outside is not read")
  func base() throws {
    let folder = try folders("../data/t.csv")
    let spec = "\(folder)/project/specs/a.yaml"
    try "plumb: 1\nextends: ../../other/b.yaml\n".write(
      toFile: spec, atomically: true, encoding: .utf8)
    let result = try Tool.run(["lint", "a.yaml"], in: "\(folder)/project/specs")
    #expect(result.code == 1 && result.output.contains("error[D213]: `../../other/b.yaml`"))
  }

  @Test("a pipe or a folder in a table's place is refused at once")
  func special() throws {
    let folder = try folders("../data/pipe.csv")
    _ = try Tool.shell("mkfifo data/pipe.csv", in: "\(folder)/project")
    for name in ["pipe.csv", "../data"] {
      let result = try Tool.run(
        ["lint", "specs/a.yaml", "--set", "data.source=data/\(name)"], in: "\(folder)/project")
      #expect(result.code == 1 && result.output.contains("not a regular file"), "\(result)")
    }
  }

  @Test("a table above the bound is not read, which is said")
  func large() throws {
    let folder = try folders("../data/t.csv")
    let row = "1234567,7654321\n"
    try ("a,b\n" + String(repeating: row, count: 70_000)).write(
      toFile: "\(folder)/project/data/t.csv", atomically: true, encoding: .utf8)
    let result = try Tool.run(
      ["lint", "specs/a.yaml", "--max-table-size", "1"], in: "\(folder)/project")
    #expect(result.code == 0, "\(result)")
    #expect(result.output.contains("not checked: columns"))
    #expect(result.output.contains("--max-table-size"))
    #expect(try Tool.run(["lint", "--max-table-size", "0"], in: folder).code == 2)
  }
}
