import Testing

@testable import Tables

@Suite("CSV reading")
struct CSVReaderTests {
  /// Rows with everything that makes cells hard to cut.
  static let rows: [[String]] = [
    ["name", "note", "size"], ["a", "plain", "1.5"], ["b c", "with, comma; semicolon", "2.5"],
    ["d", "with \"quotes\" inside", "3.5"], ["e", "two\nlines", "4.5"], ["f", "tab\there", "5.5"],
    ["g", "pipe | here", "6.5"], ["é", "größer", "7.5"], ["h", "ends with \"", "-8.5"],
  ]

  /// The rows as a text under a delimiter, quoting and line end.
  static func written(_ delimiter: String, _ lineEnd: String, quotesAll: Bool) -> String {
    rows.map { row in
      row.map { cell in
        let needs = cell.contains { "\"\n".contains($0) || delimiter.contains($0) }
        let doubled = cell.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"")
        return needs || quotesAll ? "\"\(doubled)\"" : cell
      }.joined(separator: delimiter)
    }.joined(separator: lineEnd)
  }

  @Test(
    "a table reads back the same in any delimiter, quoting and line end",
    arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
  func roundTrip(delimiter: String, lineEnd: String) throws {
    for quotesAll in [false, true] {
      for (start, end) in [("", ""), ("", lineEnd), ("\u{FEFF}", lineEnd + lineEnd)] {
        let text = start + Self.written(delimiter, lineEnd, quotesAll: quotesAll) + end
        let table = try table(text)
        #expect(table.format.delimiter.value == delimiter)
        #expect(table.columns.map(\.name) == Self.rows[0])
        #expect(cells(table) == Self.rows.dropFirst().map { $0.map { $0 } })
      }
    }
  }

  @Test("blanks separate values where nothing else does, and several count as one")
  func blanks() throws {
    let table = try table("a   b c\n 1 \"x y\"  3\n2  z 4 \n")
    #expect(cells(table) == [["1", "x y", "3"], ["2", "z", "4"]])
  }

  @Test("a row of another width is an error with its line and counts")
  func ragged() {
    let error = failure("a,b\n1,\"x\ny\"\n1\n1,2,3\n2,3\n")
    #expect(error?.line == 4)
    #expect(
      error?.message
        == "this row has 1 value where the table has 2 columns, and 1 later row differs too")
  }

  @Test("a quote that is never closed is an error at the line that opened it")
  func unclosed() {
    #expect(failure("a,b\n1,2\n3,\"4\n5,6\n", .init(delimiter: ","))?.line == 3)
    #expect(failure("a,b\n1,\"2\" x\n", .init(delimiter: ","))?.line == 2)
  }

  @Test("a text without rows, a binary file and UTF-16 are errors with words")
  func refused() {
    #expect(failure("")?.message == "holds no data rows")
    #expect(failure("a,b\n")?.message == "holds no data rows")
    #expect(failure("a\n1\u{0}\n")?.line == 2)
    let wide = [UInt8]([0xFF, 0xFE, 0x61, 0x00])
    #expect(throws: TableError.self) { try readTable(bytes: wide, name: "wide.csv") }
  }

  @Test("bytes that are not UTF-8 are read as Latin-1, and that is said")
  func latin1() throws {
    let table = try readTable(bytes: Array("a,b\n1,".utf8) + [0xE9, 0x0A], name: "old.csv")
    #expect(table.columns[1].text(row: 0) == "é")
    #expect(table.format.encoding.value == "latin-1")
  }

  @Test("equal and empty column names are made distinct")
  func names() throws {
    let table = try table("a,a,,a_2\nx,y,1,2\nz,y,1,2\n")
    #expect(table.columns.map(\.name) == ["a", "a_2", "column_2", "a_2_2"])
  }

  @Test("random bytes are read or refused, never trapped on")
  func mutated() {
    var random = SeededBits(seed: 7)
    let alphabet = Array("a1.,;\t|\"\n\r -e".utf8)
    for _ in 0..<400 {
      let count = Int(random.next() % 40)
      let bytes = (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      guard let table = try? readTable(bytes: bytes, name: "random") else { continue }
      #expect(table.columns.allSatisfy { $0.count == table.rowCount })
      let profile = DataProfile(of: table)
      #expect(profile.rows == table.rowCount)
    }
  }
}
