extension TableError {
  /// The file cannot be opened.
  static func cannotOpen(_ path: String, reason: String, isAbsent: Bool) -> TableError {
    var error = TableError("cannot open the file: \(reason)", path: path)
    if isAbsent { error.cause = .absent }
    return error
  }

  /// The path names a folder, pipe or device.
  static func notRegularFile(_ path: String) -> TableError {
    TableError(
      "is not a regular file", path: path, hint: "name a file, not a folder, pipe or device")
  }

  /// The file, or what it unpacks to, is above the limit.
  static func tooLarge(_ path: String, maximumBytes: Int) -> TableError {
    var error = TableError(
      "is larger than the limit of \(grouped(maximumBytes)) bytes", path: path,
      hint: "use a smaller part of the data")
    error.cause = .size
    return error
  }

  /// Reading the open file failed.
  static func unreadable(_ path: String, reason: String) -> TableError {
    TableError("cannot be read: \(reason)", path: path)
  }

  /// The gzip data contradicts itself.
  static func damagedGzip(_ path: String, reason: String, after bytes: Int) -> TableError {
    TableError(
      "the gzip data is damaged (\(reason)) after \(grouped(bytes)) unpacked bytes", path: path,
      hint: "copy or download the file again")
  }

  /// The gzip data stops before its end.
  static func truncatedGzip(_ path: String, after bytes: Int) -> TableError {
    TableError(
      "the gzip data ends early, after \(grouped(bytes)) unpacked bytes", path: path,
      hint: "copy or download the file again")
  }

  /// The text is UTF-16.
  static func wideEncoding(_ path: String) -> TableError {
    TableError(
      "is written in UTF-16", path: path, hint: "save it as UTF-8, for example with `iconv`")
  }

  /// A file that should be text holds a zero byte.
  static func binary(_ path: String, line: Int) -> TableError {
    TableError(
      "holds a zero byte, so it is not text", path: path, line: line,
      hint: "give a CSV, TSV, IDX or NPY file, or gzip of one")
  }

  /// There is no row of data.
  static func empty(_ path: String) -> TableError {
    TableError("holds no data rows", path: path)
  }

  /// A quote is opened and never closed.
  static func unclosedQuote(_ path: String, line: Int) -> TableError {
    TableError(
      "the quote opened here is never closed", path: path, line: line,
      hint: "close it, or double it if it belongs to the value")
  }

  /// A quoted value goes on after its closing quote.
  static func textAfterQuote(_ path: String, line: Int) -> TableError {
    TableError(
      "text follows a closing quote", path: path, line: line,
      hint: "double the quote if it belongs to the value")
  }

  /// A row has another number of values than the table has columns.
  static func raggedRow(
    _ path: String, line: Int, found: Int, expected: Int, others: Int
  ) -> TableError {
    let rows = others == 1 ? "row differs" : "rows differ"
    let more = others == 0 ? "" : ", and \(grouped(others)) later \(rows) too"
    return TableError(
      "this row has \(counted(found, "value")) where the table has "
        + "\(counted(expected, "column"))\(more)", path: path, line: line,
      hint: "quote values that hold the delimiter, or pin the delimiter")
  }

  /// The given names are not as many as the columns.
  static func wrongNameCount(_ path: String, given: Int, columns: Int) -> TableError {
    TableError(
      "\(counted(given, "column name")) given for \(counted(columns, "column"))", path: path,
      hint: "give one name for each column")
  }

  /// A pinned mark is not one ASCII character.
  static func delimiterNotASCII(_ path: String, option: String, value: Character) -> TableError {
    TableError(
      "the \(option) `\(value)` is not a single ASCII character", path: path,
      hint: "use one such as `,` or `;`")
  }

  /// An IDX file is not what its header says.
  static func badIDX(_ path: String, reason: String) -> TableError {
    TableError("is not a complete IDX file: \(reason)", path: path)
  }

  /// A file of an array is not what its header says, or of a kind that is not read.
  static func badNPY(_ path: String, reason: String, hint: String? = nil) -> TableError {
    TableError("cannot be read as an array: \(reason)", path: path, hint: hint)
  }

  /// A label file belongs to other images.
  static func labelCount(_ path: String, labels: Int, images: Int) -> TableError {
    TableError(
      "holds \(counted(labels, "label")) for \(counted(images, "image"))", path: path,
      hint: "name the label file that belongs to the images")
  }

  /// A label file was given for a text table.
  static func labelsNeedIDX(_ path: String) -> TableError {
    TableError(
      "is a text table, which needs no label file", path: path, hint: "leave the label file out")
  }

  /// A column that is needed is not in the table.
  static func missingColumn(_ name: String, in table: Table) -> TableError {
    TableError(
      "there is no column `\(name)`", path: table.path,
      line: table.headerText == nil ? nil : table.headerLine,
      hint: "the table has \(someNames(table.columns.map(\.name)))")
  }

  /// Columns that are needed are not there.
  static func missingColumns(
    _ absent: [String], names: [String], path: String, line: Int?
  ) -> TableError {
    let quoted = absent.map { "`\($0)`" }
    let last = quoted[absent.count - 1]
    let words =
      absent.count == 1
      ? "is no column \(last)"
      : "are no columns \(quoted.dropLast().joined(separator: ", ")) and \(last)"
    var error = TableError(
      "there \(words)", path: path, line: line, hint: "the table has \(someNames(names))")
    error.cause = .columns
    return error
  }

  /// A cell is not of the kind its column is used as.
  static func wrongCell(
    _ value: String, row: Int, column: String, expected: String, in table: Table
  ) -> TableError {
    TableError(
      "row \(row + 1), column `\(column)`: `\(shortened(value))` is not \(expected)",
      path: table.path, line: table.line(ofRow: row))
  }

  /// A level was not seen in training.
  static func unknownLevel(
    _ value: String, row: Int, column: String, in table: Table
  ) -> TableError {
    TableError(
      "row \(row + 1), column `\(column)`: `\(shortened(value))` was not seen in training",
      path: table.path, line: table.line(ofRow: row),
      hint: "use `unknown: own_level` to accept new values")
  }

  /// A number is so large that a network's sums of it are infinite.
  static func tooLargeInput(
    _ value: Double, row: Int, column: String, in table: Table
  ) -> TableError {
    TableError(
      "row \(row + 1), column `\(column)`: \(numberText(value)) is too large to compute with",
      path: table.path, line: table.line(ofRow: row),
      hint: "correct the cell, or scale by rank: `data: {numeric: {scale: quantile}}`")
  }

  /// A target is so large that its square is infinite.
  static func tooLargeTarget(
    _ value: Double, row: Int, column: String, in table: Table
  ) -> TableError {
    TableError(
      "row \(row + 1): the target \(numberText(value)) in `\(column)` is too large to compute with",
      path: table.path, line: table.line(ofRow: row),
      hint: "correct the cell, or give the target in a larger unit")
  }

  /// A row that needs a target has none.
  static func missingTarget(row: Int, column: String, in table: Table) -> TableError {
    TableError(
      "row \(row + 1) has no value in the target column `\(column)`", path: table.path,
      line: table.line(ofRow: row))
  }

  /// A target has no value to learn from.
  static func noTrainingValues(_ column: String, in table: Table) -> TableError {
    TableError("column `\(column)` has no value in the training rows", path: table.path)
  }

  /// A target is too small for the logarithm.
  static func logOfTarget(_ value: Double, row: Int, column: String, in table: Table) -> TableError
  {
    TableError(
      "row \(row + 1), column `\(column)`: \(numberText(value)) has no log(1 + y)",
      path: table.path, line: table.line(ofRow: row),
      hint: "use `target_scale: standard` for values of -1 and below")
  }
}

/// A count with its noun, as in `1 value` or `1,200 values`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A whole number with a comma between its thousands.
func grouped(_ count: Int) -> String {
  let digits = Array(String(count.magnitude))
  var text = count < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return text
}

/// Text from a cell, fit for one line: control characters escaped, at most 40 characters.
func shortened(_ text: String) -> String {
  if text.utf8.count <= 40, text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) { return text }
  var result = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    guard index < 40 else { return result + "…" }
    result += scalar.value < 32 || scalar.value == 127 ? scalar.escaped(asASCII: true) : "\(scalar)"
  }
  return result
}

/// The first few names of a list, in backticks.
private func someNames(_ names: [String]) -> String {
  let shown = names.prefix(8).map { "`\(shortened($0))`" }.joined(separator: ", ")
  return names.count > 8 ? "\(shown) and \(grouped(names.count - 8)) more" : shown
}
