import Testing

@testable import Tables

@Suite("The hot loops over text")
struct TextLoopsTests {
  /// A text of pieces that make cells hard to cut.
  static func text(_ random: inout SeededBits, pieces: Int) -> [UInt8] {
    let alphabet = [
      "a", "1.5", ",", ",", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", " ", "\t", "é",
      "\"x,y\"", "\"two\nlines\"", "a long cell that fills more than a block of 64 bytes by itself", "",
    ]
    return (0..<pieces).flatMap { _ in
      Array(alphabet[Int(random.next() % UInt64(alphabet.count))].utf8)
    }
  }

  @Test("the loops cut a text as the careful reader does", arguments: TextLoops.available)
  func cuts(loops: TextLoops) throws {
    var random = SeededBits(seed: 21)
    for round in 0..<240 {
      let text = Self.text(&random, pieces: 1 + round % 60)
      let reader = CSVReader(path: "t", delimiter: 0x2C, quote: 0x22)
      let expected = Result { () throws(TableError) in try reader.read(text) }
      for width in 1...3 {
        let margin = ChunkReader.margin
        var block = TextBlock(
          text: [UInt8](repeating: 0, count: 2 * text.count + 6 * margin),
          cells: [Cell](repeating: Cell(start: 0, end: 0), count: (text.count + 1) * width + 4),
          width: width, rowCount: 0)
        block.text.replaceSubrange(margin..<margin + text.count, with: text)
        block.text[margin + text.count] = 0x0A
        var scan = RecordScan()
        scan.position = margin
        (scan.line, scan.nextLine) = (1, 1)
        var room = JumpRoom()
        let ending = loops.cut(
          &block, &scan, end: margin + text.count + 1, limit: margin + text.count, isLast: true,
          form: RecordForm(delimiter: 0x2C, quote: 0x22, width: width),
          spare: text.count + 3 * margin, room: &room)
        switch expected {
        case .success(let grid):
          #expect(ending == .complete)
          let records = (0..<grid.recordCount).filter { grid.width(ofRecord: $0) == width }
          #expect(block.rowCount == records.count)
          #expect(scan.ragged.count == grid.recordCount - records.count)
          guard block.rowCount == records.count else { continue }
          var lines = RowLines()
          if scan.jumps.first?.record != 0 { lines.add(row: 0, line: 1) }
          for jump in scan.jumps { lines.add(row: jump.record, line: Int(jump.line)) }
          for (row, record) in records.enumerated() {
            #expect(lines.line(of: row) == Int(grid.lines[record]))
            for (column, cell) in grid.record(record).enumerated() {
              let found = block.cell(row: row, column: column)
              #expect(block.text[Int(found.start)..<Int(found.end)].elementsEqual(grid.slice(cell)))
            }
          }
          let tail = min(text.count, 64)
          if tail == text.count { #expect(scan.hasHigh == text.contains { $0 >= 0x80 }) }
        case .failure(let error):
          #expect(ending == .unclosedQuote || ending == .textAfterQuote)
          #expect(Int(scan.line) == error.line)
        }
      }
    }
  }

  /// Texts of numbers: of every length, near ties, of every form; and of none.
  static func numberTexts(_ random: inout SeededBits) -> [String] {
    (0..<1_200).map { index in
      let digits = String(random.next() >> (random.next() % 64))
      let point = Int(random.next() % UInt64(digits.count + 1))
      switch index % 8 {
      case 0: return digits
      case 1: return "-\(digits.prefix(point)).\(digits.dropFirst(point))"
      case 2: return "\(Double(bitPattern: random.next()))"
      case 3: return "+\(digits.prefix(3)).\(digits.suffix(2))"
      case 4: return "\(digits.prefix(point))e\(Int(random.next() % 40) - 20)"
      case 5: return ["", "NA", "-", "1.2.3", "--1", "1-", "1:2", "/", ".", "x", "12a45", "0x1"][point % 12]
      case 6: return "\(Double(digits.prefix(9)) ?? 0)"
      default: return ["-0", "-0.0", "0", "2147483646", "2147483647", "-2147483648", "1e5"][point % 7]
      }
    }
  }

  @Test(
    "every text of a number is the double that the standard library reads",
    arguments: TextLoops.available)
  func numbers(loops: TextLoops) throws {
    var random = SeededBits(seed: 22)
    let tokens = MissingTokens(["", "NA"])
    let meaning = CellMeaning(decimal: 0x2E, tokens: tokens, loops: loops)
    // In one form the first number decides, in the other all are doubles.
    for form in [Numbers(scale: 0), Numbers(scale: 2), Numbers()] {
      for _ in 0..<2 {
        let texts = Self.numberTexts(&random)
        let grid = try CSVReader(path: "t", delimiter: 0x2C, quote: 0x22).read(
          Array(texts.map { "\"\($0)\"" }.joined(separator: "\n").utf8))
        var part = ColumnPart()
        part.restart(.numbers(form), tokenCount: 2)
        part.read(grid.block(from: 0, width: 1), column: 0, meaning)
        try #require(part.values.count == texts.count)
        var bad: [Int32] = []
        for (row, text) in texts.enumerated() {
          let written = text.contains("x") || text.contains("n") ? nil : Double(text)
          let expected = written.flatMap { $0.isFinite ? $0 : nil }
          #expect(
            part.values[row].bitPattern == (expected ?? .nan).bitPattern
              || (expected == nil && part.values[row].isNaN), "\(text)")
          if expected == nil, !["", "NA"].contains(text) { bad.append(Int32(row)) }
        }
        #expect(part.badRows == bad)
        #expect(Int(part.tokenCounts[0]) == texts.count { $0.isEmpty })
      }
    }
  }

  @Test("decimals are kept in few bytes, and are the doubles that were written")
  func compact() throws {
    for (scale, limit) in [(0, 100), (1, 3_000), (3, 1_000_000), (9, 2_000_000_000)] {
      var random = SeededBits(seed: 23)
      let texts = (0..<500).map { _ -> String in
        let digits = String(Int(random.next() % UInt64(limit)))
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let point = padded.count - scale
        return "\(random.next() % 2 == 0 ? "-" : "")\(padded.prefix(point)).\(padded.dropFirst(point))"
      }
      let column = try table("x,y\n" + texts.map { "\($0),a\n" }.joined()).columns[0]
      guard case .numbers(let numbers) = column.storage else {
        Issue.record("numbers are read as numbers")
        continue
      }
      #expect(numbers.form != .doubles)
      for (row, text) in texts.enumerated() {
        #expect(numbers[row].bitPattern == Double(text)?.bitPattern, "\(text)")
      }
      var buffer = [Double](repeating: 0, count: 90)
      numbers.copy(400..<490, to: &buffer)
      #expect(zip(buffer, 400..<490).allSatisfy { $0.bitPattern == numbers[$1].bitPattern })
    }
  }

  @Test("dates are what the careful reader makes of them", arguments: TextLoops.available)
  func dates(loops: TextLoops) throws {
    var random = SeededBits(seed: 24)
    let meaning = CellMeaning(decimal: 0x2E, tokens: MissingTokens([""]), loops: loops)
    for order in DateOrder.allCases {
      for hasTimes in [false, true] {
        let texts = (0..<2_000).map { _ -> String in
          func two(_ bound: UInt64) -> String {
            let number = random.next() % bound
            return number < 10 ? "0\(number)" : "\(number)"
          }
          let year = "\(two(23))\(two(100))"
          let mark = ["-", "/", ".", "x"][Int(random.next() % 20) / 6]
          let parts = order == .yearFirst ? [year, two(14), two(33)] : [two(14), two(33), year]
          let time = hasTimes && random.next() % 2 == 0 ? " \(two(25)):\(two(61)):\(two(61))" : ""
          return parts.joined(separator: mark) + time
        }
        let grid = try CSVReader(path: "t", delimiter: 0x2C, quote: 0x22).read(
          Array(texts.joined(separator: "\n").utf8))
        var part = ColumnPart()
        part.restart(.dates(order, Numbers(scale: 0, unit: 86_400)), tokenCount: 1)
        part.read(grid.block(from: 0, width: 1), column: 0, meaning)
        for (row, text) in texts.enumerated() {
          let expected = parseDate(Array(text.utf8), 0, text.utf8.count, order: order)
          #expect(
            expected.map { part.values[row] == $0 } ?? part.values[row].isNaN, "\(text) \(order)")
        }
      }
    }
  }

  @Test("UTF-8 is told from what is none as the standard library tells it")
  func utf8() {
    var random = SeededBits(seed: 25)
    let bytes: [UInt8] = [
      0x41, 0x7F, 0x80, 0xBF, 0xC1, 0xC3, 0xA9, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F,
    ]
    for _ in 0..<4_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in
        bytes[Int(random.next() % UInt64(bytes.count))]
      }
      #expect(
        isUTF8(text, from: 0, to: text.count) == (String(validating: text, as: UTF8.self) != nil))
    }
  }

  @Test("keys are sorted")
  func sorting() {
    var random = SeededBits(seed: 26)
    for count in [0, 1, 2, 3_000] {
      for mask in [UInt64.max, 0xFF, 0xFFFF_0000_0000] {
        var keys = (0..<count).map { _ in random.next() & mask }
        let expected = keys.sorted()
        sortKeys(&keys)
        #expect(keys == expected)
      }
    }
  }
}
