/// What the keys of a mapping that nothing asked for probably mean.
struct UnknownKeys {
  /// Where the mapping stands.
  let path: SpecPath
  /// The keys that the mapping may have.
  let known: [String]
  /// Those of them that are not written.
  let free: [String]
  /// Whether a key that may be meant takes a value.
  let accepts: [String: (Node) -> Bool]
  let session: ReadingSession

  /// Reports an entry; nothing that it was probably meant for will be reported as missing.
  func report(_ entry: Mapping.Entry, isCompared: Bool) {
    let meaning = meaning(of: entry.name, isCompared)
    let certain = meaning.similar.first.map { name in
      meaning.similar.count == 1 && isOneSlip(entry.name, name)
        && accepts[name]?(entry.value) ?? false
    }
    for name in meaning.similar { session.blame(path.key(name)) }
    for home in meaning.homes { session.blame(home) }
    session.report(
      .unknownKey(
        entry.key, in: path, of: session.noun, known: known, meaning, isCertain: certain ?? false,
        moves: meaning.homes.prefix(1).map { home in
          session.document?.moving(entry, from: path, to: home, shorthands: session.shorthands)
        }))
  }

  /// What a key may mean.
  struct Meaning {
    /// Keys of the same mapping.
    var similar: [String] = []
    /// Where else in the spec it belongs.
    var homes: [SpecPath] = []
    /// The key of the same mapping that says the same and is written already.
    var rival: String?
    /// What to do where no key means the same.
    var words: String?
  }

  /// A key of another program beats a likeness; a slip of the pen beats a key of another section,
  /// and that beats a distant likeness.
  private func meaning(of name: String, _ isCompared: Bool) -> Meaning {
    let foreign = session.synonyms().key(name)
    let names = foreign?.names ?? []
    var meaning = Meaning()
    meaning.similar = names.first { free.contains($0) }.map { [$0] } ?? []
    guard meaning.similar.isEmpty else { return meaning }
    meaning.words = foreign?.words
    meaning.rival = names.first { known.contains($0) }
    guard meaning.words == nil, meaning.rival == nil else { return meaning }
    let near = isCompared ? nearest(to: name, among: free) : []
    if let first = near.first, isOneSlip(name, first) {
      meaning.similar = near
      return meaning
    }
    meaning.homes = homes(of: name, names)
    if meaning.homes.isEmpty { meaning.similar = near }
    return meaning
  }

  /// Where a key belongs: below this mapping rather than elsewhere, and rather high up.
  private func homes(of name: String, _ names: [String]) -> [SpecPath] {
    let written = names.filter { $0.contains(".") }.map { session.withChosenMember(SpecPath($0)) }
    let found = written + (names + [name]).flatMap { session.homes($0) }
    let others = found.filter { $0.parent != path }
    return others.filter { $0.isWithin(path) } + others.filter { !$0.isWithin(path) }
  }
}
