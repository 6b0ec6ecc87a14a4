public import SpecSyntax
public import Tables

/// A profile as the text of its file: the same facts always give the same bytes.
public struct ProfileFile: Sendable {
  let facts: TableFacts
  let digest: FileDigest
  /// How many levels of a column are written; 0 writes nothing that stands in a cell of text.
  let maximumLevels: Int

  /// Levels of a column that are written unless another number is asked for.
  public static let usualLevels = 50
  /// Longer levels are left out; those of a class or category are short.
  static let maximumLevelLength = 60

  public init(_ facts: TableFacts, _ digest: FileDigest, maximumLevels: Int = usualLevels) {
    self.facts = facts
    self.digest = digest
    self.maximumLevels = maximumLevels
  }

  /// Whether `data.profile` can name a file with this text, which is bounded as specs are.
  public static func canBeRead(_ text: String) -> Bool {
    var log = DiagnosticLog()
    return parse(SourceText(name: "profile", text: text), into: &log) != nil && !log.hasErrors
  }

  /// The whole document, with a line end.
  public var text: String { json.text() + "\n" }

  /// The document as a value.
  public var json: JSONValue {
    let profile = facts.profile
    var members: [JSONValue.Member] = [
      .init("plumb_profile", .integer(ProfileDocument.version)),
      .init("table", .string(fileName)), .init("bytes", .integer(digest.bytes)),
      .init("sha256", .string(digest.sha256)), .init("rows", .integer(profile.rows)),
      .init("profiled_rows", .integer(profile.rows)),
      .init("duplicate_rows", .integer(profile.duplicateRows)), .init("format", format),
    ]
    if let shape = facts.imageShape {
      members.append(.init("image_shape", .array(shape.map { .integer($0) })))
    }
    members.append(
      .init("columns", .object(profile.columns.map { .init($0.name, column($0)) })))
    return .object(members)
  }

  private var fileName: String {
    facts.profile.path.split(separator: "/").last.map(String.init) ?? facts.profile.path
  }

  private var format: JSONValue {
    let format = facts.profile.format
    return .object([
      .init("kind", .string(format.kind)), .init("encoding", .string(format.encoding.value)),
      .init("delimiter", .string(format.delimiter.value)),
      .init("decimal", .string(format.decimal.value)), .init("quote", .string(format.quote.value)),
      .init("line_ending", .string(format.lineEnding.value)),
      .init("skip_lines", .integer(format.skipLines.value)),
      .init("header", .bool(format.header.value)),
      .init("missing", .array(format.missing.value.map { .string($0) })),
    ])
  }

  private func column(_ column: ColumnProfile) -> JSONValue {
    let isPrivate = maximumLevels == 0 && column.mean == nil && column.type == .constant
    var members: [JSONValue.Member] = [
      .init("type", .string(column.type.rawValue)),
      .init("evidence", .string(isPrivate ? "all values are the same" : column.evidence)),
      .init("missing", .integer(column.missing)), .init("distinct", .integer(column.distinct)),
    ]
    if column.isInteger { members.append(.init("integer", true)) }
    for statistic in ProfileColumn.statistics {
      guard let number = statistic.value(column), number.isFinite else { continue }
      members.append(.init(statistic.name, .number(number)))
    }
    let levels = levels(of: column)
    if !levels.isEmpty {
      members.append(.init("levels", .object(levels.map { .init($0.name, .integer($0.count)) })))
    }
    if !column.dateParts.isEmpty {
      members.append(
        .init("date_parts", .array(column.dateParts.map { .string($0.rawValue) })))
    }
    if let bad = facts.badCellCounts[column.name] {
      members.append(.init("bad_cells", .integer(bad)))
    }
    return .object(members)
  }

  /// The levels that are written. Those of numbers are of use only where all are there.
  private func levels(of column: ColumnProfile) -> [ColumnProfile.LevelCount] {
    guard column.mean == nil || column.distinct <= maximumLevels else { return [] }
    return column.levels.prefix(maximumLevels).filter {
      $0.name.unicodeScalars.count <= Self.maximumLevelLength
    }
  }
}
