import Foundation
import TestSupport
import Testing

@Suite("profiles from the command line")
struct ProfileCommandTests {
  /// A folder with a table and a spec that names a profile.
  private func folder() throws -> String {
    let folder = try Repository.temporaryFolder()
    let table = try String(contentsOfFile: Repository.path("specs/examples/iris.csv"), encoding: .utf8)
    try table.write(toFile: "\(folder)/iris.csv", atomically: true, encoding: .utf8)
    try "plumb: 1\ndata: {source: iris.csv, profile: iris.profile.json, target: species}\n".write(
      toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  private func write(in folder: String) throws {
    let result = try Tool.run(["profile", "iris.csv", "--output", "iris.profile.json"], in: folder)
    #expect(result.code == 0 && result.output.isEmpty && result.errors == "wrote iris.profile.json\n")
  }

  @Test("the facts are printed for people, and as JSON")
  func printed() throws {
    let text = try Tool.run(["profile", "iris.csv"])
    #expect(text.code == 0 && text.output.contains("iris.csv · delimited text · 150 rows · 5 columns"))
    #expect(text.output.contains("species       category        0         3  setosa 33.33 %"))
    let json = try Tool.run(["profile", "iris.csv", "--format", "json"])
    let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(value?["plumb_profile"] as? Int == 1 && value?["rows"] as? Int == 150)
    #expect(try Tool.run(["profile", "iris.yaml"]).output.contains("150 rows"))
    #expect(try Tool.run(["profile", "none.csv"]).code == 2)
    #expect(try Tool.run(["profile", "iris.csv", "--levels", "-1"]).code == 2)
    #expect(!(try Tool.run(["profile", "iris.csv", "--levels", "0"]).output.contains("setosa")))
  }

  @Test("a spec is checked without its table, and its training needs it")
  func standsIn() throws {
    let folder = try folder()
    try write(in: folder)
    let bytes = FileManager.default.contents(atPath: "\(folder)/iris.profile.json")
    try write(in: folder)
    #expect(FileManager.default.contents(atPath: "\(folder)/iris.profile.json") == bytes)
    #expect(try Tool.run(["lint", "a.yaml"], in: folder).output.contains("no findings"))
    try FileManager.default.removeItem(atPath: "\(folder)/iris.csv")
    let lint = try Tool.run(["lint", "a.yaml"], in: folder)
    #expect(lint.code == 0 && lint.output.contains("150 rows of `iris.csv`, from its profile"))
    #expect(lint.output.contains("not checked: the table's cells: there is no `iris.csv`"))
    let without = try Tool.run(["lint", "a.yaml", "--no-data"], in: folder)
    #expect(without.output.contains("from its profile") && without.output.contains("--no-data"))
    for command in ["advise", "compile", "resolve"] {
      #expect(try Tool.run([command, "a.yaml"], in: folder).code == 0, "\(command)")
    }
    let trained = try Tool.run(["train", "a.yaml"], in: folder)
    #expect(trained.code == 2 && trained.errors.contains("D203"), "\(trained)")
  }

  @Test("a table that has changed since is noticed, by a single byte too")
  func stale() throws {
    let folder = try folder()
    try write(in: folder)
    let path = "\(folder)/iris.csv"
    var table = try String(contentsOfFile: path, encoding: .utf8)
    table = table.replacing("5.1,3.5", with: "5.1,3.6", maxReplacements: 1)
    try table.write(toFile: path, atomically: true, encoding: .utf8)
    let byte = try Tool.run(["lint", "a.yaml"], in: folder)
    #expect(byte.code == 0 && byte.output.contains("warning[D215]"), "\(byte)")
    #expect(byte.output.contains("bytes of the table have changed"))
    #expect(byte.output.contains("plumb profile iris.csv --output iris.profile.json"))
    try (table + "5,3,1,0.1,setosa\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Tool.run(["lint", "a.yaml"], in: folder).output.contains("it has 150 rows, the table 151"))
  }

  @Test("a profile that cannot be read is an error with a place")
  func unreadable() throws {
    let folder = try folder()
    let result = try Tool.run(["lint", "a.yaml"], in: folder)
    #expect(result.code == 1 && result.output.contains("a.yaml:2:35"), "\(result)")
    #expect(result.output.contains("error[D214]: the profile `iris.profile.json` cannot be read"))
  }
}
