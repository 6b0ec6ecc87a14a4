import SpecSyntax
import Tables

/// A profile that was read: its facts, and where its columns stand in the file.
struct ReadProfile {
  let file: String
  let document: ProfileDocument
  let facts: TableFacts
  let names: [String: SourceRange]

  /// Reads the tree of a profile; what is wrong with it is reported and gives nil.
  init?(_ root: Node, file: String, named: SourceRange, into log: inout DiagnosticLog) {
    guard let version = root.mapping?["plumb_profile"] else {
      let first = root.mapping?.entries.first?.key.range ?? root.range
      log.report(.foreignProfile(file, at: first, named: named))
      return nil
    }
    if let number = version.scalar?.text, let later = Int(number), later > ProfileDocument.version {
      log.report(.laterProfile(file, version: number, at: version.range, named: named))
      return nil
    }
    var found = DiagnosticLog()
    let document = read(ProfileDocument.self, from: root, into: &found).section
    for finding in found.diagnostics { log.report(finding) }
    guard !found.hasErrors else { return nil }
    (self.file, self.document) = (file, document)
    for column in document.columns {
      guard let contradiction = column.value.contradiction(rows: document.rows) else { continue }
      log.report(
        .contradictoryProfile(file, contradiction, at: column.nameRange, named: named))
      return nil
    }
    let profile = DataProfile(
      path: document.table, format: document.format.tableFormat, rows: document.rows,
      columns: document.columns.map { $0.value.profile(named: $0.name, rows: document.rows) },
      duplicateRows: document.duplicateRows)
    facts = TableFacts(profile: profile, imageShape: document.imageShape)
    names = Dictionary(
      document.columns.map { ($0.name, $0.nameRange) }, uniquingKeysWith: { first, _ in first })
  }

  /// In what a table differs from what the profile says, in words; nil where it does not.
  ///
  /// - Parameter digest: that of the table's file, asked for where all else agrees.
  func difference(to table: DataProfile, digest: () -> FileDigest?) -> String? {
    if table.rows != document.rows {
      return "it has \(counted(document.rows, "row")), the table \(table.rows)"
    }
    if let name = facts.profile.columns.map(\.name).first(where: { table.column($0) == nil }) {
      return "the table has no column `\(escapedForTerminal(name))`"
    }
    if let name = table.columns.map(\.name).first(where: { facts.profile.column($0) == nil }) {
      return "it has no column `\(escapedForTerminal(name))`"
    }
    guard let digest = digest(), digest.sha256 != document.sha256 else { return nil }
    return "the bytes of the table have changed"
  }
}

extension ProfileColumn {
  /// What cannot be true of a column of so many rows.
  fileprivate func contradiction(rows: Int) -> String? {
    let values = rows - missing
    if values < 0 { return "\(missing) of \(rows) rows are missing" }
    if distinct > values { return "\(distinct) different values in \(values) cells" }
    if levels.count > distinct { return "\(levels.count) of \(distinct) levels are listed" }
    var listed = 0
    for level in levels {
      let (sum, isTooLarge) = listed.addingReportingOverflow(level.value)
      guard !isTooLarge, sum <= values else { return "its levels have more than \(values) cells" }
      listed = sum
    }
    return nil
  }
}
