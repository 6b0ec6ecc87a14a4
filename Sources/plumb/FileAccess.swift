#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SpecCompiler
import SpecSyntax
import Tables

extension Environment {
  /// Files on this machine, each path relative to the file that names it.
  static func files(readsTables: Bool = true) -> Environment {
    Environment(
      loadText: { path, from in
        let name = FilePath.resolve(path, from: from)
        do throws(TableError) {
          return .text(SourceText(name: name, bytes: try readFile(at: name, maximumBytes: 1 << 20)))
        } catch {
          return .refused(error.message)
        }
      },
      loadTable: { request in
        guard readsTables else { return .skipped("`--no-data` was given") }
        let path = FilePath.resolve(request.path, from: request.from)
        let labels = request.labels.map { FilePath.resolve($0, from: request.from) }
        do throws(TableError) {
          return .table(try readTable(at: path, labels: labels, options: request.options))
        } catch {
          return .refused(error)
        }
      })
  }
}

/// Paths as texts.
enum FilePath {
  /// A path relative to the folder of the file that names it; absolute ones as they are.
  static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/"), !file.hasPrefix("--set")
    else { return path }
    return String(file[...slash]) + path
  }

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
  do {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
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
