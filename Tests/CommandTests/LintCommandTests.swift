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
