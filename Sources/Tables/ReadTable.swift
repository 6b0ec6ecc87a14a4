/// Reads CSV, TSV, IDX, NPY, or gzip of any of them.
///
/// For IDX and NPY, `labels` names the file of labels, which becomes a column `label`. Pixels
/// become numeric columns `pixel_r_c`, the columns of an array `column_0` and so on.
public func readTable(
  at path: String, labels: String? = nil, options: TableOptions = .init()
) throws(TableError) -> Table {
  if labels == nil, let table = try largeTable(at: path, options: options) { return table }
  let bytes = try readFile(at: path, maximumBytes: options.maximumBytes)
  guard let labels else { return try readTable(bytes: bytes, name: path, options: options) }
  let labelBytes = try unpacked(
    readFile(at: labels, maximumBytes: options.maximumBytes), labels, options)
  let (plain, isPacked) = try (unpacked(bytes, path, options), isGzip(bytes))
  guard isIDX(plain) || isNPY(plain) else { throw .labelsNeedIDX(path) }
  let labelFile = (bytes: labelBytes, path: labels)
  guard isNPY(plain) else {
    return try idxTable(
      plain, path: path, isPacked: isPacked, labels: labelFile, options: options)
  }
  return try npyTable(plain, path: path, isPacked: isPacked, labels: labelFile, options: options)
}

/// Reads a large file of plain text without holding all of it; `nil` for other files.
private func largeTable(at path: String, options: TableOptions) throws(TableError) -> Table? {
  let file = try OpenFile(path: path, maximumBytes: options.maximumBytes)
  guard file.count >= largeBytes else { return nil }
  let start = try TextSource.file(file).prefix(8)
  guard !isGzip(start), !isIDX(start), !isNPY(start) else { return nil }
  return TextTable.table(file, options: options)
}

/// From this size on a file is read piece by piece.
private let largeBytes = 2_097_152

/// Reads a table from bytes that are already in memory; `name` stands for them in messages.
public func readTable(
  bytes: [UInt8], name: String, options: TableOptions = .init()
) throws(TableError) -> Table {
  let (plain, isPacked) = try (unpacked(bytes, name, options), isGzip(bytes))
  if isIDX(plain) {
    return try idxTable(plain, path: name, isPacked: isPacked, labels: nil, options: options)
  }
  if isNPY(plain) {
    return try npyTable(plain, path: name, isPacked: isPacked, labels: nil, options: options)
  }
  let kind = isPacked ? "gzip of delimited text" : "delimited text"
  return try TextTable.table(plain, path: name, kind: kind, options: options)
}

/// The bytes, unpacked if they are gzip.
private func unpacked(
  _ bytes: [UInt8], _ path: String, _ options: TableOptions
) throws(TableError) -> [UInt8] {
  guard isGzip(bytes) else { return bytes }
  return try gunzip(bytes, path: path, maximumBytes: options.maximumBytes)
}
