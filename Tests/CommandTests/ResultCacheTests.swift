import Foundation
import TestSupport
import Testing

@Suite("what is kept of findings")
struct ResultCacheTests {
  /// A folder with a spec that has findings, a base, a table, a configuration; written long ago.
  private func folder() throws -> String {
    let folder = try Repository.temporaryFolder()
    try write("plumb: 1\nextends: base.yaml\ntraining: {batch_size: 7, epochs: 9}\n", folder, "a.yaml")
    try write("data: {source: t.csv, target: b}\ntraining: {learning_rate: 0.5}\n", folder, "base.yaml")
    try write("a,b\n" + (0..<80).map { "\($0),\($0 % 13).25\n" }.joined(), folder, "t.csv")
    try write("rules: {B501: off}\n", folder, ".plumb.yaml")
    for name in ["t.csv"] { try age(folder, name) }
    return folder
  }

  private func write(_ text: String, _ folder: String, _ name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Waits until another change of a file would show in its times.
  private func age(_ folder: String, _ name: String) throws {
    Thread.sleep(forTimeInterval: 3.1)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
  }

  private func entries(_ folder: String) -> [String] {
    let path = "\(folder)/cache/plumb/findings"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private func lint(_ folder: String, _ options: String = "") throws -> String {
    try Tool.shell(
      "XDG_CACHE_HOME=$PWD/cache plumb lint a.yaml \(options) 2>&1; echo exit $?", in: folder)
  }

  @Test("every format and option reads the same from an entry as from a check")
  func same() throws {
    let folder = try folder()
    for options in [
      "", "--format json", "--format sarif", "--format github", "--format concise", "--no-data",
      "--statistics", "--max-warnings 0", "--no-ignore-comments", "--isolated",
    ] {
      let fresh = try lint(folder, options + " --no-cache")
      let first = try lint(folder, options)
      let count = entries(folder).count
      #expect(count > 0 && first == fresh, "\(options)")
      #expect(try lint(folder, options) == fresh && entries(folder).count == count, "\(options)")
    }
    #expect(try lint(folder).contains("finding"))
  }

  @Test("a change of the spec, its base, its table or the configuration is seen at once")
  func changes() throws {
    let folder = try folder()
    let changes: [(name: String, text: String, word: String)] = [
      ("a.yaml", "plumb: 1\nextends: base.yaml\ntraining: {batch_siz: 7}\n", "K101"),
      ("base.yaml", "data: {source: t.csv, target: zz}\n", "D201"),
      ("t.csv", "a,c\n1,2\n2,3\n", "D201"),
      (".plumb.yaml", "rules: {L301: error}\nfail_on: never\n", "exit 0"),
    ]
    for change in changes {
      let path = "\(folder)/\(change.name)"
      let before = try String(contentsOfFile: path, encoding: .utf8)
      let found = try lint(folder)
      #expect(try lint(folder) == found)
      try write(change.text, folder, change.name)
      let changed = try lint(folder)
      #expect(changed != found || change.name == ".plumb.yaml", "\(change.name)")
      #expect(changed.contains(change.word), "\(change.name): \(changed)")
      #expect(try lint(folder, "--no-cache") == changed, "\(change.name)")
      try write(before, folder, change.name)
      #expect(try lint(folder) == found, "\(change.name)")
    }
    try FileManager.default.removeItem(atPath: "\(folder)/t.csv")
    let missing = try lint(folder)
    #expect(missing.contains("D101") || missing.contains("t.csv"))
    #expect(try lint(folder, "--no-cache") == missing)
  }

  @Test("a table that has just been written is checked anew")
  func young() throws {
    let folder = try Repository.temporaryFolder()
    try write("plumb: 1\ndata: {source: t.csv, target: b}\n", folder, "a.yaml")
    try write("a,b\n1,2\n2,3\n", folder, "t.csv")
    _ = try lint(folder)
    #expect(entries(folder).isEmpty)
  }

  @Test("a damaged, cut or foreign entry is no entry")
  func damaged() throws {
    let folder = try folder()
    let fresh = try lint(folder)
    let name = try #require(entries(folder).first)
    let path = "\(folder)/cache/plumb/findings/\(name)"
    let whole = try Data(contentsOf: URL(filePath: path))
    var samples = [Data(), Data("foreign, and longer than eight bytes".utf8)]
    samples += stride(from: 1, to: whole.count, by: max(1, whole.count / 23)).flatMap { place in
      var flipped = whole
      flipped[place] ^= 0x40
      return [whole.prefix(place), flipped]
    }
    for sample in samples {
      try sample.write(to: URL(filePath: path))
      #expect(try lint(folder) == fresh)
      #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    }
  }
}
