#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Linting
import SpecCompiler
import SpecSyntax
import Tables

/// Which files a command opens on behalf of a spec.
struct FileBounds: Sendable {
  /// The folder that no path may leave; nil for none.
  var root: ProjectRoot?
  /// Larger tables are not read, which is said; nil for all that can be read.
  var maximumTableBytes: Int?
  var readsTables = true
  /// What holds the tables of several specs, where their facts are enough; nil to read rows.
  var tables: SharedTables?
  /// What keeps facts from one run of the program to the next.
  var cache: TableCache?
  /// Whether a profile may stand in for a table.
  var takesProfiles = false

  /// All that the author's own spec names.
  static let none = FileBounds()

  /// What is looked at for a spec that somebody else may have written.
  static func checking(_ spec: String, allowsOutside: Bool) -> FileBounds {
    checking(in: allowsOutside ? nil : ProjectRoot(of: spec))
  }

  /// What is looked at for a spec of a project that is known already.
  static func checking(in root: ProjectRoot?) -> FileBounds {
    FileBounds(root: root, takesProfiles: true)
  }

  /// The folder that a path leaves, if it leaves it.
  ///
  /// What the command line itself names is the user's own wish.
  func rootLeft(by path: String, from file: String) -> String? {
    guard let root, !file.isOption, !root.holds(path) else { return nil }
    return root.folder
  }
}

extension Environment {
  /// Files on this machine, each path relative to the file that names it.
  static func files(_ bounds: FileBounds = .none) -> Environment {
    Environment(
      loadText: { path, from in
        let name = FilePath.resolve(path, from: from)
        if let root = bounds.rootLeft(by: name, from: from) { return .outside(root: root) }
        do throws(TableError) {
          return .text(SourceText(name: name, bytes: try readFile(at: name, maximumBytes: 1 << 20)))
        } catch {
          return .refused(error.message)
        }
      },
      loadTable: { load($0, bounds) },
      digest: { request in
        let path = FilePath.resolve(request.path, from: request.from)
        return try? FileDigest(of: path, maximumBytes: TableOptions.greatestBytes)
      }, takesProfiles: bounds.takesProfiles)
  }

  private static func load(_ request: TableRequest, _ bounds: FileBounds) -> LoadedTable {
    guard bounds.readsTables else { return .skipped("`--no-data` was given") }
    let path = FilePath.resolve(request.path, from: request.from)
    let labels = request.labels.map { FilePath.resolve($0, from: request.from) }
    for name in [path] + (labels.map { [$0] } ?? []) {
      if let root = bounds.rootLeft(by: name, from: request.from) { return .outside(root: root) }
    }
    var options = request.options
    if let maximum = bounds.maximumTableBytes { options.maximumBytes = maximum }
    do throws(TableError) {
      guard let tables = bounds.tables else {
        return .table(try readTable(at: path, labels: labels, options: options))
      }
      return .facts(
        try sharedFacts(
          path: path, labels: labels, options: options, target: request.target, tables,
          bounds.cache))
    } catch {
      guard bounds.maximumTableBytes != nil, error.cause == .size else { return .refused(error) }
      return .skipped("`\(error.path)` \(error.message); `--max-table-size` reads larger ones")
    }
  }
}

/// The facts of a table that several specs may name, each by a path of its own.
private func sharedFacts(
  path: String, labels: String?, options: TableOptions, target: String?,
  _ tables: SharedTables, _ cache: TableCache?
) throws(TableError) -> TableFacts {
  let (place, labelPlace) = (ProjectRoot.real(path), labels.map { ProjectRoot.real($0) })
  let outcome = tables.facts(
    path: place, labels: labelPlace, options: options, target: target
  ) { options in
    do throws(TableError) {
      let key = TableCache.Key(
        path: place, labels: labelPlace, options: options, target: target)
      if let facts = cache?.facts(for: key) { return .facts(facts) }
      let stamp = cache?.stamp(for: key)
      let table = try readTable(at: place, labels: labelPlace, options: options)
      let facts = TableFacts(of: table, target: target)
      if let stamp { cache?.keep(facts, for: key, stamp) }
      return .facts(facts)
    } catch {
      return .refused(error)
    }
  }
  switch outcome {
  case .facts(var facts):
    facts.profile.path = path
    return facts
  case .refused(var error):
    error.path = error.path == labelPlace ? labels ?? path : path
    throw error
  }
}

extension String {
  /// Whether it is an option of the command line that stands for a file, such as `--set a.b`.
  fileprivate var isOption: Bool { hasPrefix("--set ") || hasPrefix("--vary ") }
}

/// Paths as texts.
enum FilePath {
  /// A path relative to the folder of the file that names it; absolute ones as they are.
  static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/"), !file.isOption
    else { return path }
    return String(file[...slash]) + path
  }

  /// Whether there is a file or a folder.
  static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// `path` as seen from the folder that a file will stand in.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// Reads the text of a spec; `-` is standard input, which may be given a name.
func readSpec(_ path: String, named name: String? = nil) throws(Failure) -> SourceText {
  do throws(TableError) {
    if path == "-" {
      return SourceText(
        name: name ?? "<stdin>", bytes: try readStandardInput(maximumBytes: 16 << 20))
    }
    return SourceText(name: name ?? path, bytes: try readFile(at: path, maximumBytes: 16 << 20))
  } catch {
    throw Failure("`\(path)`: \(error.message)", hint: error.hint)
  }
}

/// Writes a file whole, beside its place first, so that it is never seen half-written.
func writeWhole(_ text: String, to path: String) throws {
  try writeWhole(Array(text.utf8), to: path)
}

/// Writes a file of bytes whole, as `writeWhole` does a text.
func writeWhole(_ bytes: [UInt8], to path: String) throws {
  do {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file, options: .atomic)
  } catch {
    throw Failure("`\(path)` cannot be written", hint: "is its folder there and writable?")
  }
}

/// Gives a spec new bytes: written beside it and renamed, with its permissions.
///
/// A link is followed only to a file below the folder the program runs in.
func replaceSpec(_ path: String, with bytes: [UInt8]) throws(Failure) {
  let manager = FileManager.default
  let target = URL(filePath: path).resolvingSymlinksInPath().path
  let isLink = (try? manager.destinationOfSymbolicLink(atPath: path)) != nil
  let folder = URL(filePath: manager.currentDirectoryPath).resolvingSymlinksInPath().path
  guard !isLink || target.hasPrefix(folder + "/") else {
    throw Failure(
      "`\(path)` is a link to a file outside this folder: it was not changed",
      hint: "fix the file it leads to")
  }
  do {
    let mode = try manager.attributesOfItem(atPath: target)[.posixPermissions]
    try Data(bytes).write(to: URL(filePath: target), options: .atomic)
    if let mode { try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: target) }
  } catch {
    throw Failure("`\(path)` cannot be written: it was not changed")
  }
}
