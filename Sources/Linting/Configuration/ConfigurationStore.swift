internal import SpecCompiler
public import SpecSyntax
internal import Tables

/// Finds and reads configurations, each file once.
public struct ConfigurationStore {
  /// Which configuration holds for a file.
  public enum Choice: Hashable, Sendable {
    /// The nearest `.plumb.yaml` in the file's folder or one above, up to the project's root.
    case nearest
    /// One file for all.
    case file(String)
    /// None: every value at its default.
    case isolated
  }

  /// The name of a configuration.
  public static let fileName = ".plumb.yaml"
  private static let maximumDepth = 16

  private let choice: Choice
  private let current: String
  /// The configuration that holds in a folder; nil for none.
  private var byFolder: [String: String?] = [:]
  private var loaded: [String: Configuration] = [:]

  public init(_ choice: Choice = .nearest, in current: String = PathNames.current) {
    self.choice = choice
    self.current = current
  }

  /// A configuration that cannot be used: mistakes in it, with its text.
  public struct Problem: Error {
    public var diagnostics: [Diagnostic] = []
    public var source: SourceText?
    public var message: String
    public var hint: String?
  }

  /// The absolute form of a path.
  public func absolute(_ path: String) -> String { PathNames.absolute(path, in: current) }

  /// The configuration that holds for a spec, which need not exist.
  public mutating func configuration(for path: String) throws(Problem) -> Configuration {
    switch choice {
    case .isolated: return .standard
    case .file(let file): return try load(absolute(file))
    case .nearest:
      guard let file = nearest(PathNames.folder(of: absolute(path))) else { return .standard }
      return try load(file)
    }
  }

  /// Reads one file as a configuration, whichever holds otherwise.
  public mutating func check(_ path: String) throws(Problem) { _ = try load(absolute(path)) }

  /// The configuration in a folder or above it, as far as the folder with `.git`.
  private mutating func nearest(_ folder: String) -> String? {
    if let known = byFolder[folder] { return known }
    let own = folder == "/" ? "/\(Self.fileName)" : "\(folder)/\(Self.fileName)"
    var found: String?
    if PathNames.exists(own) {
      found = own
    } else if folder != "/", !PathNames.exists("\(folder)/.git") {
      found = nearest(PathNames.folder(of: folder))
    }
    byFolder[folder] = .some(found)
    return found
  }

  private mutating func load(_ path: String) throws(Problem) -> Configuration {
    if let known = loaded[path] { return known }
    var configuration = Configuration.standard
    let source: SourceText
    do throws(TableError) {
      source = try text(path)
    } catch {
      throw Problem(
        message: "the configuration `\(shown(path))`: \(error.message)", hint: error.hint)
    }
    try read(ConfigurationFile(source: source, path: path), from: [], into: &configuration)
    loaded[path] = configuration
    return configuration
  }

  private func text(_ path: String) throws(TableError) -> SourceText {
    SourceText(name: shown(path), bytes: try readFile(at: path, maximumBytes: 1 << 20))
  }

  /// The name of a file for people: relative where it lies below the current folder.
  private func shown(_ path: String) -> String {
    path.hasPrefix(current == "/" ? "/" : current + "/")
      ? PathNames.relative(path, to: current) : path
  }

  /// Reads one file and, before it, those it extends. `chain` leads here.
  private func read(
    _ file: ConfigurationFile, from chain: [String], into configuration: inout Configuration
  ) throws(Problem) {
    configuration.digest = sha256(
      Array("\(configuration.digest) \(file.path)\n".utf8) + file.source.bytes)
    guard !Self.isEmpty(file.source) else {
      configuration.files.insert(file.source.name, at: 0)
      return configuration.add(.init(folder: PathNames.folder(of: file.path)))
    }
    var log = DiagnosticLog()
    guard let tree = parse(file.source, into: &log) else { throw file.problem(log.sorted) }
    let section = SpecSyntax.read(
      ConfigurationSection.self, from: tree.root, noun: "configuration", into: &log
    ).section
    guard !log.hasErrors else { throw file.problem(log.sorted) }
    for base in section.bases.wrappedValue {
      try extend(base, of: file, from: chain + [file.path], into: &configuration)
    }
    file.write(section, into: &configuration)
  }

  private func extend(
    _ base: Located<String>, of file: ConfigurationFile, from chain: [String],
    into configuration: inout Configuration
  ) throws(Problem) {
    let name = base.wrappedValue
    let path = PathNames.absolute(name, in: PathNames.folder(of: file.path))
    guard !chain.contains(path), chain.count < Self.maximumDepth else {
      throw file.problem([
        .circularConfiguration(name, at: base.projectedValue, path: "extends")
      ])
    }
    let source: SourceText
    do throws(TableError) {
      source = try text(path)
    } catch {
      throw file.problem([
        .unreadableConfiguration(
          name, reason: error.message, at: base.projectedValue, path: "extends")
      ])
    }
    try read(ConfigurationFile(source: source, path: path), from: chain, into: &configuration)
  }

  /// Whether a text holds nothing but comments.
  private static func isEmpty(_ source: SourceText) -> Bool {
    source.lineStarts.indices.allSatisfy { index in
      let line = source.bytes[source.lineRange(index)].drop { $0 == 0x20 || $0 == 0x09 }
      return line.isEmpty || line.first == 0x23
    }
  }
}
