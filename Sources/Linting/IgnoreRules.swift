/// The patterns of a `.gitignore` file, or of `--exclude`, as git reads them.
///
/// The last pattern that matches decides; `!` in front takes a path back in; a slash at the end
/// means folders only; a slash elsewhere ties the pattern to the folder of the file.
struct IgnoreRules: Sendable {
  private struct Rule {
    var patterns: [GlobPattern]
    var isNegated: Bool
    var isForFolders: Bool
  }

  /// The folder that the patterns are relative to; empty for the current one.
  private let folder: String
  private let rules: [Rule]

  init(folder: String, lines: some Sequence<String>) {
    self.folder = folder
    rules = lines.compactMap { Self.rule($0) }
  }

  /// What the rules say about a path: ignored, taken back in, or nothing.
  func verdict(_ path: String, isFolder: Bool) -> Bool? {
    guard let inside = relative(path) else { return nil }
    return rules.last { rule in
      (isFolder || !rule.isForFolders) && rule.patterns.contains { $0.matches(inside) }
    }.map { !$0.isNegated }
  }

  private func relative(_ path: String) -> String? {
    guard !folder.isEmpty else { return path }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    guard path.hasPrefix(prefix) else { return nil }
    return String(path.dropFirst(prefix.count))
  }

  private static func rule(_ line: String) -> Rule? {
    var text = line[...]
    while text.last == " " || text.last == "\r" || text.last == "\t" { text = text.dropLast() }
    guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
    let isNegated = text.hasPrefix("!")
    if isNegated || text.hasPrefix("\\") { text = text.dropFirst() }
    let isForFolders = text.hasSuffix("/")
    if isForFolders { text = text.dropLast() }
    guard !text.isEmpty else { return nil }
    let isAnchored = text.contains("/")
    if text.hasPrefix("/") { text = text.dropFirst() }
    let pattern = isAnchored ? String(text) : "**/\(text)"
    return Rule(
      patterns: [GlobPattern(pattern)], isNegated: isNegated, isForFolders: isForFolders)
  }
}
