/// Whether bytes start as an array that NumPy saved does.
func isNPY(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) }

/// An array that NumPy saved: little-endian numbers, the last dimension varying fastest.
private struct NPYFile {
  let bytes: [UInt8]
  let shape: [Int]
  let kind: Kind
  let start: Int

  /// The numbers that can be read, by NumPy's letters for them.
  enum Kind: String {
    case float32 = "<f4"
    case float64 = "<f8"
    case signed8 = "|i1"
    case unsigned8 = "|u1"
    case boolean = "|b1"
    case signed16 = "<i2"
    case unsigned16 = "<u2"
    case signed32 = "<i4"
    case unsigned32 = "<u4"
    case signed64 = "<i8"
    case unsigned64 = "<u8"

    /// How many bytes a number has.
    var size: Int {
      switch self {
      case .signed8, .unsigned8, .boolean: 1
      case .signed16, .unsigned16: 2
      case .float32, .signed32, .unsigned32: 4
      case .float64, .signed64, .unsigned64: 8
      }
    }

    var isFloat: Bool { self == .float32 || self == .float64 }

    /// The number that the low bits write.
    func number(_ bits: UInt64) -> Double {
      switch self {
      case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      case .float64: Double(bitPattern: bits)
      case .signed8: Double(Int8(truncatingIfNeeded: bits))
      case .signed16: Double(Int16(truncatingIfNeeded: bits))
      case .signed32: Double(Int32(truncatingIfNeeded: bits))
      case .signed64: Double(Int64(bitPattern: bits))
      case .unsigned8, .boolean, .unsigned16, .unsigned32, .unsigned64: Double(bits)
      }
    }
  }

  init(_ bytes: [UInt8], path: String) throws(TableError) {
    guard isNPY(bytes), bytes.count >= 12 else {
      throw .badNPY(path, reason: "its header ends early")
    }
    // Version 1 counts the header in two bytes, later ones in four.
    let countBytes = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<8 + countBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    start = 8 + countBytes + length
    guard bytes.count >= start else { throw .badNPY(path, reason: "its header ends early") }
    let header = String(decoding: bytes[(8 + countBytes)..<start], as: UTF8.self)
    guard let type = Self.entry("descr", header), let order = Self.entry("fortran_order", header),
      let sizes = Self.entry("shape", header)
    else { throw .badNPY(path, reason: "its header does not describe an array") }
    let name = type.filter { $0 != "'" && $0 != "\"" }
    guard let kind = Kind(rawValue: name) else {
      throw .badNPY(
        path, reason: "its numbers are of type `\(shortened(name))`",
        hint: "save it with `.astype(\"<f4\")`")
    }
    guard order == "False" else {
      throw .badNPY(
        path, reason: "its columns lie one after another",
        hint: "save it with `numpy.ascontiguousarray`")
    }
    shape = sizes.split { !$0.isNumber }.compactMap { Int($0) }
    var expected = kind.size
    for size in shape {
      let (product, overflow) = expected.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .badNPY(path, reason: "its sizes are too large") }
      expected = product
    }
    guard !shape.isEmpty, expected == bytes.count - start else {
      throw .badNPY(
        path,
        reason: "its sizes call for \(counted(expected, "byte")) of numbers, it holds "
          + grouped(bytes.count - start))
    }
    (self.bytes, self.kind) = (bytes, kind)
  }

  /// The value of a key in the header, which is written as Python writes a dictionary.
  private static func entry(_ key: String, _ header: String) -> String? {
    let parts = header.split(separator: "'\(key)':", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let value = parts[1].drop { $0 == " " }
    let end =
      value.first == "(" ? value.firstIndex(of: ")") : value.firstIndex { ",}".contains($0) }
    return end.map { String(value[..<$0]).filter { $0 != " " } }
  }

  /// The number at a place of the array as it lies.
  func number(_ place: Int) -> Double {
    var bits: UInt64 = 0
    let first = start + place * kind.size
    for index in (0..<kind.size).reversed() { bits = bits << 8 | UInt64(bytes[first + index]) }
    return kind.number(bits)
  }
}

/// A table of numbers: the first dimension counts the rows, the others the columns. A second file
/// becomes the column `label`: a category of whole numbers, or numbers.
func npyTable(
  _ bytes: [UInt8], path: String, isPacked: Bool, labels: (bytes: [UInt8], path: String)?,
  options: TableOptions
) throws(TableError) -> Table {
  let file = try NPYFile(bytes, path: path)
  let rowCount = file.shape[0]
  let inner = Array(file.shape.dropFirst())
  let width = inner.reduce(1, *)
  guard rowCount > 0, width > 0 else { throw .empty(path) }
  var (columns, bad): ([Column], [BadCell]) = ([], [])
  for place in 0..<width {
    let name = inner.count < 2 ? "column_\(place)" : pixelName(place, inner)
    var numbers = [Double](repeating: 0, count: rowCount)
    for row in 0..<rowCount { numbers[row] = file.number(row * width + place) }
    bad += setAside(&numbers, name)
    columns.append(numberColumn(name, numbers, file.kind.isFloat, options))
  }
  if let labels {
    let file = try NPYFile(labels.bytes, path: labels.path)
    guard file.shape.reduce(1, *) == rowCount, file.shape[0] == rowCount else {
      throw .labelCount(labels.path, labels: file.shape[0], images: rowCount)
    }
    var numbers = (0..<rowCount).map { file.number($0) }
    if file.kind.isFloat {
      bad += setAside(&numbers, "label")
      columns.append(numberColumn("label", numbers, true, options))
    } else {
      columns.append(classColumn("label", numbers))
    }
  }
  let counts = bad.reduce(into: [String: Int]()) { $0[$1.column, default: 0] += 1 }
  return Table(
    path: path, format: .binary(isPacked ? "gzip of NPY" : "NPY"), columns: columns,
    rowCount: rowCount, badCells: firstOfEach(bad, columns: counts.count), badCellCounts: counts,
    headerText: nil, headerLine: 1, imageShape: inner.count > 1 ? inner : nil, rowLines: nil)
}

/// Makes infinite numbers missing, and tells where they stood.
private func setAside(_ numbers: inout [Double], _ name: String) -> [BadCell] {
  var bad: [BadCell] = []
  for row in numbers.indices where numbers[row].isInfinite {
    bad.append(
      BadCell(
        row: row + 1, line: row + 1, column: name, value: "\(numbers[row])", expected: .numeric))
    numbers[row] = .nan
  }
  return bad
}

private func numberColumn(
  _ name: String, _ values: [Double], _ isFloat: Bool, _ options: TableOptions
) -> Column {
  let first = values.first { !$0.isNaN }
  let isConstant = !values.contains { !$0.isNaN && $0 != first }
  let evidence =
    isConstant
    ? "all \(grouped(values.count)) are \(numberText(first ?? .nan))"
    : "the file holds \(isFloat ? "numbers" : "whole numbers")"
  let pinned = options.types[name]
  return Column(
    name: name, type: pinned ?? (isConstant ? .constant : .numeric),
    evidence: pinned == nil ? evidence : "pinned", storage: .numbers(Numbers(compacting: values)))
}

private func classColumn(_ name: String, _ numbers: [Double]) -> Column {
  let levels = Set(numbers).sorted()
  var codes: [Double: Int32] = [:]
  for (code, level) in levels.enumerated() { codes[level] = Int32(code) }
  return Column(
    name: name, type: .category, evidence: "the file of labels holds whole numbers",
    storage: .codes(
      Codes(numbers.map { codes[$0] ?? -1 }), levels: levels.map { numberText($0) }))
}
