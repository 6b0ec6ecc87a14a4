public import SpecSyntax

/// Loads another file that a spec names, relative to the file that names it.
///
/// - Parameters: the path as written; the name of the file it stands in.
/// - Returns: the text, or words that say why it cannot be read.
public typealias TextLoader = @Sendable (_ path: String, _ from: String) -> LoadedText

/// What became of loading a file.
public enum LoadedText: Sendable {
  case text(SourceText)
  case refused(String)
  /// It lies outside the folder in which the spec's paths must stay.
  case outside(root: String)
}

/// The sources of a compilation and the tree they make together.
struct Inheritance {
  private(set) var sources: [SourceText]
  /// Whether every base could be read, so that a missing key is really missing.
  private(set) var isWhole = true
  private let load: TextLoader

  init(_ source: SourceText, load: @escaping TextLoader) {
    sources = [source]
    self.load = load
  }

  /// Sections that are taken key by key from a base; every other value is taken whole.
  private static let merged: Set<SpecPath> = [
    .root, "data", "data.format", "data.features", "data.numeric", "data.category", "data.split",
    "model", "training", "training.early_stopping", "training.gradient_clipping",
    "training.regularization", "training.class_weights", "search", "search.space",
    "search.constraints", "search.stop",
  ]

  /// Keys that cannot stand beside another: that one in a spec silences them in its base.
  private static let rivals: [SpecPath: SpecPath] = [
    "model.layers": "model.hidden_layers", "model.hidden_layers": "model.layers",
    "model.activation": "model.layers", "model.dropout": "model.layers",
    "model.normalization": "model.layers",
    "data.split.group": "data.split.time", "data.split.time": "data.split.group",
  ]

  /// The tree of the spec with the values of its bases where it is silent.
  mutating func tree(_ log: inout DiagnosticLog) -> SyntaxTree? {
    guard let tree = parse(sources[0], index: 0, into: &log), !tree.lacksValue else { return nil }
    var names = [sources[0].name]
    var whole = tree
    var top = tree.root
    while let node = top.mapping?["extends"], let scalar = node.scalar, !scalar.isNull,
      scalar.text != "none"
    {
      let path = scalar.text
      let from = sources[node.range.source].name
      switch load(path, from) {
      case .refused(let reason):
        log.report(.unreadableBase(node, path: path, reason: reason))
        isWhole = false
        return whole
      case .outside(let root):
        log.report(.outsideProject(path, root: root, at: node.range, path: "extends"))
        isWhole = false
        return whole
      case .text(let text):
        guard !names.contains(text.name), names.count < 16 else {
          log.report(.circularBase(node, path: path))
          isWhole = false
          return whole
        }
        names.append(text.name)
        sources.append(text)
        guard let base = parse(text, index: sources.count - 1, into: &log), !base.lacksValue else {
          isWhole = false
          return whole
        }
        top = base.root
        whole.comments += base.comments
        whole.root = Self.merge(whole.root, over: base.root, at: .root)
      }
    }
    return whole
  }

  /// Adds a text of the command line and parses it.
  mutating func parsed(
    _ text: SourceText, maximumNodes: Int? = nil, _ log: inout DiagnosticLog
  ) -> Node? {
    sources.append(text)
    return parse(
      text, index: sources.count - 1, maximumNodes: maximumNodes, into: &log)?.root
  }

  /// Adds a text that only labels point into, such as the first line of the table.
  mutating func add(_ text: SourceText) -> Int {
    sources.append(text)
    return sources.count - 1
  }

  /// `own` with what only `base` has.
  private static func merge(_ own: Node, over base: Node, at path: SpecPath) -> Node {
    guard merged.contains(path), let ownMapping = own.mapping, let baseMapping = base.mapping
    else { return own }
    var entries = ownMapping.entries.map { entry in
      guard let other = baseMapping[entry.name] else { return entry }
      return Mapping.Entry(
        key: entry.key, value: merge(entry.value, over: other, at: path.key(entry.name)))
    }
    for entry in baseMapping.entries where ownMapping[entry.name] == nil {
      let rival = rivals[path.key(entry.name)]
      if let rival, ownMapping.entries.contains(where: { path.key($0.name) == rival }) { continue }
      entries.append(entry)
    }
    return Node(
      .mapping(Mapping(entries, ownCount: ownMapping.ownCount, isFlow: ownMapping.isFlow)),
      range: own.range)
  }
}

extension Node {
  /// This tree with a value of the command line at `path`: what stands in short on the way is
  /// written out first, `learning_rate: 0.01` as `{start: 0.01}`, so that it is kept.
  func overriding(_ path: SpecPath, with value: Node) -> Node {
    var root = self
    for count in path.steps.indices.dropFirst() {
      let place = SpecPath(steps: Array(path.steps[..<count]))
      guard let node = root.at(place), let scalar = node.scalar, !scalar.isNull,
        case .key(let next) = path.steps[count], let type = LanguageKey.type(at: place),
        let key = type.longForm(of: scalar.text), key.standsForItself || key.name == next
      else { continue }
      let inner =
        key.standsForItself ? node : Node(.mapping(Mapping([])), range: node.range)
      let entry = Mapping.Entry(
        key: Node(.scalar(Scalar(key.name)), range: node.range), value: inner)
      root = root.setting(
        place, to: Node(.mapping(Mapping([entry])), range: node.range), at: node.range)
    }
    return root.setting(path, to: value, at: value.range)
  }

  /// This tree with `value` at `path`; sections that are missing on the way are made.
  ///
  /// A scalar in the place of a section becomes the section's field `shorthand`, if one is given.
  func setting(
    _ path: SpecPath, to value: Node, at range: SourceRange, shorthand: String? = nil
  ) -> Node {
    setting(path.steps[...], to: value, at: range, shorthand)
  }

  private func setting(
    _ steps: ArraySlice<SpecPath.Step>, to value: Node, at range: SourceRange, _ shorthand: String?
  ) -> Node {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .index(let index):
      guard var items = sequence, items.indices.contains(index) else { return self }
      items[index] = items[index].setting(rest, to: value, at: range, shorthand)
      return Node(.sequence(items), range: self.range)
    case .key(let name):
      var mapping = self.mapping ?? Mapping([])
      if let shorthand, let scalar, !scalar.isNull {
        let key = Node(.scalar(Scalar(shorthand)), range: self.range)
        mapping = Mapping([.init(key: key, value: self)])
      }
      let empty = Node(.mapping(Mapping([])), range: range)
      if let index = mapping.entries.firstIndex(where: { $0.name == name }) {
        mapping.entries[index].value =
          mapping.entries[index].value.setting(rest, to: value, at: range, shorthand)
      } else {
        let key = Node(.scalar(Scalar(name)), range: range)
        mapping.entries.append(
          .init(key: key, value: empty.setting(rest, to: value, at: range, shorthand)))
      }
      return Node(.mapping(mapping), range: self.mapping == nil ? range : self.range)
    }
  }
}
