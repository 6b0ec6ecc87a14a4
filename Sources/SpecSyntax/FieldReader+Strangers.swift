// Keys that are no field's name, and fields that are missing.

extension FieldReader {
  /// Reports what nobody asked for and what is missing; call it last.
  ///
  /// Where there is a strange key, `ask` asks for the same fields again, so that their names are
  /// known; nothing else of that reading is kept.
  mutating func finish(_ ask: (inout FieldReader) -> Void) {
    guard purpose == .values else { return }
    if let mapping, !claims.areAll(of: mapping.entries.count) {
      var names = FieldReader(
        mapping, at: range, path: path, session: ReadingSession(synonyms: session.synonyms),
        for: .names)
      ask(&names)
      for finding in names.explained { session.report(finding) }
      let known = names.descriptions.map(\.name).filter { !$0.isEmpty }
      let fields = Set(known)
      // In which text each known key is written; a long mapping is gone through once.
      var written: [String: Int] = [:]
      for entry in mapping.entries.reversed() where fields.contains(entry.name) {
        written[entry.name] = entry.key.range.source
      }
      let strangers = mapping.entries.lazy.filter { !fields.contains($0.name) }
      for (index, entry) in strangers.prefix(DiagnosticLog.limit + 1).enumerated() {
        // A key of a base may be written once more.
        let free = known.filter { written[$0] != entry.key.range.source }
        UnknownKeys(
          path: path, known: known, free: free, accepts: names.accepts, session: session
        ).report(entry, isCompared: index < Self.comparisons)
      }
    }
    for name in missing {
      session.reportMissing(.missingKey(name, in: path, of: session.noun, at: range))
    }
  }

  /// How many keys of a section are compared with its names: beyond that they are not misspelt.
  private static var comparisons: Int { 100 }
}
