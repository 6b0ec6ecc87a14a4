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
      for (stranger, similar) in names.strangers {
        report(stranger, similar, names)
        missing.removeAll { similar.contains($0) }
      }
    }
    for name in missing { session.report(.missingKey(name, in: path, at: range)) }
  }

  /// The keys that are no field's name, each with the names that may be meant.
  private var strangers: [(entry: Mapping.Entry, similar: [String])] {
    let known = descriptions.map(\.name)
    let free = known.filter { !$0.isEmpty && node($0) == nil }
    let strangers = (mapping?.entries ?? []).lazy.filter { !known.contains($0.name) }
    return strangers.prefix(DiagnosticLog.limit + 1).enumerated().map { index, entry in
      let synonym = session.synonyms[session.normalised(entry.name)]
      let similar = synonym.flatMap { free.contains($0) ? [$0] : nil } ?? []
      guard similar.isEmpty, index < Self.suggestions else { return (entry, similar) }
      return (entry, nearest(to: entry.name, among: free))
    }
  }

  /// How many keys of a section are compared with its names: beyond that they are not misspelt.
  private static var suggestions: Int { 100 }

  private func report(_ entry: Mapping.Entry, _ similar: [String], _ names: FieldReader) {
    let isCertain =
      similar.first.map { similar.count == 1 && isOneSlip(entry.name, $0) } ?? false
    let fits = similar.first.flatMap { names.accepts[$0] }?(entry.value) ?? false
    session.report(
      .unknownKey(
        entry.key, in: path, known: names.descriptions.map(\.name).filter { !$0.isEmpty },
        similar: similar, isCertain: isCertain && fits,
        homes: similar.isEmpty ? session.homes(entry.name) : []))
  }
}
