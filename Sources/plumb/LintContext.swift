#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Linting
import SpecCompiler
import SpecSyntax
import Synchronization
import Tables

/// What the checks of one run share.
struct LintContext: Sendable {
  let tables: SharedTables
  let tableCache: TableCache?
  /// What was found before; nil where every spec shall be checked anew.
  let results: ResultCache?
  private let roots = ProjectRoots()

  init(_ job: LintJob, specs: Int) {
    tables = SharedTables(forMany: specs > 1)
    tableCache = job.noCache ? nil : TableCache()
    results = job.remembersResults ? ResultCache.ofUser : nil
  }

  /// The project of a spec; nil where its paths may lead anywhere.
  func root(of spec: String, allowsOutside: Bool) -> ProjectRoot? {
    allowsOutside ? nil : roots.root(of: spec)
  }
}

/// The roots of projects, each found once for all specs of a folder.
private final class ProjectRoots: Sendable {
  private let known = Mutex([Substring: ProjectRoot]())

  func root(of spec: String) -> ProjectRoot {
    let folder = spec.lastIndex(of: "/").map { spec[...$0] } ?? ""
    return known.withLock { known in
      if let root = known[folder] { return root }
      let root = ProjectRoot(of: spec)
      known[folder] = root
      return root
    }
  }
}

extension ResultCache {
  /// The cache of this user; nil where there is no folder for it.
  fileprivate static var ofUser: ResultCache? {
    UserCache.folder.map {
      ResultCache(folder: "\($0)/findings", now: Int(Date().timeIntervalSince1970 * 1e9))
    }
  }
}

/// The files that a check opens, noted as it opens them.
final class FileTrace: Sendable {
  private let state = Mutex(FilesRead())

  var files: FilesRead { state.withLock { $0 } }

  /// The same files, noted here.
  func tracing(_ environment: Environment) -> Environment {
    var traced = environment
    traced.loadText = { path, from in
      let loaded = environment.loadText(path, from)
      self.state.withLock { files in
        if case .text(let text) = loaded { files.texts.append(text) } else { files.isKnown = false }
      }
      return loaded
    }
    traced.loadTable = { request in
      let loaded = environment.loadTable(request)
      self.note(loaded, of: request)
      return loaded
    }
    return traced
  }

  private func note(_ loaded: LoadedTable, of request: TableRequest) {
    let paths = ([request.path] + (request.labels.map { [$0] } ?? [])).map {
      FilePath.resolve($0, from: request.from)
    }
    state.withLock { files in
      switch loaded {
      case .table, .known, .facts, .skipped: files.tables += paths
      case .refused(let error) where error.cause == .absent: files.tables += paths
      case .refused, .outside: files.isKnown = false
      }
    }
  }
}
