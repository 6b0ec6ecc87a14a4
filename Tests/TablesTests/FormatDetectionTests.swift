import Testing

@testable import Tables

@Suite("Form of a table")
struct FormatDetectionTests {
  static let texts: [String] = [
    "a,b\n1,x\n2,y\n", "a;b\n1,5;x\n2,5;y\n", "1,5;2,5\n3,5;4,5\n", "a\tb\n1\tNA\n2\t3\n",
    "3,2,x,y\n1,2,3\n4,5,6\n7,8,9\n", "one\ntwo\nthree\n",
    "a|b|c\n-|x|2019-01-02\n1|?|2019-02-03\n",
    "day,n\n01/02/2020,1\n25/12/2020,2\n", "\"x\"\n\"1,5\"\n\"2,25\"\n",
    "id,genres\n1,a;b\n2,c;d\n3,e\n", "Title of it\n\na,b\n1,2\n3,4\n",
  ]

  @Test("reading with everything pinned that was detected gives the same table", arguments: texts)
  func pinned(text: String) throws {
    let detected = try table(text)
    let pinned = try table(text, TableOptions(pinning: detected.format))
    #expect(cells(pinned) == cells(detected))
    #expect(pinned.columns.map(\.name) == detected.columns.map(\.name))
    #expect(pinned.columns.map(\.type) == detected.columns.map(\.type))
    #expect(pinned.format.header.isPinned && pinned.format.delimiter.isPinned)
  }

  @Test("every item of the form has evidence", arguments: texts)
  func evidence(text: String) throws {
    let entries = try table(text).format.entries
    #expect(entries.count == 8)
    #expect(entries.allSatisfy { !$0.evidence.isEmpty })
  }

  @Test("a first line of counts before numeric rows of another width is skipped")
  func skipped() throws {
    let table = try table("3,2,x,y\n1,2,3.5\n4,5,6\n7,8,9\n")
    #expect(table.format.skipLines.value == 1)
    #expect(!table.format.header.value)
    #expect(table.rowCount == 3)
    #expect(table.line(ofRow: 0) == 2)
  }

  @Test("a header that is one name short is not skipped")
  func shortHeader() {
    #expect(failure("a,b\nx,1,2\ny,3,4\n")?.line == 2)
  }

  @Test("a decimal comma is found under a semicolon, and between quotes")
  func decimalComma() throws {
    #expect(try table("a;b\n1,5;x\n28,801;y\n").columns[0].text(row: 1) == "28.801")
    #expect(try table("a,b\n\"1,5\",x\n\"2,25\",y\n").columns[0].text(row: 1) == "2.25")
  }

  @Test("a line of words over numbers is a header, a line of numbers is not")
  func header() throws {
    #expect(try table("a,b\n1,2\n3,4\n").headerText == "a,b")
    #expect(try table("1,2\n3,4\n").headerText == nil)
    #expect(try table("name,word\nx,y\nz,w\n").format.header.value)
    #expect(try !table("x,y\nz,w\nx,y\n").format.header.value)
    #expect(try table("x,y\nz,w\nx,y\n", .init(hasHeader: true)).columns[0].name == "x")
  }

  @Test("more lines skipped than there are is an empty table")
  func skippedAll() {
    #expect(failure("a,b\n1,2\n", .init(skipLines: .max))?.message == "holds no data rows")
  }

  @Test("names can be given, one for each column")
  func columnNames() throws {
    let options = TableOptions(columnNames: ["p", "q"])
    #expect(try table("1,2\n3,4\n", options).columns.map(\.name) == ["p", "q"])
    #expect(failure("1,2,3\n3,4,5\n", options) != nil)
  }

  @Test("a word is missing where it stands among numbers, not in rare free text")
  func missing() throws {
    let numbers = try table("a,b\n1,-\nNA,2\n3,4\n")
    #expect(numbers.columns.map(\.missingCount) == [1, 1])
    #expect(numbers.format.missing.value == ["", "NA", "-"])
    let sentences = (0..<200).map { "\($0),\"I chose \($0) for luck.\"" }
    let text = "n,why\n" + (["5,NA"] + sentences).joined(separator: "\n")
    #expect(try table(text).columns[1].missingCount == 0)
    #expect(try table(text, .init(missing: ["NA"])).columns[1].missingCount == 1)
  }

  @Test("a pinned missing token may be a number")
  func missingNumber() throws {
    let table = try table("a,b\n1,x\n-999,y\n", .init(missing: ["-999"]))
    #expect(table.columns[0].missingCount == 1)
  }

  @Test("a delimiter outside ASCII is refused with words")
  func oddDelimiter() {
    #expect(failure("a§b\n", .init(delimiter: "§")) != nil)
  }
}
