import NetworkGraph
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import SpecCompiler

/// Compiles a spec whose table is absent, with the text of a profile.
private func compile(_ spec: String, profile: String) -> Compilation {
  compile(
    SourceText(name: "spec.yaml", text: spec),
    in: Environment(
      loadText: { _, _ in .text(SourceText(name: "t.profile.json", text: profile)) },
      loadTable: { request in
        var error = TableError("cannot open the file", path: request.path)
        error.cause = .absent
        return .refused(error)
      }))
}

@Suite("a profile stands in for a table")
struct ProfileTests {
  private static let digest = FileDigest(bytes: 1, sha256: String(repeating: "0", count: 64))

  private static func profile(_ table: String, levels: Int = 50) throws -> String {
    let table = try readTable(bytes: Array(table.utf8), name: "t.csv")
    return ProfileFile(TableFacts(of: table), digest, maximumLevels: levels).text
  }

  private static let table =
    "n,word,flag,day,y\n"
    + (0..<40).map { row in
      let words = [["red", "green", "blue"][row % 3], ["yes", "no"][row % 2]]
      return "\(row * 7 % 40),\(words[0]),\(words[1]),2024-01-\(row % 9 + 10),\(row).5"
    }.joined(separator: "\n") + "\n"

  @Test("reading what was written gives the same facts", arguments: Repository.files(
    below: "specs/examples", ending: ".csv"))
  func roundTrip(file: String) throws {
    let facts = TableFacts(of: try readTable(at: Repository.path(file)))
    let text = ProfileFile(facts, Self.digest, maximumLevels: 1_000).text
    var log = DiagnosticLog()
    let tree = try #require(parse(SourceText(name: "p", text: text), into: &log))
    let read = try #require(ReadProfile(tree.root, file: "p", named: .none, into: &log))
    #expect(log.diagnostics.map(\.message) == [])
    #expect(read.facts.profile.rows == facts.profile.rows)
    for (column, other) in zip(facts.profile.columns, read.facts.profile.columns) {
      var column = column
      // Levels of numbers are of use only where all are listed.
      if column.mean != nil, column.distinct > 1_000 { column.levels = [] }
      #expect(column == other)
    }
    #expect(ProfileFile(facts, Self.digest, maximumLevels: 1_000).text == text)
  }

  @Test(
    "a spec gets the findings, decisions and sizes that its table gives",
    arguments: [
      "target: y", "target: word", "target: flag", "target: [y, n]",
      "target: y, features: [n, wrd]", "target: y, features: {word: numeric, n: auto}",
      "target: y, features: {n: category, day: date}", "target: y, features: {word: boolean, n: auto}",
      "target: n, task: classification", "target: word, task: regression",
      "target: y, split: {validation: 41}", "target: [y, word]",
      "target: y, category: {encode: embedding}, features: {flag: category, n: auto}",
    ])
  func sameFindings(data: String) throws {
    let weights = data == "target: word" ? "training: {class_weights: {rd: 2}}\n" : ""
    let spec = "plumb: 1\ndata: {source: t.csv, \(data), profile: p}\n" + weights
    let whole = compile(
      SourceText(name: "spec.yaml", text: spec),
      in: Environment(
        loadText: { _, _ in .text(SourceText(name: "p", text: (try? Self.profile(Self.table)) ?? "")) },
        loadTable: { request in
          do throws(TableError) {
            let bytes = Array(Self.table.utf8)
            return .table(try readTable(bytes: bytes, name: "t.csv", options: request.options))
          } catch {
            return .refused(error)
          }
        }))
    let alone = compile(spec, profile: try Self.profile(Self.table))
    #expect(alone.diagnostics.map(\.code.code) == whole.diagnostics.map(\.code.code))
    #expect(alone.diagnostics.map(\.primary) == whole.diagnostics.map(\.primary))
    #expect(alone.resolution?.values.map(\.value) == whole.resolution?.values.map(\.value))
    #expect(alone.summary?.parameters == whole.summary?.parameters)
    #expect(alone.profileFile == "p" && alone.table == nil)
    #expect(alone.notChecked.contains { $0.contains("there is no `t.csv`") })
    #expect(alone.checkedWords.contains("from its profile `p`"))
  }

  @Test("without levels, what depends on them is said to be unknown")
  func withoutLevels() throws {
    let text = try Self.profile(Self.table, levels: 0)
    #expect(!text.contains("red") && !text.contains("\"levels\""))
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, profile: p, target: y, features: {word: numeric, n: auto}}\n",
      profile: text)
    #expect(result.notChecked.contains("whether `word` hold what is declared"))
    #expect(result.finding("D202") == nil)
  }

  @Test("a file that is no profile of this version is refused at its place", arguments: [
    ("{\"a\": 1}", "D214", "a"), ("[1, 2]", "D214", "[1, 2]"),
    ("{\"plumb_profile\": 2, \"x\": 1}", "D214", "2"), ("{\"plumb_profile\": 1, \"tabel\": \"t\"}", "K101", "\"tabel\""),
  ])
  func refused(text: String, code: String, marked: String) throws {
    let result = compile("plumb: 1\ndata: {source: t.csv, profile: p, target: y}\n", profile: text)
    let finding = try #require(result.diagnostics.first { $0.code.code == code })
    #expect(result.sources[finding.primary.range.source].name == "t.profile.json")
    #expect(result.marked(finding.primary).contains(marked.filter { $0 != "\"" }))
    #expect(result.profile == nil && !finding.helps.isEmpty)
    #expect(result.diagnostics.contains { $0.code.code == "D203" })
  }

  @Test("any cut or changed byte gives findings and no crash", arguments: 0..<60)
  func damaged(seed: Int) throws {
    let bytes = Array(try Self.profile(Self.table).utf8)
    var cut = Array(bytes.prefix(bytes.count * seed / 60))
    let other = compile(
      "plumb: 1\ndata: {source: t.csv, profile: p, target: y}\n",
      profile: String(decoding: cut, as: UTF8.self))
    #expect(other.hasErrors)
    cut = bytes
    let place = (seed * 7_919) % bytes.count
    cut[place] = UInt8(seed % 96 + 32)
    _ = compile(
      "plumb: 1\ndata: {source: t.csv, profile: p, target: y}\n",
      profile: String(decoding: cut, as: UTF8.self))
  }

  @Test("numbers that contradict each other are refused at their column")
  func contradiction() throws {
    let text = try Self.profile(Self.table).replacing("\"missing\": 0", with: "\"missing\": 41", maxReplacements: 1)
    let result = compile("plumb: 1\ndata: {source: t.csv, profile: p, target: y}\n", profile: text)
    let finding = try #require(result.finding("D214"))
    #expect(finding.message.contains("41 of 40 rows") && result.marked(finding.primary).contains("n"))
  }
}
