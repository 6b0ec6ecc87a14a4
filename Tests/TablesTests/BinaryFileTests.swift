import Testing

@testable import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Files, gzip and IDX")
struct BinaryFileTests {
  /// `a,b`, `1,2`, `3,4` as gzip wrote them, stored and without a name.
  static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0x01, 0x0C, 0x00, 0xF3, 0xFF,
    0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x32, 0x0A, 0x33, 0x2C, 0x34, 0x0A,
    0xE5, 0xE9, 0xD6, 0xCE, 0x0C, 0, 0, 0,
  ]

  @Test("gzip of a table is the table, also in several members and with padding")
  func gzip() throws {
    let table = try readTable(bytes: Self.packed, name: "a.csv.gz")
    #expect(cells(table) == [["1", "2"], ["3", "4"]])
    #expect(table.format.kind == "gzip of delimited text")
    let twice = try gunzip(Self.packed + Self.packed + [0, 0], path: "a", maximumBytes: 100)
    #expect(twice == Array("a,b\n1,2\n3,4\na,b\n1,2\n3,4\n".utf8))
  }

  @Test(
    "every shortened gzip file is an error that says so", arguments: [2, 10, 12, 20, 27, 30, 34])
  func truncated(length: Int) {
    let error = #expect(throws: TableError.self) {
      try readTable(bytes: Array(Self.packed.prefix(length)), name: "a.csv.gz")
    }
    #expect(error?.message.contains("ends early") == true)
  }

  @Test("damaged gzip is an error, and unpacking is bounded")
  func damaged() {
    for index in [3, 12, 16, 28, 31] {
      var bytes = Self.packed
      bytes[index] ^= 0xFF
      #expect(throws: TableError.self) { try gunzip(bytes, path: "a", maximumBytes: 1000) }
    }
    let error = #expect(throws: TableError.self) {
      try gunzip(Self.packed, path: "a", maximumBytes: 11)
    }
    #expect(error?.message == "is larger than the limit of 11 bytes")
  }

  @Test("what is no readable regular file is refused with words")
  func files() {
    let missing = #expect(throws: TableError.self) {
      try readFile(at: "no/such/file.csv", maximumBytes: 10)
    }
    #expect(missing?.message == "cannot open the file: no such file or directory")
    for path in ["/dev/zero", Place.package] {
      let error = #expect(throws: TableError.self) { try readFile(at: path, maximumBytes: 10) }
      #expect(error?.message == "is not a regular file")
    }
    let large = #expect(throws: TableError.self) {
      try readFile(at: Place.example("iris.csv"), maximumBytes: 10)
    }
    #expect(large?.message == "is larger than the limit of 10 bytes")
  }

  /// Three images of 2 × 2 pixels.
  static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2] + [0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11]
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3] + [7, 10, 7]

  @Test("IDX images become a column for each pixel, labels a category")
  func idx() throws {
    let table = try idxTable(
      Self.images, path: "images", isPacked: false, labels: (Self.labels, "labels"),
      options: .init())
    #expect(
      table.columns.map(\.name) == ["pixel_0_0", "pixel_0_1", "pixel_1_0", "pixel_1_1", "label"])
    #expect(table.columns.map(\.type) == [.constant, .numeric, .numeric, .numeric, .category])
    #expect(table.imageShape == [2, 2])
    #expect(cells(table)[1] == ["0", "5", "6", "7", "10"])
    #expect(table.column("label")?.labels().levels == ["7", "10"])
  }

  @Test("IDX of another size than it says, or with other labels, is an error")
  func brokenIDX() {
    #expect(throws: TableError.self) {
      try readTable(bytes: Array(Self.images.dropLast()), name: "images")
    }
    #expect(throws: TableError.self) {
      try readTable(bytes: [0, 0, 8, 3, 255, 255, 255, 255], name: "images")
    }
    let huge: [UInt8] = [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12)
    #expect(throws: TableError.self) { try readTable(bytes: huge, name: "images") }
    let error = #expect(throws: TableError.self) {
      try idxTable(
        Self.images, path: "images", isPacked: false,
        labels: ([0, 0, 8, 1, 0, 0, 0, 2, 7, 7], "labels"), options: .init())
    }
    #expect(error?.message == "holds 2 labels for 3 images")
  }
}
