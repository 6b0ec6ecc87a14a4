import Testing

@testable import Tables

@Suite("NPY")
struct NPYTests {
  /// A file as NumPy writes it.
  static func file(
    _ type: String, _ shape: String, _ numbers: [UInt8], order: String = "False", version: UInt8 = 1
  ) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    let taken = version == 1 ? 10 : 12
    header += String(repeating: " ", count: (64 - (header.utf8.count + taken + 1) % 64) % 64) + "\n"
    let length = UInt8(truncatingIfNeeded: header.utf8.count)
    let count: [UInt8] = version == 1 ? [length, 0] : [length, 0, 0, 0]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + count + Array(header.utf8) + numbers
  }

  private func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  @Test("every type of number is read", arguments: [
    ("<f4", 4), ("<f8", 8), ("|i1", 1), ("|u1", 1), ("<i2", 2), ("<u2", 2), ("<i4", 4),
    ("<u4", 4), ("<i8", 8), ("<u8", 8),
  ])
  func types(type: String, size: Int) throws {
    let written: [Double] = type.contains("u") ? [3, 200, 7, 1] : [3, -100, 7, 1]
    let numbers = written.flatMap { number -> [UInt8] in
      switch type {
      case "<f4": bytes(UInt64(Float(number).bitPattern), 4)
      case "<f8": bytes(number.bitPattern, 8)
      default: bytes(UInt64(bitPattern: Int64(number)), size)
      }
    }
    for version in [UInt8(1), 2] {
      let table = try readTable(
        bytes: Self.file(type, "(2, 2)", numbers, version: version), name: "a.npy")
      #expect(table.columns.map(\.name) == ["column_0", "column_1"])
      #expect(cells(table) == [["3", type.contains("u") ? "200" : "-100"], ["7", "1"]])
      #expect(table.format.kind == "NPY")
    }
  }

  @Test("missing and infinite numbers have no value, and infinite ones are told by place")
  func special() throws {
    let numbers = [1.5, .nan, .infinity, 0.1].flatMap { bytes($0.bitPattern, 8) }
    let table = try readTable(bytes: Self.file("<f8", "(4,)", numbers), name: "a.npy")
    #expect(cells(table) == [["1.5"], [nil], [nil], ["0.1"]])
    #expect(table.badCells.map(\.row) == [3] && table.badCells[0].value == "inf")
  }

  @Test("a file of labels becomes a category, or a number")
  func labels() throws {
    let images = Self.file("|u1", "(2, 1, 2)", [1, 2, 3, 4])
    let whole = try npyTable(
      images, path: "x", isPacked: false, labels: (Self.file("|u1", "(2,)", [7, 3]), "y"),
      options: .init())
    #expect(whole.columns.map(\.name) == ["pixel_0_0", "pixel_0_1", "label"])
    #expect(whole.imageShape == [1, 2])
    #expect(whole.columns[2].type == .category && whole.columns[2].text(row: 0) == "7")
    let error = #expect(throws: TableError.self) {
      try npyTable(
        images, path: "x", isPacked: false, labels: (Self.file("|u1", "(3,)", [7, 3, 1]), "y"),
        options: .init())
    }
    #expect(error?.message == "holds 3 labels for 2 images")
  }

  @Test("an array of another kind, or a damaged one, is an error that says why")
  func refused() {
    func message(_ bytes: [UInt8]) -> String? {
      #expect(throws: TableError.self) { try readTable(bytes: bytes, name: "a.npy") }?.message
    }
    let good = Self.file("<f4", "(1, 1)", [0, 0, 0, 0])
    #expect(message(Self.file("<c8", "(1,)", [0]))?.contains("type `<c8`") == true)
    #expect(
      message(Self.file("<f4", "(1, 1)", [0, 0, 0, 0], order: "True"))?
        .contains("one after another") == true)
    #expect(message(Array(good.dropLast()))?.contains("its sizes call for 4 bytes") == true)
    for length in [6, 9, 11, 40] { #expect(message(Array(good.prefix(length))) != nil) }
    #expect(message(Self.file("<f4", "(99999999999999999, 999999999)", [])) != nil)
  }
}
