import Foundation
import TestSupport
import Testing

@testable import Tables

/// Reading a table in pieces gives what reading it whole gives, and says what is wrong by row.
struct RowReaderTests {
  private let options = TableOptions(
    missing: [""],
    types: ["x": .numeric, "kind": .category, "flag": .boolean, "day": .date],
    dateOrders: ["day": .yearFirst])

  private func batches(
    _ text: String, columns: [String] = ["x", "kind"], kept: RowReader.Kept = .columns([])
  ) throws -> [RowBatch] {
    var reader = try RowReader(
      bytes: Array(text.utf8), name: "t", options: options, columns: columns, kept: kept)
    var batches: [RowBatch] = []
    while let batch = try reader.next() { batches.append(batch) }
    return batches
  }

  private func kept(_ batch: RowBatch) -> [[String]] {
    (0..<batch.table.rowCount).map { row in
      batch.keptNames.indices.map { column in
        var bytes: [UInt8] = []
        batch.appendCell(column, row: row, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  @Test("a long text is the same in pieces as in one, rows with line ends in quotes included")
  func pieces() throws {
    var text = "x,kind,note\n"
    for row in 0..<200_000 {
      text += "\(row).5,\(["red", "green", ""][row % 3]),\"a \"\"note\"\"\nof row \(row)\"\n"
    }
    let batches = try batches(text, kept: .columns(["note"]))
    #expect(batches.count > 2)
    let whole = try readTable(bytes: Array(text.utf8), name: "t", options: options)
    var row = 0
    for batch in batches {
      #expect(batch.firstRow == row && batch.problems.isEmpty)
      let notes = kept(batch)
      for place in 0..<batch.table.rowCount {
        let same = ["x", "kind"].allSatisfy {
          batch.table.column($0)?.text(row: place) == whole.column($0)?.text(row: row)
        }
        guard same, notes[place] == ["a \"note\"\nof row \(row)"],
          batch.table.line(ofRow: place) == 2 + 2 * row
        else {
          Issue.record("row \(row) differs")
          return
        }
        row += 1
      }
    }
    #expect(row == 200_000)
  }

  @Test("a first piece that ends within quotes is read like any other")
  func longTexts() throws {
    let note = String(repeating: "long ", count: 400)
    let rows = (0..<3_000).map { "\($0),a,\"\(note)\n\(note)\"" }
    let batches = try batches((["x,kind,note"] + rows).joined(separator: "\n"))
    #expect(batches.count > 2 && batches.allSatisfy { $0.problems.isEmpty })
    #expect(batches.reduce(0) { $0 + $1.table.rowCount } == 3_000)
  }

  @Test("texts are kept to the letter")
  func letters() throws {
    let batch = try batches("id,x,kind\n007,1.50,a\n\" b\",,\"\"\n", kept: .all)[0]
    #expect(kept(batch) == [["007", "1.50", "a"], [" b", "", ""]])
  }

  @Test("what is wrong is told by row and line, and the other rows stand")
  func problems() throws {
    let text = "x,kind,flag,day\n1,a,yes,2020-01-02\nabc,a,yes,2020-01-02\n\n2,b\n"
      + "3,c,perhaps,2020-01-02\n4,d,no,02.01.2020\n5,e,no,\n"
    let batch = try batches(text, columns: ["x", "kind", "flag", "day"])[0]
    #expect(batch.problems.keys.sorted() == [1, 2, 3, 4])
    #expect(batch.problems[1]?.words == "row 2 (line 3): `abc` in `x` is not a number")
    #expect(
      batch.problems[2]?.words
        == "row 3 (line 5): it has 2 values where the table has 4 columns")
    #expect(batch.problems[3]?.words == "row 4 (line 6): `perhaps` in `flag` is not yes or no")
    #expect(batch.problems[4]?.words == "row 5 (line 7): `02.01.2020` in `day` is not a date")
    #expect(batch.table.column("x")?.text(row: 5) == "5")
    #expect(batch.table.column("kind")?.text(row: 5) == "e")
  }

  @Test("JSON Lines are rows, with escapes, absent members and lines that are no objects")
  func jsonLines() throws {
    let text = """
      {"x": 1.5e1, "kind": "a\\u00e4\\ud83d\\ude00\\n", "more": {"deep": [1, "}"]}}

      {"kind": null, "x": null}
      {"x": 1}
      [1, 2]
      {"x": [1], "kind": "b"}
      {"x": "7", "kind": 3, "kind": "c"}
      {"x": 01, "kind": "d"}
      {"x": true, "kind": "e"}
      """
    let batch = try batches(text)[0]
    #expect(batch.table.rowCount == 8)
    let x = (0..<8).map { batch.table.column("x")?.text(row: $0) }
    #expect(x == ["15", nil, "1", nil, nil, "7", nil, nil])
    let kind = (0..<8).map { batch.table.column("kind")?.text(row: $0) }
    #expect(kind == ["aä😀\n", nil, nil, nil, "b", "c", nil, "e"])
    #expect(batch.problems.keys.sorted() == [2, 3, 4, 6, 7])
    #expect(
      batch.problems[2]?.words
        == "row 3 (line 4): there is no `kind` in it; a missing value is `null`")
    #expect(batch.problems[3]?.words == "row 4 (line 5): the line is not a JSON object")
    #expect(batch.problems[4]?.words == "row 5 (line 6): `x` holds a list or an object")
    #expect(batch.problems[7]?.words == "row 8 (line 9): `true` in `x` is not a number")
  }

  @Test("no text of JSON brings the reader down", arguments: [
    "{", "{\"", "{\"x\"", "{\"x\":", "{\"x\":1", "{\"x\":1,", "{\"x\":\"\\", "{\"x\":\"\\u12",
    "{\"x\":\"\\ud800\"}", "{\"x\":\"\\ud800\\u0041\"}", "{\"x\":[[[", "{\"x\":-}", "{\"x\":1}}",
  ])
  func brokenJSON(line: String) throws {
    let text = "{\"x\": 1, \"kind\": \"a\"}\n\(line)\n"
    let batch = try batches(text)[0]
    #expect(batch.table.rowCount == 2 && batch.problems[1] != nil && batch.problems[0] == nil)
  }

  @Test("gzip of several members is unpacked as it comes; a cut one is an error")
  func gzip() throws {
    let text = Array("x,kind\n1,a\n2,b\n".utf8)
    let first = Deflater().deflate(Array(text[..<9]), isLast: true)
    let second = Deflater().deflate(Array(text[9...]), isLast: true)
    var reader = try RowReader(
      bytes: first + second + [0, 0], name: "t", options: options, columns: ["x"])
    #expect(try reader.next()?.table.rowCount == 2)
    #expect(throws: TableError.self) {
      var cut = try RowReader(
        bytes: first + second.dropLast(3), name: "t", options: options, columns: ["x"])
      while try cut.next() != nil {}
    }
  }

  @Test("columns that are not there are all named at once")
  func missingColumns() {
    #expect {
      _ = try RowReader(
        bytes: Array("x,b\n1,2\n".utf8), name: "t", options: options,
        columns: ["x", "kind", "day"], kept: .columns(["id"]))
    } throws: { error in
      (error as? TableError)?.message == "there are no columns `kind`, `day` and `id`"
    }
  }

  @Test("another encoding is converted, and one that begins later is a problem of its rows")
  func encodings() throws {
    let latin: [UInt8] = Array("x,kind\n1,caf".utf8) + [0xE9, 0x0A]
    var reader = try RowReader(bytes: latin, name: "t", options: options, columns: ["kind"])
    #expect(try reader.next()?.table.column("kind")?.text(row: 0) == "café")
    let long = Array("x,kind\n".utf8) + (0..<600_000).flatMap { _ in Array("1,aaa\n".utf8) }
    let rest = Array("1,caf".utf8) + [0xE9, 0x0A] + Array("2,\"b\nc\"\n3\n4,d\n".utf8)
    var late = try RowReader(
      bytes: long + rest, name: "t", options: options, columns: ["kind"],
      kept: .columns(["x", "kind"]))
    var (problems, kept) = ([RowProblem](), "")
    while let batch = try late.next() {
      problems += batch.problems.values
      for row in 0..<batch.table.rowCount where batch.firstRow + row >= 600_000 {
        var bytes: [UInt8] = []
        for column in 0...1 {
          batch.appendCell(column, row: row, to: &bytes)
          bytes.append(0x7C)
        }
        kept += String(decoding: bytes, as: UTF8.self)
      }
    }
    problems.sort { $0.row < $1.row }
    #expect(problems.map(\.row) == [600_001, 600_003])
    #expect(problems.map(\.line) == [600_002, 600_005])
    #expect(problems[0].message.contains("not UTF-8") && problems[1].message.contains("1 value"))
    #expect(kept == "1||2|b\nc|3||4|d|")
  }

  @Test("a quote that is never closed is named by the line that opens it")
  func openQuote() {
    #expect {
      var reader = try RowReader(
        bytes: Array("x,kind\n1,a\n2,\"b\n3,c\n".utf8), name: "t", options: options,
        columns: ["x"])
      while try reader.next() != nil {}
    } throws: { error in
      (error as? TableError)?.line == 3
    }
  }
}
