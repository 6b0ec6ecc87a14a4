/// Whether bytes start as IDX of unsigned bytes does: two zeros, type 8, the number of dimensions.
func isIDX(_ bytes: [UInt8]) -> Bool {
  bytes.count >= 8 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 8 && 1...4 ~= bytes[3]
}

/// An IDX file of unsigned bytes: its dimensions and where its values start.
private struct IDXFile {
  let bytes: [UInt8]
  let sizes: [Int]
  let start: Int

  init(_ bytes: [UInt8], path: String) throws(TableError) {
    guard isIDX(bytes) else {
      throw .badIDX(path, reason: "it does not start with the mark of unsigned bytes")
    }
    let dimensions = Int(bytes[3])
    start = 4 + 4 * dimensions
    guard bytes.count >= start else { throw .badIDX(path, reason: "its header ends early") }
    sizes = (0..<dimensions).map { dimension in
      bytes[(4 + 4 * dimension)..<(8 + 4 * dimension)].reduce(0) { $0 << 8 | Int($1) }
    }
    var expected = 1
    for size in sizes {
      let (product, overflow) = expected.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .badIDX(path, reason: "its sizes are too large") }
      expected = product
    }
    guard expected == bytes.count - start else {
      throw .badIDX(
        path,
        reason: "its sizes call for \(counted(expected, "value")), it holds "
          + grouped(bytes.count - start))
    }
    self.bytes = bytes
  }
}

/// A table of images: one numeric column for each pixel and, with a label file, a column `label`.
func idxTable(
  _ bytes: [UInt8], path: String, isPacked: Bool, labels: (bytes: [UInt8], path: String)?,
  options: TableOptions
) throws(TableError) -> Table {
  let images = try IDXFile(bytes, path: path)
  let rowCount = images.sizes[0]
  guard rowCount > 0 else { throw .empty(path) }
  var columns = pixelColumns(images, options)
  if let labels {
    let file = try IDXFile(labels.bytes, path: labels.path)
    guard file.sizes == [rowCount] else {
      throw .labelCount(labels.path, labels: file.sizes[0], images: rowCount)
    }
    columns.append(labelColumn(file))
  }
  return Table(
    path: path, format: .binary(isPacked ? "gzip of IDX" : "IDX"), columns: columns,
    rowCount: rowCount, badCells: [], badCellCounts: [:], headerText: nil, headerLine: 1,
    imageShape: images.sizes.count > 1 ? Array(images.sizes.dropFirst()) : nil, rowLines: nil)
}

/// The values at each place of the images, named by row and column.
private func pixelColumns(_ images: IDXFile, _ options: TableOptions) -> [Column] {
  let shape = Array(images.sizes.dropFirst())
  let width = shape.reduce(1, *)
  let rowCount = images.sizes[0]
  return (0..<width).map { place in
    var numbers = Numbers(scale: 0)
    numbers.grow(by: rowCount)
    var index = images.start + place
    for row in 0..<rowCount {
      numbers.wholes[row] = Int32(images.bytes[index])
      index += width
    }
    numbers.narrow()
    let name = pixelName(place, shape)
    let isConstant = numbers.allSatisfy { $0 == numbers[0] }
    let evidence =
      isConstant
      ? "all \(grouped(rowCount)) are \(numberText(numbers[0]))" : "the file holds bytes"
    let pinned = options.types[name]
    return Column(
      name: name, type: pinned ?? (isConstant ? .constant : .numeric),
      evidence: pinned == nil ? evidence : "pinned", storage: .numbers(numbers))
  }
}

/// `pixel_r_c` for flat images, with one index more or less for other shapes.
func pixelName(_ place: Int, _ shape: [Int]) -> String {
  var (rest, indices) = (place, [Int]())
  for size in shape.reversed() {
    indices.append(rest % size)
    rest /= size
  }
  return (["pixel"] + indices.reversed().map { "\($0)" }).joined(separator: "_")
}

private func labelColumn(_ file: IDXFile) -> Column {
  let values = file.bytes[file.start...]
  let levels = Set(values).sorted()
  let codes = Codes(values.map { Int32(levels.firstIndex(of: $0) ?? 0) })
  return Column(
    name: "label", type: .category, evidence: "the file of labels holds them",
    storage: .codes(codes, levels: levels.map { "\($0)" }))
}

extension TableFormat {
  /// The form of a file that is not text, in which nothing can be pinned.
  static func binary(_ kind: String) -> TableFormat {
    let none = "the file is not text"
    return TableFormat(
      kind: kind, encoding: .detected("binary", none), delimiter: .detected("", none),
      decimal: .detected("", none), quote: .detected("", none), lineEnding: .detected("", none),
      skipLines: .detected(0, none), header: .detected(false, none),
      missing: .detected([], none))
  }
}
