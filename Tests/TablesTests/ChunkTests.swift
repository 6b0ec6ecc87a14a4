import Testing

@testable import Tables

@Suite("Reading in pieces")
struct ChunkTests {
  /// The table of a text, read in pieces of a size by some threads.
  private func read(
    _ text: [UInt8], threads: Int, chunkBytes: Int, sampleBytes: Int = 1 << 20
  ) -> Result<Table, TableError> {
    var reading = TextTable(
      source: .bytes(text), path: "t", kind: "", options: .init(threads: threads))
    (reading.chunkBytes, reading.sampleBytes) = (chunkBytes, sampleBytes)
    return Result { () throws(TableError) in
      try reading.read(encoding: .detected("utf-8", "every byte is ASCII"))
    }
  }

  /// Everything that a table says.
  private func description(_ result: Result<Table, TableError>) -> [String] {
    switch result {
    case .failure(let error): return ["\(error)"]
    case .success(let table):
      let lines = (0..<table.rowCount).map { "\(table.line(ofRow: $0) ?? 0)" }
      let columns = table.columns.map { column -> String in
        let texts = (0..<table.rowCount).map { column.text(row: $0) ?? "-" }
        return "\(column.name) \(column.type) \(column.evidence) \(texts)"
      }
      return columns + lines + ["\(table.badCells) \(table.badCellCount) \(table.format.entries)"]
    }
  }

  @Test("any split into pieces and any number of threads gives the same table")
  func splits() {
    var random = SeededBits(seed: 31)
    for round in 0..<12 {
      var rows = ["x,note,n,day"]
      for row in 0..<(20 + round) {
        let note = ["plain", "\"with, comma\"", "\"two\nlines, \"\"quoted\"\"\"", "\"a\r\n\r\nb\"", ""]
        let number = random.next() % 40 == 0 ? "?" : "\(Double(random.next() % 1000) / 8)"
        rows.append(
          "\(number),\(note[Int(random.next() % 5)]),\(row),2020-01-0\(1 + random.next() % 9)")
        if random.next() % 200 == 0 { rows.append("ragged") }
        if random.next() % 20 == 0 { rows.append("") }
      }
      let text = Array(rows.joined(separator: ["\n", "\r\n", "\r"][round % 3]).utf8)
      let whole = description(read(text, threads: 1, chunkBytes: 1 << 20))
      for chunkBytes in [5, 64, 333] {
        for threads in [1, 3] {
          #expect(description(read(text, threads: threads, chunkBytes: chunkBytes)) == whole)
        }
      }
    }
  }

  @Test("a mistake is found at the same line however the text is cut")
  func mistakes() {
    let good = (0..<50).map { "\($0),\"a\nb\"" }.joined(separator: "\n")
    for bad in ["\n1,\"open", "\n1,\"x\"y\n", "\n1\n2,3,4\n"] {
      let text = Array((good + bad + "\n" + good).utf8)
      let whole = description(read(text, threads: 1, chunkBytes: 1 << 20))
      #expect(whole.count == 1)
      for chunkBytes in [5, 50, 500] {
        #expect(description(read(text, threads: 3, chunkBytes: chunkBytes)) == whole)
      }
    }
  }

  @Test("a column that turns out to hold something else is read again")
  func contradictions() throws {
    func column(_ early: String, _ late: String) throws -> Column {
      let rows = (0..<3_000).map { row in
        "\(row % 7),\(row < 2_000 ? early : late),\((0..<12).map { "\($0)" }.joined(separator: ","))"
      }
      let names = (0..<14).map { "c\($0)" }.joined(separator: ",")
      let text = Array((names + "\n" + rows.joined(separator: "\n")).utf8)
      return try read(text, threads: 2, chunkBytes: 20_000, sampleBytes: 70_000).get().columns[1]
    }
    let levels = try column("1", "one")
    #expect(levels.type == .boolean || levels.type == .category)
    #expect((levels.text(row: 0), levels.text(row: 2_999)) == ("1", "one"))
    let numbers = try column("", "2.25")
    #expect(numbers.type == .constant && numbers.missingCount == 2_000)
    let wide = try column("1.5", "1.23456789012345678")
    #expect(wide.type == .numeric)
    #expect(wide.text(row: 2_999) == "\(1.23456789012345678)")
    let dates = try column("01/02/2020", "25/02/2020")
    #expect(dates.type == .date && dates.dateOrder == .dayFirst)
    #expect((dates.text(row: 0), dates.text(row: 2_999)) == ("2020-02-01", "2020-02-25"))
    let times = try column("2020-01-02", "2020-01-02 10:20:30")
    #expect(times.text(row: 2_999) == "2020-01-02 10:20:30")
  }

  @Test("a large file is read as its bytes in memory are")
  func files() throws {
    let path = "\(temporaryFolder())/large.csv"
    let rows = (0..<120_000).map { "\($0 % 97).25,\"é \($0 % 5)\",word \($0 % 11)" }
    let text = "x,name,y\n" + rows.joined(separator: "\n")
    try write(text, to: path)
    let (file, memory) = (try readTable(at: path), try table(text))
    #expect(file.rowCount == 120_000)
    #expect(file.format == memory.format)
    #expect(file.columns.map(\.evidence) == memory.columns.map(\.evidence))
    for row in stride(from: 0, to: 120_000, by: 997) {
      #expect(file.columns.map { $0.text(row: row) } == memory.columns.map { $0.text(row: row) })
      #expect(file.line(ofRow: row) == row + 2)
    }
    // Latin-1, and a zero byte, late in a file.
    try write(Array(text.utf8) + [0x0A, 0x31, 0x2C, 0xE9, 0x2C, 0x31], to: path)
    #expect(try readTable(at: path).format.encoding.value == "latin-1")
    try write(Array(text.utf8) + [0x0A, 0x31, 0x2C, 0x00, 0x2C, 0x31], to: path)
    let error = #expect(throws: TableError.self) { try readTable(at: path) }
    #expect(error?.message == "holds a zero byte, so it is not text" && error?.line == 120_002)
  }
}
