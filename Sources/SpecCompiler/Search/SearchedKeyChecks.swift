import SpecSyntax

/// Checks of the keys of a search: that the spec has them, that they may be searched, and that
/// none writes over another.
struct SearchedKeyChecks {
  let keys: [SearchedPlace]
  /// The spec with its values decided.
  let root: Node

  func run(_ log: inout DiagnosticLog) {
    for (index, key) in keys.enumerated() {
      if let reason = Self.reason(against: key.path) {
        log.report(.unsearchableKey(key, because: reason.words, help: reason.help))
      } else if let type = LanguageKey.type(at: key.path) {
        check(key, of: type, after: keys[..<index], &log)
      } else {
        reportUnknown(key, &log)
      }
      checkOverlap(of: key, with: keys[..<index], &log)
    }
  }

  private func check(
    _ key: SearchedPlace, of type: TypeDescription, after others: ArraySlice<SearchedPlace>,
    _ log: inout DiagnosticLog
  ) {
    if case .section(let fields) = type, !fields.contains(where: \.name.isEmpty) {
      let names = type.keyNames.prefix(4).map { "`\(key.path.key($0))`" }.joined(separator: ", ")
      log.report(
        .unsearchableKey(
          key, because: "it is a section", help: "search a key in it: \(names)"))
      return
    }
    for count in key.path.steps.indices {
      let place = SpecPath(steps: Array(key.path.steps[..<count]))
      guard let node = root.at(place) else { return }
      // What is searched itself is another value beside each trial.
      if others.contains(where: { $0.path == place }) { return }
      switch key.path.steps[count] {
      case .index(let index):
        guard let items = node.sequence else { return }
        guard index < items.count else {
          log.report(
            .unknownSearchKey(
              key, because: "`\(place)` has \(counted(items.count, "item")), counted from 0",
              similar: (0..<items.count).suffix(1).map { place.index($0) },
              words: "or write a longer list at `\(place)`"))
          return
        }
      case .key(let name):
        guard let member = Self.member(at: place, node, besides: name) else { continue }
        log.report(
          .unknownSearchKey(
            key, because: "the spec has `\(member)` at `\(place)`", similar: [],
            words: "write `\(name)` there, or search `\(place)` above this key and add "
              + "`when: {\(place): \(name)}`"))
        return
      }
    }
  }

  /// The member of a family that stands at a place where another one is named.
  private static func member(at place: SpecPath, _ node: Node, besides name: String) -> String? {
    guard let type = LanguageKey.type(at: place), let member = type.member(at: node),
      member != name, type.isMember(name)
    else { return nil }
    return member
  }

  /// Whether every family on the way has the member that a path names.
  private func isChosen(_ path: SpecPath) -> Bool {
    path.steps.indices.allSatisfy { count in
      let place = SpecPath(steps: Array(path.steps[..<count]))
      guard case .key(let name) = path.steps[count], let node = root.at(place) else { return true }
      return Self.member(at: place, node, besides: name) == nil
    }
  }

  private func reportUnknown(_ key: SearchedPlace, _ log: inout DiagnosticLog) {
    var known = SpecPath.root
    var type = LanguageKey.root
    for step in key.path.steps {
      guard let next = type.type(below: step) else {
        let suggestion = KeySuggestion(of: key.path, known: known, type: type, isChosen)
        log.report(
          .unknownSearchKey(
            key, because: Self.words(for: step, in: known), similar: suggestion.paths,
            words: suggestion.words))
        return
      }
      type = next
      switch step {
      case .key(let name): known = known.key(name)
      case .index(let index): known = known.index(index)
      }
    }
  }

  private static func words(for step: SpecPath.Step, in place: SpecPath) -> String {
    switch step {
    case .index: place == .root ? "a spec is no list" : "`\(place)` is no list"
    case .key(let name):
      "there is no key `\(escapedForTerminal(name))` "
        + (place == .root ? "at the top of a spec" : "in `\(place)`")
    }
  }

  private func checkOverlap(
    of key: SearchedPlace, with others: ArraySlice<SearchedPlace>, _ log: inout DiagnosticLog
  ) {
    for other in others {
      if other.path.isWithin(key.path) {
        log.report(.overlappingSearchKeys(other, in: key))
      } else if key.path.isWithin(other.path),
        key.key.condition.first.map({ SpecPath($0.name) }) != other.path
      {
        log.report(.overlappingSearchKeys(key, in: other))
      }
    }
  }

  /// Why a key is the same in all trials; nil where it may be searched.
  static func reason(against path: SpecPath) -> (words: String, help: String)? {
    for (places, words, help) in fixed where places.contains(where: { path.isWithin($0) }) {
      return (words, help)
    }
    return nil
  }

  private static let fixed: [(places: [SpecPath], words: String, help: String)] = [
    (
      ["training.seed"], "the luckiest seed would win",
      "leave it out; `repeats: 3` trains each trial with several seeds"
    ),
    (
      ["data.split"], "trials with other rows to judge them do not compare",
      "leave it out; `folds: 5` judges each trial on several splits"
    ),
    (
      [
        "data.source", "data.labels", "data.profile", "data.format", "data.target", "data.task",
        "data.shape",
      ], "trials of another task do not compare",
      "leave it out, and write a spec for each task"
    ),
    (
      [
        "training.metrics", "training.checkpoint", "training.early_stopping.monitor",
        "training.early_stopping.restore_best",
      ], "it changes what is shown and not what is learned", "leave it out"
    ),
    (
      ["plumb", "name", "description", "extends", "search"], "it is no value of the network",
      "leave it out; `plumb explain search.space` says what can be searched"
    ),
  ]
}

extension TypeDescription {
  /// The member of a family that stands at a node; nil where there is none.
  func member(at node: Node) -> String? {
    switch self {
    case .auto(let type), .optional(let type): return type.member(at: node)
    case .variant:
      let name = node.scalar?.text ?? node.mapping?.entries.first?.name
      return name.flatMap { isMember($0) ? $0 : nil }
    case .section(let fields):
      guard let family = fields.first(where: \.name.isEmpty)?.type else { return nil }
      if let scalar = node.scalar { return family.isMember(scalar.text) ? scalar.text : nil }
      return node.mapping?.entries.first { family.isMember($0.name) }?.name
    default: return nil
    }
  }

  /// Whether a name is that of a family's member.
  func isMember(_ name: String) -> Bool {
    switch self {
    case .auto(let type), .optional(let type): type.isMember(name)
    case .variant(_, let members): members.contains { $0.name == name }
    case .section(let fields): fields.first(where: \.name.isEmpty)?.type.isMember(name) ?? false
    default: false
    }
  }
}
