import SpecSyntax
import Tables
import Testing

@testable import SpecCompiler

/// Compiles a spec with a table in memory.
func compile(_ spec: String, table: String, base: String? = nil) -> Compilation {
  compile(
    SourceText(name: "spec.yaml", text: spec),
    in: Environment(
      loadText: { path, _ in
        base.map { .text(SourceText(name: path, text: $0)) } ?? .refused("there is none")
      },
      loadTable: { request in
        do throws(TableError) {
          return .table(
            try readTable(bytes: Array(table.utf8), name: "t.csv", options: request.options))
        } catch {
          return .refused(error)
        }
      }))
}

extension Compilation {
  /// The text that a finding marks.
  func marked(_ label: Label) -> String { sources[label.range.source].text(label.range) }

  func finding(_ code: String) -> Diagnostic? { diagnostics.first { $0.code.code == code } }
}

@Suite("a spec against its table")
struct DataCheckTests {
  private static let rows = (0..<30).map { row in
    "\(row * 7 % 30),\(["red", "green", "blue"][row % 3]),2024-01-\(row % 9 + 10),\(row).5"
  }
  private static let table = "n,word,day,y\n" + rows.joined(separator: "\n") + "\n"

  @Test(
    "a column of words that is declared something else is an error at the declaration",
    arguments: ["numeric", "date", "boolean"])
  func declared(type: String) throws {
    for features in [
      "{word: \(type), n: auto}", "{word: {type: \(type)}, n: auto}",
      "\n    word: \(type)\n    n: auto",
    ] {
      let result = compile(
        "plumb: 1\ndata:\n  source: t.csv\n  target: y\n  features: \(features)\n",
        table: Self.table)
      let finding = try #require(result.finding("D202"), "\(features)")
      #expect(result.marked(finding.primary) == type)
      #expect(finding.primary.text.hasPrefix("none of its 30 values is"))
      #expect(finding.notes == ["row 1 (line 2) holds `red`"])
      #expect(finding.secondary.map { result.marked($0) } == ["word"])
      let fix = try #require(finding.helps.first?.fix)
      #expect(fix.edits == [Edit(finding.primary.range, "category")])
    }
  }

  @Test("the mark of a declared type is where it was written: in a base, at an alias")
  func inherited() throws {
    let base = "plumb: 1\ndata:\n  features: {word: numeric, n: auto}\n"
    let spec = "plumb: 1\nextends: base.yaml\ndata: {source: t.csv, target: y}\n"
    let result = compile(spec, table: Self.table, base: base)
    let finding = try #require(result.finding("D202"))
    #expect(result.sources[finding.primary.range.source].name == "base.yaml")
    #expect(result.marked(finding.primary) == "numeric")
    let alias = compile(
      """
      plumb: 1
      data:
        source: t.csv
        target: y
        features: {n: &t numeric, word: *t}
      """, table: Self.table)
    #expect(alias.finding("D202").map { alias.marked($0.primary) } == "*t")
  }

  @Test("a few cells of another type are a warning, with row, line and the header's cell")
  func badCells() throws {
    var lines = Self.table.split(separator: "\n").map(String.init)
    lines[4] = "\"a\tb\u{1B}[31m\",red,2024-01-10,1.5"
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: y, features: {n: numeric}}\n",
      table: lines.joined(separator: "\n"))
    let finding = try #require(result.finding("D205"))
    #expect(finding.message.hasPrefix("row 4 (line 5) of `t.csv` holds `a\\tb\\"))
    #expect(finding.secondary.map { result.marked($0) } == ["n"])
    let text = render(finding, in: result.sources)
    #expect(text.contains("1 | n,word,day,y") && !text.contains("2024"))
  }

  @Test("a name in the header is found as a cell, not as a part of another")
  func header() throws {
    let table = "\"petal width, cm\", petal ,petals\n" + Self.rows.map { row in
      row.split(separator: ",")[0] + "," + row.split(separator: ",")[3] + ",1"
    }.joined(separator: "\n")
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: petal, features: [petal width cm, petaks]}\n",
      table: table)
    let labels = result.diagnostics.filter { $0.code.code == "D201" }.flatMap(\.secondary)
    #expect(labels.map { result.marked($0) } == ["petal width, cm", "petals"])
    #expect(labels.map { $0.range.lower } == [1, 26])
  }

  @Test("words among several targets are an error at their name")
  func severalTargets() throws {
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: [y, word]}\n", table: Self.table)
    let finding = try #require(result.finding("D209"))
    #expect(result.marked(finding.primary) == "word")
    #expect(compile("plumb: 1\ndata: {source: t.csv, target: [y, n]}\n", table: Self.table)
      .finding("D209") == nil)
  }

  @Test(
    "a part that leaves no row for training is an error",
    arguments: [
      ("validation: 31", "31"), ("test: 1000", "1000"), ("validation: 20, test: 10", "20"),
      ("validation: 90%, test: 3", "3"),
    ])
  func rows(split: String, marked: String) throws {
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: y, split: {\(split)}}\n", table: Self.table)
    let finding = try #require(result.finding("K112"))
    #expect(result.marked(finding.primary) == marked)
    #expect(finding.message.contains("30 rows"))
  }

  @Test("the bad cells of every column are counted, however many another has")
  func manyBadCells() {
    var text = "a,b,y\n"
    for row in 0..<400 { text += row < 150 ? "x,\(row),\(row)\n" : "1,\(row),\(row)\n" }
    text += "1,z,1\n"
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: y, features: {a: numeric, b: numeric}}\n",
      table: text)
    let messages = result.diagnostics.filter { $0.code.code == "D205" }.map(\.message)
    #expect(messages.count == 2)
    #expect(messages.contains { $0.contains("`x` and 149 others in the") })
  }
}
