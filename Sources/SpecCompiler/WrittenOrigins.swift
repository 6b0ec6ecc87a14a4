import SpecSyntax

extension Compilation {
  /// Every value of a resolved spec with the origin that the comment beside it names; empty where
  /// the text could not be read.
  ///
  /// To the compiler each of them is the author's, since it is written.
  public var writtenOrigins: [Resolution.Value] {
    guard let resolution, let tree else { return [] }
    let source = sources[0]
    var comments: [Int: String] = [:]
    for range in tree.comments {
      comments[source.lineIndex(of: range.lower)] = source.text(range.lower..<range.upper)
    }
    return resolution.values.map { value in
      guard
        let line = tree.root.keyRange(of: SpecPath(value.path)).map({
          source.lineIndex(of: $0.lower)
        }), let comment = comments[line]
      else { return value }
      return value.with(originWords: String(comment.drop { $0 == "#" || $0 == " " }))
    }
  }
}

extension Resolution.Value {
  /// The value with an origin as `originWords` says it.
  fileprivate func with(originWords words: String) -> Resolution.Value {
    let parts = words.split(separator: ":", maxSplits: 1).map(String.init)
    let names = (parts.first ?? "").split(separator: " ").map(String.init)
    guard let origin = names.first.flatMap(Origin.init(rawValue:)) else { return self }
    var result = self
    result.origin = origin
    result.rule = names.count > 1 ? names[1] : nil
    result.reason = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    return result
  }
}

extension Node {
  /// Where the key stands that a path ends with.
  fileprivate func keyRange(of path: SpecPath) -> SourceRange? {
    guard case .key(let name)? = path.steps.last else { return at(path)?.range }
    return at(path.parent)?.mapping?.entry(name)?.key.range
  }
}
