import Linting
import SpecCompiler
import SpecSyntax
import Tables
import Tuning

/// The file of the best spec: the author's text with the values of a trial.
struct BestSpecFile {
  /// Where it goes.
  let path: String
  /// As the command line names the spec.
  private let spec: String

  /// - Parameter output: as asked for; nil for `NAME.best.yaml` beside the spec.
  init(_ output: String?, spec: String, name: String) throws(Failure) {
    self.spec = spec
    let folder = spec == "-" ? "" : Self.folder(of: spec)
    let stem = spec == "-" ? name : Self.stem(of: spec)
    path = output ?? "\(folder)\(stem).best.yaml"
    // Paths in a spec are relative to it.
    let own = ProjectRoot.real(folder.isEmpty ? "." : folder)
    let other = Self.folder(of: path)
    guard ProjectRoot.real(other.isEmpty ? "." : other) == own else {
      throw Failure(
        "`\(path)` is not in the folder of the spec, to which the paths in the spec are relative",
        hint: "name a file beside the spec with --output, or leave it out")
    }
    guard ProjectRoot.real(path) != ProjectRoot.real(spec) else {
      throw Failure(
        "`\(path)` is the spec itself, which is left as it is",
        hint: "name another file beside the spec with --output")
    }
    guard isFree else {
      throw Failure(
        "`\(path)` was not written by `plumb tune`, or was changed since: it is left as it is",
        hint: "rename or remove it, or name another file with --output")
    }
  }

  /// Whether nothing of anybody else's is there.
  private var isFree: Bool {
    guard FilePath.isThere(path) else { return true }
    guard let bytes = try? readFile(at: path, maximumBytes: 16 << 20) else { return false }
    return TunedSpec.isUntouched(bytes)
  }

  /// Writes the spec of the best point.
  ///
  /// - Parameters:
  ///   - source: the author's text.
  ///   - overrides: what the command line set beside what is searched.
  ///   - base: the spec as it is, compiled.
  ///   - trial: the spec of the trial, compiled.
  func write(
    _ result: StudyResult, of source: SourceText, overrides: [Override], base: Compilation,
    trial: Compilation
  ) throws {
    guard let best = result.ranking.best else { return }
    var values = overrides.compactMap { override -> TunedSpec.Value? in
      guard let equals = override.text.firstIndex(of: "=") else { return nil }
      let path = SpecPath(String(override.text[..<equals]))
      guard !path.isWithin("search") else { return nil }
      return TunedSpec.Value(path, String(override.text[override.text.index(after: equals)...]))
    }
    values += result.settings.space.values(of: best.numbers).map { path, value in
      TunedSpec.Value(path, value.yamlText)
    }
    let head = self.head(result, best)
    var tuned: TunedSpec
    do throws(StudyError) {
      tuned = try TunedSpec(source, setting: values, effective: trial, head: head, named: path)
      // What was measured stands against rules of thumb, which would say so at each check.
      let codes = findings(of: tuned.source, beyond: base, about: values.map(\.path))
      if !codes.isEmpty {
        let note = "plumb: ignore-file[\(codes.joined(separator: ", "))] measured by plumb tune"
        tuned = try TunedSpec(
          source, setting: values, effective: trial, head: head + [note], named: path)
      }
    } catch {
      throw Failure(error)
    }
    guard isFree else { throw Failure("`\(path)` was changed meanwhile: it is left as it is") }
    try writeWhole(tuned.source.bytes, to: path)
  }

  /// The codes of what is advised against values that were written, and was not before.
  private func findings(
    of source: SourceText, beyond base: Compilation, about paths: [SpecPath]
  ) -> [String] {
    let known = Set(base.diagnostics.map(\.code.code))
    let found = compile(source, in: .files(.none)).diagnostics.filter { finding in
      finding.level != .error && !known.contains(finding.code.code)
        && paths.contains { $0.overlaps(finding.path) }
    }
    return Set(found.map(\.code.code)).sorted()
  }

  private func head(_ result: StudyResult, _ best: StudyPoint) -> [String] {
    let values = zip(result.plan.objectives, best.values).map { "\($0.name) \(figure($1))" }
    var lines = [
      "Written by plumb tune from \(spec == "-" ? "standard input" : FilePath.name(of: spec)): "
        + "trial \(best.trials[0]) of study \(result.settings.name).",
      "In the search: \(values.joined(separator: ", ")).",
    ]
    for line in result.confirmation?.lines ?? [] where line.objective == result.plan.objectives[0] {
      func words(_ estimate: Confirmation.Estimate) -> String {
        roundedText(estimate.mean) + (estimate.halfWidth.map { " ± \(roundedText($0))" } ?? "")
      }
      let name = line.objective.name.split(separator: ".").last ?? ""
      lines.append(
        "On \(counted(result.confirmation?.pairs ?? 0, "fresh seed")), \(line.part.rawValue) "
          + "\(name): \(words(line.tuned)); untuned \(words(line.untuned)).")
    }
    return lines
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private static func stem(of path: String) -> String {
    let name = FilePath.name(of: path)
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}

extension Failure {
  /// What keeps a study from going on.
  init(_ error: StudyError) { self.init(error.message, hints: error.hints) }
}
