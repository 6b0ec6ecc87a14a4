internal import Tables

/// Finds the specs that paths, folders and patterns mean.
///
/// In a folder only files whose first key is `plumb` are specs, and what `.gitignore` files name is
/// passed over, as are hidden folders. A file that is named, or that a pattern matches, always is.
public struct FileSearch: Sendable {
  /// Patterns of what is passed over in folders.
  public var excluded: [String] = []
  /// Whether files that are named are passed over too, if a pattern excludes them.
  public var excludesNamed = false
  /// Whether `.gitignore` files count.
  public var obeysIgnoreFiles = true

  public init() {}

  /// A path, folder or pattern that gives nothing to check.
  public struct Failure: Error {
    /// In the words of a message.
    public var message: String
    public var hint: String?
  }

  /// Says of a path, and whether it is a folder, whether the project passes it over.
  public typealias ProjectExclusion = (_ path: String, _ isFolder: Bool) -> Bool

  /// The paths of the specs, each once, in the order of the arguments and then by name.
  ///
  /// `isExcluded` is asked about everything in folders, and about named files where these may be
  /// passed over.
  public func files(
    _ arguments: [String], isExcluded: ProjectExclusion = { _, _ in false }
  ) throws(Failure) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    let ignoreRules = ignoreRules
    for argument in arguments {
      for path in try files(argument, ignoreRules, isExcluded) where seen.insert(path).inserted {
        found.append(path)
      }
    }
    return found
  }

  private func files(
    _ argument: String, _ ignoreRules: [IgnoreRules], _ isExcluded: ProjectExclusion
  ) throws(Failure) -> [String] {
    if argument == "-" { return ["-"] }
    let path = Self.plain(argument)
    switch PathKind(path) {
    case .folder:
      let found = walk(path, isExcluded)
      let areSpecs = parallelResults(found.count) { Self.isSpec(found[$0]) }
      return zip(found, areSpecs).filter(\.1).map(\.0)
    case .file:
      guard excludesNamed else { return [path] }
      let isPassedOver =
        ignoreRules.contains { $0.verdict(path, isFolder: false) == true }
        || isExcluded(path, false)
      return isPassedOver ? [] : [path]
    case .other:
      throw Failure(message: "`\(path)` is neither a file nor a folder", hint: nil)
    case .absent:
      guard GlobPattern.isPattern(argument) else {
        throw Failure(
          message: "there is no file or folder `\(argument)`",
          hint: "name a spec, a folder of specs, or a quoted pattern such as 'specs/**/*.yaml'")
      }
      let matches = self.matches(path, isExcluded)
      guard !matches.isEmpty else {
        throw Failure(message: "no file matches `\(argument)`", hint: nil)
      }
      return matches
    }
  }

  /// The rules of `--exclude`, which are relative to the current folder.
  private var ignoreRules: [IgnoreRules] { [IgnoreRules(folder: "", lines: excluded)] }

  /// The files that a pattern matches below the folder in front of its first wild card.
  private func matches(_ text: String, _ isExcluded: ProjectExclusion) -> [String] {
    let pattern = GlobPattern(text)
    let names = text.split(separator: "/", omittingEmptySubsequences: false)
    let plainNames = names.prefix { !GlobPattern.isPattern(String($0)) }
    let folder = plainNames.joined(separator: "/")
    let start = folder.isEmpty && !text.hasPrefix("/") ? "." : folder
    return walk(start, isExcluded, suffixes: nil).filter { pattern.matches($0) }
  }

  /// Whether a folder stands at a path.
  public static func isFolder(_ path: String) -> Bool { PathKind(path) == .folder }

  /// Whether the first key of a file is `plumb`; unreadable files are not specs.
  static func isSpec(_ path: String) -> Bool {
    guard let bytes = try? readFile(at: path, maximumBytes: 1 << 20) else { return false }
    return hasMarker(bytes)
  }

  /// Whether the first thing in a text, after comments and marks, is the key `plumb`.
  static func hasMarker(_ bytes: [UInt8]) -> Bool {
    let isLineEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var text = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
    while !text.isEmpty {
      var rest = text.prefix { !isLineEnd($0) }
      text = text.dropFirst(rest.count).drop(while: isLineEnd)
      rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
      if rest.first == 0x25 { continue }
      if rest.starts(with: "---".utf8) { rest = rest.dropFirst(3).drop { $0 == 0x20 } }
      if rest.isEmpty || rest.first == 0x23 { continue }
      rest = rest.drop { "{\"' ".utf8.contains($0) }
      guard rest.starts(with: "plumb".utf8) else { return false }
      return rest.dropFirst(5).drop { "\"' ".utf8.contains($0) }.first == 0x3A
    }
    return false
  }

  /// A path without `./` in front, doubled slashes, and a slash at the end.
  static func plain(_ path: String) -> String {
    let names = path.split(separator: "/").filter { $0 != "." }
    let joined = names.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }
}

extension FileSearch {
  /// All files below a folder, in the order of their names, hidden and ignored ones left out.
  private func walk(
    _ folder: String, _ isExcluded: ProjectExclusion, suffixes: [String]? = [".yaml", ".yml"]
  ) -> [String] {
    var found: [String] = []
    var rules = ignoreRules
    if obeysIgnoreFiles { rules += Self.ignoreFiles(above: folder) }
    walk(folder, rules, isExcluded, suffixes, depth: 0, into: &found)
    return found
  }

  private func walk(
    _ folder: String, _ rules: [IgnoreRules], _ isExcluded: ProjectExclusion,
    _ suffixes: [String]?, depth: Int, into found: inout [String]
  ) {
    guard depth < 64 else { return }
    var rules = rules
    let prefix = folder == "." ? "" : folder == "/" ? "/" : folder + "/"
    if obeysIgnoreFiles, let own = Self.ignoreFile(in: folder) { rules.append(own) }
    for name in folderNames(at: folder) where !name.hasPrefix(".") {
      let path = prefix + name
      let kind = PathKind(path, followsLinks: false)
      let isIgnored = rules.reversed().lazy
        .compactMap { $0.verdict(path, isFolder: kind == .folder) }.first == true
      guard !isIgnored, !isExcluded(path, kind == .folder) else { continue }
      if kind == .folder {
        walk(path, rules, isExcluded, suffixes, depth: depth + 1, into: &found)
      } else if kind == .file, suffixes.map({ $0.contains { name.hasSuffix($0) } }) ?? true {
        found.append(path)
      }
    }
  }

  private static func ignoreFile(in folder: String) -> IgnoreRules? {
    guard let bytes = try? readFile(at: "\(folder)/.gitignore", maximumBytes: 1 << 20) else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return IgnoreRules(folder: folder == "." ? "" : folder, lines: lines.map(String.init))
  }

  /// The ignore files of the relative folders that lead to one, the outermost first.
  private static func ignoreFiles(above folder: String) -> [IgnoreRules] {
    guard folder != ".", !folder.hasPrefix("/") else { return [] }
    let names = folder.split(separator: "/").dropLast()
    let folders = ["."] + names.indices.map { names[...$0].joined(separator: "/") }
    return folders.compactMap { ignoreFile(in: $0) }
  }
}
