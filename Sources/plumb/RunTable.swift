import SpecCompiler
import SpecSyntax
import Tables
import Training

/// A run's specs, compiled with the table that the run was trained on, if that is still there and
/// unchanged, or with its committed profile.
struct RunTable {
  /// The spec as the author wrote it; the resolved one where that cannot be read here.
  let own: Compilation
  let resolved: Compilation

  init(_ record: RunRecord, _ outside: OutsideOption) {
    let resolvedText = SourceText(
      name: "\(record.folder)/resolved.yaml", text: record.resolvedText)
    let specText = SourceText(name: "\(record.folder)/spec.yaml", text: record.specText)
    let environment = Environment.files(of: record, outside)
    let known = compile(resolvedText, in: environment)
    if known.hasErrors || known.profile == nil || !Self.isOfRun(known, record) {
      resolved = compile(resolvedText)
      let bare = compile(specText)
      // A spec that names a base cannot be read from where the run is; the resolved one can.
      var own = bare.hasErrors ? resolved : bare
      own.notChecked = [
        known.profile == nil
          ? known.notChecked.first ?? "what the table tells: it cannot be read"
          : "what the table tells: `\(record.manifest.data.path)` is not as the run saw it"
      ]
      self.own = own
      return
    }
    let bare = compile(specText, in: environment)
    (own, resolved) = (bare.hasErrors ? known : bare, known)
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
        case .table, .facts, .skipped: loaded
        }
      })
  }
}
