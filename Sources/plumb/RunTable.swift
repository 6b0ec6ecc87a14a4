import SpecCompiler
import SpecSyntax
import Tables
import Training

/// A run's specs, compiled with the table that the run was trained on, if that is still there and
/// unchanged, or with its committed profile.
struct RunTable {
  /// The spec as the author wrote it; the resolved one where that cannot be read here.
  private(set) var own: Compilation
  let resolved: Compilation

  /// The specs alone, or with a table that was read already.
  init(_ folder: String, spec: String, resolved: String, table: Table? = nil) {
    let known = compile(SourceText(name: "\(folder)/resolved.yaml", text: resolved))
    let bare = compile(
      SourceText(name: "\(folder)/spec.yaml", text: spec),
      in: Environment(
        loadText: { _, _ in .refused("a run is read alone") },
        loadTable: { _ in table.map { .table($0) } ?? .skipped("the table is not at hand") }))
    self.init(own: Self.readable(bare, or: known), resolved: known)
  }

  /// The specs with the table that lies where the run found it.
  init(_ record: RunRecord, _ outside: OutsideOption) {
    let environment = Environment.files(of: record, outside)
    let known = compile(
      SourceText(name: "\(record.folder)/resolved.yaml", text: record.resolvedText),
      in: environment)
    if known.hasErrors || known.profile == nil || !Self.isOfRun(known, record) {
      self.init(record.folder, spec: record.specText, resolved: record.resolvedText)
      own.notChecked = [
        known.profile == nil
          ? known.notChecked.first ?? "what the table tells: it cannot be read"
          : "what the table tells: `\(record.manifest.data.path)` is not as the run saw it"
      ]
      return
    }
    let bare = compile(
      SourceText(name: "\(record.folder)/spec.yaml", text: record.specText), in: environment)
    self.init(own: Self.readable(bare, or: known), resolved: known)
  }

  private init(own: Compilation, resolved: Compilation) {
    (self.own, self.resolved) = (own, resolved)
  }

  /// A spec that names a base cannot be read from where the run is; the resolved one can.
  private static func readable(_ own: Compilation, or resolved: Compilation) -> Compilation {
    own.hasErrors ? resolved : own
  }

  /// Whether the table, or its profile, is that of the run.
  private static func isOfRun(_ compilation: Compilation, _ record: RunRecord) -> Bool {
    guard compilation.table == nil else { return record.isTrained(on: compilation) }
    return compilation.profile?.rows == record.manifest.data.rows
  }
}

extension Environment {
  /// Files as they lie around the spec that a run was trained from; what cannot be read is told.
  fileprivate static func files(of record: RunRecord, _ outside: OutsideOption) -> Environment {
    let named = record.manifest.data.spec ?? ""
    let path = record.manifest.data.path
    // The runs of a folder are numbered three levels below it, whatever the current one is.
    let origins = named.hasPrefix("/") ? [named] : [named, "\(record.folder)/../../../\(named)"]
    let origin =
      origins.first { FilePath.isThere(FilePath.resolve(path, from: $0)) } ?? named
    let files = Environment.files(outside.bounds(for: origin.isEmpty ? path : origin))
    return Environment(
      loadText: { path, _ in files.loadText(path, origin) },
      loadTable: { request in
        var request = request
        request.from = origin
        let loaded = files.loadTable(request)
        return switch loaded {
        case .refused(let error): .skipped("`\(error.path)` \(error.message)")
        case .outside(let root):
          .skipped("`\(request.path)` lies outside of `\(root)`; `--allow-outside` reads it")
        case .table, .known, .facts, .skipped: loaded
        }
      })
  }
}
