/// What a name of another program is called here, or what to do where nothing is called so.
public struct ForeignName: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The names here, best first. Of a key they may also be paths: `training.optimizer`.
  public var names: [String]
  /// What to do where no name here means the same.
  public var words: String?

  public init(stringLiteral name: String) { names = [name] }
  public init(arrayLiteral names: String...) { self.names = names }

  /// Nothing here is called so; the words say what to do instead.
  public static func none(_ words: String) -> ForeignName {
    var name: ForeignName = []
    name.words = words
    return name
  }
}

/// The names of other programs, in lower case without `_`, `-` and blanks, so that
/// `learningRate`, `LearningRate` and `learning-rate` are found alike.
public struct Synonyms: Sendable {
  /// Keys, in whatever section they stand.
  public var keys: [String: ForeignName]
  /// Members of families by what they are: "loss", "optimizer".
  public var members: [String: [String: ForeignName]]
  /// Words that are one of several values of a key.
  public var choices: [String: ForeignName]

  public init(
    keys: [String: ForeignName] = [:], members: [String: [String: ForeignName]] = [:],
    choices: [String: ForeignName] = [:]
  ) {
    self.keys = keys
    self.members = members
    self.choices = choices
  }

  /// What a key of another program is called.
  func key(_ name: String) -> ForeignName? { keys[Self.normalised(name)] }

  /// What a name is called among `names`; nil where nothing is known of it.
  func name(_ text: String, kind: String?, among names: [String]) -> ForeignName? {
    let known = [kind.flatMap { members[$0] }, choices].compactMap { $0 }
    for spelling in Self.spellings(text) {
      if let same = names.first(where: { Self.normalised($0) == spelling }) {
        return ForeignName(stringLiteral: same)
      }
      for table in known {
        guard var found = table[spelling] else { continue }
        found.names = found.names.filter { names.contains($0) }
        if !found.names.isEmpty || found.words != nil { return found }
      }
    }
    return nil
  }

  /// The name as written, and without the modules before it or the arguments behind it:
  /// `torch.nn.Linear(64)` is also `linear`.
  private static func spellings(_ text: String) -> [String] {
    let called = text.prefix { $0 != "(" }
    let last = called.split(separator: ".").last.map(String.init) ?? text
    return [normalised(text), normalised(last)]
  }

  /// Lower case without what programs separate words by.
  public static func normalised(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }
}
