import Foundation
import TestSupport
import Testing

@testable import Linting

@Suite("which files are specs")
struct FileSearchTests {
  /// A folder with specs, other YAML, an ignored file and a hidden folder.
  private func project() throws -> String {
    let folder = try Repository.temporaryFolder()
    let files = [
      "a.yaml": "plumb: 1\n", "b/c.yml": "# note\n---\nplumb: 1\n", "b/other.yaml": "name: x\n",
      "b/deep/d.yaml": "{plumb: 1}\n", "ignored/e.yaml": "plumb: 1\n", ".gitignore": "ignored/\n",
      "b/.gitignore": "deep\n", ".hidden/f.yaml": "plumb: 1\n", "notes.txt": "plumb: 1\n",
    ]
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return folder
  }

  private func found(_ search: FileSearch, _ arguments: [String], in folder: String) throws -> [String] {
    try search.files(arguments.map { $0 == "." ? folder : "\(folder)/\($0)" })
      .map { String($0.dropFirst(folder.count + 1)) }
  }

  @Test("a folder gives the files whose first key is plumb, ignored ones left out")
  func folder() throws {
    let folder = try project()
    #expect(try found(FileSearch(), ["."], in: folder) == ["a.yaml", "b/c.yml"])
    var all = FileSearch()
    all.obeysIgnoreFiles = false
    #expect(
      try found(all, ["."], in: folder) == ["a.yaml", "b/c.yml", "b/deep/d.yaml", "ignored/e.yaml"])
  }

  @Test("a named file is a spec whatever it holds, and each is checked once")
  func named() throws {
    let folder = try project()
    #expect(
      try found(FileSearch(), ["notes.txt", "ignored/e.yaml", "notes.txt"], in: folder)
        == ["notes.txt", "ignored/e.yaml"])
  }

  @Test("a pattern finds files at every depth")
  func pattern() throws {
    let folder = try project()
    #expect(try found(FileSearch(), ["**/*.y*ml"], in: folder) == ["a.yaml", "b/c.yml", "b/other.yaml"])
  }

  @Test("exclusion covers folders, and named files if asked")
  func exclusion() throws {
    let folder = try project()
    var search = FileSearch()
    search.excluded = ["*.yml"]
    #expect(try found(search, ["."], in: folder) == ["a.yaml"])
    #expect(try found(search, ["b/c.yml"], in: folder) == ["b/c.yml"])
    search.excludesNamed = true
    #expect(try found(search, ["b/c.yml"], in: folder) == [])
  }

  @Test("what leads nowhere is refused", arguments: ["missing.yaml", "nothing/*.yaml"])
  func nowhere(argument: String) throws {
    let folder = try project()
    #expect(throws: FileSearch.Failure.self) { try FileSearch().files(["\(folder)/\(argument)"]) }
  }

  @Test("the marker is the first key", arguments: [
    ("plumb: 1", true), ("\u{FEFF}plumb: 1", true), ("%YAML 1.2\n---\nplumb: 1", true),
    ("--- {plumb: 1}", true), ("\"plumb\": 1", true), ("name: x\nplumb: 1", false),
    ("plumber: 1", false), ("", false), ("# plumb: 1", false),
  ])
  func marker(text: String, isSpec: Bool) {
    #expect(FileSearch.hasMarker(Array(text.utf8)) == isSpec)
  }
}
