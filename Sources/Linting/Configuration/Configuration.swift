public import SpecCompiler
internal import SpecSyntax

/// A project's configuration: what one file says and the files that it extends.
public struct Configuration: Sendable {
  /// One file's part; later parts win over earlier ones.
  struct Part: Sendable {
    /// The folder that patterns are relative to, absolute.
    var folder: String
    var rules: [RuleStatement] = []
    var perFile: [PatternRules] = []
    var excluded = IgnoreRules(folder: "", lines: [String]())
  }

  /// The rules of `per_file` for one pattern.
  struct PatternRules: Sendable {
    var pattern: IgnoreRules
    var rules: [RuleStatement]
  }

  /// The bases first.
  private(set) var parts: [Part]
  /// The files it was read from, as messages name them; the nearest first.
  public internal(set) var files: [String] = []
  /// The SHA-256 of the paths and bytes of these files; empty for none.
  public internal(set) var digest = ""
  public internal(set) var failOn = Sourced<FailThreshold>(.error)
  public internal(set) var maxWarnings = Sourced<Int?>(nil)
  /// The path of a baseline, absolute.
  public internal(set) var baseline = Sourced<String?>(nil)
  public internal(set) var sizing = Sourced<SizingChoice>(.measured)
  /// The patterns of what is passed over in folders.
  public internal(set) var exclude: [Sourced<String>] = []
  /// What holds for files that no `per_file` pattern matches.
  private var common = Settings(layers: [], sizing: .measured)

  /// Every value at its default.
  public static let standard = Configuration(parts: [])

  init(parts: [Part]) {
    self.parts = parts
    common = Settings(layers: parts.map(\.rules), sizing: .measured)
  }

  /// Takes over what another file says, over what is here already.
  mutating func add(_ part: Part, sizing: Sourced<SizingChoice>? = nil) {
    parts.append(part)
    if let sizing { self.sizing = sizing }
    common = Settings(layers: parts.map(\.rules), sizing: self.sizing.value)
  }

  /// What holds for the file at an absolute path.
  public func settings(for path: String) -> Settings {
    guard parts.contains(where: { !$0.perFile.isEmpty }) else { return common }
    var layers: [[RuleStatement]] = []
    var isPlain = true
    for part in parts {
      layers.append(part.rules)
      for entry in part.perFile where entry.pattern.matches(path) {
        layers.append(entry.rules)
        isPlain = false
      }
    }
    return isPlain ? common : Settings(layers: layers, sizing: sizing.value)
  }

  /// Whether a file or folder at an absolute path is passed over.
  public func excludes(_ path: String, isFolder: Bool) -> Bool {
    for part in parts.reversed() {
      if let verdict = part.excluded.verdict(path, isFolder: isFolder) { return verdict }
    }
    return false
  }

  /// Whether a file is passed over, itself or by a folder above it.
  public func excludes(file path: String) -> Bool {
    parts.contains { $0.excluded.matches(path) }
  }
}

/// A value and where it was written; nil for one that nobody wrote.
public struct Sourced<Value: Sendable>: Sendable {
  public var value: Value
  public var place: ConfigurationPlace?

  public init(_ value: Value, _ place: ConfigurationPlace? = nil) {
    self.value = value
    self.place = place
  }
}

/// A line of a configuration.
public struct ConfigurationPlace: Sendable, Hashable {
  /// The file as messages name it.
  public var file: String
  public var line: Int

  public var text: String { "\(file):\(line)" }
}

/// One key under `rules`.
public struct RuleStatement: Sendable {
  var selector: RuleSelector
  /// Nil where only options are given.
  var level: LevelSetting?
  var options: [(name: String, value: Sourced<Double>)]
  var place: ConfigurationPlace
}

extension IgnoreRules {
  /// Whether a file at a path is meant, itself or by a folder above it.
  func matches(_ path: String) -> Bool {
    if let verdict = verdict(path, isFolder: false) { return verdict }
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
      rest = rest[..<slash]
      if let verdict = verdict(String(rest), isFolder: true) { return verdict }
    }
    return false
  }
}
