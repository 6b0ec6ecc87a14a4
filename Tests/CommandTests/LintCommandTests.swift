import Foundation
import TestSupport
import Testing

@Suite("linting many files")
struct LintCommandTests {
  /// A folder with a clean spec, a broken one, one with a warning, and a file that is no spec.
  private func project() throws -> String {
    let folder = try Repository.temporaryFolder()
    let table = try String(contentsOfFile: Repository.path("specs/examples/iris.csv"), encoding: .utf8)
    let files = [
      "iris.csv": table, "clean.yaml": "plumb: 1\ndata: {source: iris.csv, target: species}\n",
      "sub/broken.yaml": "plumb: 1\ndata: {source: ../iris.csv, target: species}\ntrainig: {}\n",
      "other.yaml": "jobs: []\n",
    ]
    try FileManager.default.createDirectory(
      atPath: "\(folder)/sub", withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test("the current folder is checked when nothing is named")
  func currentFolder() throws {
    let folder = try project()
    let result = try Tool.run(["lint"], in: folder)
    #expect(result.code == 1)
    #expect(result.output.contains("sub/broken.yaml:3:1") && result.output.contains("K10"))
    #expect(result.output.contains("2 specs: 1 finding (1 error)"), "\(result.output)")
    let files = try Tool.run(["lint", "--show-files"], in: folder)
    #expect(files.output == "clean.yaml\nsub/broken.yaml\n")
  }

  @Test("several reports come from one check, each to its file")
  func reports() throws {
    let folder = try project()
    let result = try Tool.run(
      ["lint", ".", "--format", "concise", "--format", "sarif=out/a.sarif", "--format", "junit=b.xml"],
      in: folder)
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("sub/broken.yaml:3:1: error["))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/out/a.sarif"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/b.xml"))
    let twice = try Tool.run(["lint", "--format", "json", "--format", "concise"], in: folder)
    #expect(twice.code == 2 && twice.errors.contains("standard output"))
    let unknown = try Tool.run(["lint", "--format", "xml"], in: folder)
    #expect(unknown.code == 2 && unknown.errors.contains("sarif"))
  }

  @Test("thresholds decide the exit code and nothing else")
  func thresholds() throws {
    let folder = try project()
    #expect(try Tool.run(["lint", "--exit-zero"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "--fail-on", "never"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "--exclude", "sub/"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "--max-warnings", "0", "clean.yaml"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "--max-warnings", "-1"], in: folder).code == 2)
  }

  @Test("nothing to check is an error unless allowed")
  func nothing() throws {
    let folder = try Repository.temporaryFolder()
    let result = try Tool.run(["lint"], in: folder)
    #expect(result.code == 2 && result.errors.contains("no spec in `.`"))
    #expect(try Tool.run(["lint", "--allow-no-files"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "a/*.yaml", "--allow-no-files"], in: folder).code == 2)
  }

  @Test("standard input has the name it is given, and its folder")
  func standardInput() throws {
    let folder = try project()
    let spec = "plumb: 1\ndata: {source: ../iris.csv, target: specie}\n"
    let result = try Tool.run(
      ["lint", "-", "--stdin-filename", "sub/x.yaml", "--format", "concise"], in: folder, input: spec)
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("sub/x.yaml:2:"), "\(result.output)")
    #expect(result.output.contains("`species`"))
  }

  @Test("an unreadable spec does not hide what others hold")
  func unreadable() throws {
    let folder = try project()
    try FileManager.default.createDirectory(
      atPath: "\(folder)/folder.yaml", withIntermediateDirectories: true)
    let result = try Tool.run(["lint", "sub/broken.yaml", "missing.yaml"], in: folder)
    #expect(result.code == 2 && result.errors.contains("missing.yaml"))
  }

  @Test("statistics count kinds of findings")
  func statistics() throws {
    let result = try Tool.run(["lint", "--statistics"], in: try project())
    #expect(result.code == 1)
    #expect(result.output.contains("1  error[K10"), "\(result.output)")
  }
}

@Suite("fixing from the command line")
struct FixCommandTests {
  private let text = "plumb: 1 # keep\ndata: {sorce: iris.csv, target: species}\n"

  private func folder() throws -> String {
    let folder = try Repository.temporaryFolder()
    let table = try String(contentsOfFile: Repository.path("specs/examples/iris.csv"), encoding: .utf8)
    try table.write(toFile: "\(folder)/iris.csv", atomically: true, encoding: .utf8)
    try text.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  private func spec(in folder: String) throws -> String {
    try String(contentsOfFile: "\(folder)/a.yaml", encoding: .utf8)
  }

  @Test("--diff shows and writes nothing, --fix writes, and then nothing is left")
  func fix() throws {
    let folder = try folder()
    let shown = try Tool.run(["lint", "a.yaml", "--diff"], in: folder)
    #expect(shown.code == 1)
    #expect(shown.output.contains("-data: {sorce") && shown.output.contains("+data: {source"))
    #expect(try spec(in: folder) == text)
    let fixed = try Tool.run(["lint", "a.yaml", "--fix"], in: folder)
    #expect(fixed.code == 0 && fixed.errors.contains("fixed 1 finding: K101"), "\(fixed)")
    #expect(try spec(in: folder) == text.replacing("sorce", with: "source"))
    #expect(try Tool.run(["lint", "a.yaml", "--diff"], in: folder).code == 0)
    #expect(try Tool.run(["lint", "a.yaml", "--fix"], in: folder).errors == "nothing was fixed\n")
  }

  @Test("a spec on standard input comes back fixed")
  func standardInput() throws {
    let folder = try folder()
    let result = try Tool.run(["lint", "-", "--fix"], in: folder, input: text)
    #expect(result.output == text.replacing("sorce", with: "source"))
    #expect(result.code == 0)
  }

  @Test("a link out of the folder is not followed, one inside is, permissions stay")
  func links() throws {
    let (folder, outside) = (try folder(), try folder())
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(folder)/out.yaml", withDestinationPath: "\(outside)/a.yaml")
    let refused = try Tool.run(["lint", "out.yaml", "--fix"], in: folder)
    #expect(refused.code == 2 && refused.errors.contains("outside"))
    #expect(try spec(in: outside) == text)
    try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(folder)/a.yaml")
    try manager.createSymbolicLink(atPath: "\(folder)/in.yaml", withDestinationPath: "a.yaml")
    #expect(try Tool.run(["lint", "in.yaml", "--fix"], in: folder).code == 0)
    #expect(try spec(in: folder) == text.replacing("sorce", with: "source"))
    let mode = try manager.attributesOfItem(atPath: "\(folder)/a.yaml")[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect((try? manager.destinationOfSymbolicLink(atPath: "\(folder)/in.yaml")) == "a.yaml")
  }

  @Test("fix options without --fix, and codes that do not exist, are refused")
  func usage() throws {
    #expect(try Tool.run(["lint", "iris.yaml", "--unsafe-fixes"]).code == 2)
    let result = try Tool.run(["lint", "iris.yaml", "--fix", "--fix-only", "K999"])
    #expect(result.code == 2 && result.errors.contains("K999"))
  }
}
