import SpecSyntax

extension ReferencePage {
  /// The page of the file that stands in for a table.
  static var profile: ReferencePage {
    ReferencePage(
      "profile", title: "Profiles of tables",
      introduction: """
        `plumb profile TABLE --output FILE` writes the facts of a table as JSON. A spec that names \
        the file under [`data.profile`](keys.md#data) is checked against it where the table is \
        not: its columns and their types, its target, classes, sizes and the advice that depends \
        on them. What only the cells tell is then not checked, which is said. Training needs the \
        table.
        """,
      body: [
        """
        The file is meant to be committed beside the spec; it is found by that key alone. Where \
        the table is there too, the two are compared: rows, columns, and the SHA-256 of the bytes. \
        The same table gives the same file, byte for byte. Columns are read as they are detected; \
        `plumb profile SPEC` detects as the spec's `data.format` says.
        """,
        """
        What stands in cells may be personal. At most `--levels` values of a column are written, \
        none longer than \(ProfileFile.maximumLevelLength) characters; `--levels 0` writes none. \
        The least and the greatest number of a column are always written. A file is bounded: \
        1 MiB and 100,000 values, which some two thousand columns fill.
        """,
      ] + section("The file", FieldReader.describe(ProfileDocument.self))
        + section("format", FieldReader.describe(ProfileFormat.self))
        + section("A column", FieldReader.describe(ProfileColumn.self)))
  }

  private static func section(_ title: String, _ fields: [FieldDescription]) -> [String] {
    ["## \(title)", fieldTable(fields) { $0.type.fields.isEmpty ? $0.type.words : "a mapping" }]
  }
}
