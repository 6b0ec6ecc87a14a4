import SpecSyntax

/// What an unknown path of a searched key was probably meant for.
struct KeySuggestion {
  private(set) var paths: [SpecPath] = []
  /// What to do where no key means the same.
  private(set) var words: String?

  /// - Parameters:
  ///   - known: the part of the path that exists, and `type` what it is.
  ///   - isChosen: whether the spec has the members of families that a path names.
  init(
    of path: SpecPath, known: SpecPath, type: TypeDescription, _ isChosen: (SpecPath) -> Bool
  ) {
    guard path.steps.indices.contains(known.steps.count),
      case .key(let name) = path.steps[known.steps.count]
    else { return }
    let rest = Array(path.steps[(known.steps.count + 1)...])
    let foreign = keySynonyms[Synonyms.normalised(name)]
    words = foreign?.words
    guard words == nil else { return }
    let names = foreign?.names ?? []
    var siblings = names.filter { type.keyNames.contains($0) }
    siblings += nearest(to: name, among: type.keyNames)
    let elsewhere = names.flatMap { Self.homes($0) } + Self.homes(name)
    var candidates = siblings.map { SpecPath(steps: known.steps + [.key($0)] + rest) }
    candidates += elsewhere.map { SpecPath(steps: $0.steps + rest) }
    if case .key(let last)? = path.steps.last {
      candidates += Self.homes(last)
      candidates += nearest(to: last, among: Self.names).flatMap { Self.homes($0) }
    }
    for candidate in candidates.filter(isChosen) + candidates
    where paths.count < 3 && !paths.contains(candidate) {
      guard LanguageKey.type(at: candidate) != nil, !candidate.isWithin("search") else { continue }
      paths.append(candidate)
    }
    // What is certain needs no alternatives.
    if !siblings.isEmpty || !elsewhere.isEmpty { paths = Array(paths.prefix(1)) }
  }

  /// Where a key stands, by its name or its path, the outermost first.
  private static func homes(_ name: String) -> [SpecPath] {
    if name.contains(".") { return [SpecPath(name)] }
    return (byName[name] ?? []).sorted { $0.steps.count < $1.steps.count }
  }

  private static let byName = Dictionary(
    grouping: KeyExplanation.all.map(\.path).filter { !$0.isWithin("search") },
    by: { path in if case .key(let key)? = path.steps.last { key } else { "" } })

  private static let names = byName.keys.sorted()
}
