internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// Where a run is written.
public enum RunPlace: Sendable, Hashable {
  /// In `folder/name`, under the next free number.
  case numbered(folder: String, name: String)
  /// In this folder, which must not exist yet.
  case folder(String)
  /// In this folder, on from the checkpoint of a run that was cut short, or else from the start.
  case resumed(String)
  /// In this folder, with the epochs that the checkpoint of a run has: no more steps are taken.
  case ended(String)
}

/// How a run was begun that has not ended.
public struct BegunRun: Sendable {
  /// Where it lies.
  public let folder: String
  public let command: String
  public let table: Manifest.Source
  /// SHA-256 of the spec as its author wrote it.
  public let specDigest: String
  /// The run's copy of it; nil where the run was killed before it was written.
  public let spec: [UInt8]?
}

extension RunPlace {
  /// The folder of a run that has ended and therefore cannot be resumed; nil if it can, or if there
  /// is none yet.
  ///
  /// `folder` is the run's own, or that in which it was going on. A run that was cut short when
  /// only its name was missing is given it.
  public static func endedRun(_ folder: String) throws(TrainingError) -> String? {
    let target = try runName(folder)
    let files = RunFolder(path: target)
    if PathKind(target) == .absent, let partial = try PartialRun.complete(target) {
      return try partial.finish(
        keepsCheckpoint: asksForCheckpoints(partial), isForced: true)
    }
    guard PathKind(target) != .absent else { return nil }
    if PathKind(files.place(RunFile.repeats)) == .absent { _ = try files.manifest() }
    return target
  }

  private static func asksForCheckpoints(_ run: PartialRun) -> Bool {
    guard let text = run.text(RunFile.resolved) else { return false }
    return compile(SourceText(name: RunFile.resolved, text: text)).spec?.training.checkpoint != nil
  }

  /// What is known of a run that was begun in a folder and has not ended; throws where the folder
  /// does not say it.
  public static func begun(_ folder: String) throws(TrainingError) -> BegunRun {
    let files = RunFolder(path: try runName(folder) + partialEnding)
    guard let manifest = try? files.manifest(), let command = manifest.command,
      let digest = manifest.spec?.sha256
    else {
      throw TrainingError(
        PathKind(files.path) == .absent
          ? "there is no run `\(files.path)`" : "`\(files.path)` does not say what it trains",
        hints: ["name the spec: `plumb train SPEC --resume \(folder)`"])
    }
    let spec = try? readFile(at: files.place(RunFile.spec), maximumBytes: 64 << 20)
    return BegunRun(
      folder: files.path, command: command, table: manifest.data, specDigest: digest,
      spec: spec.flatMap { sha256($0) == digest ? $0 : nil })
  }

  /// The last result of a run that has ended, as training it would have given it.
  public static func result(of folder: String) throws(TrainingError) -> RunResult {
    let files = RunFolder(path: folder)
    return RunResult(
      run: folder, outcome: try files.json(RunOutcome.self, RunFile.result),
      timing: try files.json(RunTiming.self, RunFile.timing), shown: [])
  }

  /// The same of repeated runs; nil where the folder is that of one run.
  public static func repeatsResult(of folder: String) throws(TrainingError) -> RepeatsResult? {
    guard RepeatsRecord.isThere(folder) else { return nil }
    let files = RunFolder(path: folder)
    return RepeatsResult(
      run: folder, outcome: try files.json(RepeatsOutcome.self, RunFile.repeats),
      timing: try files.json(RunTiming.self, RunFile.timing), shown: [])
  }
}

/// The name a run gets when it has ended, from that or from the one it has until then.
func runName(_ folder: String) throws(TrainingError) -> String {
  var name = folder
  while name.count > 1, name.hasSuffix("/") { name.removeLast() }
  if name.hasSuffix(partialEnding), name.count > partialEnding.count {
    name.removeLast(partialEnding.count)
  }
  guard !name.isEmpty, !name.contains("\0"), !name.hasSuffix("/") else {
    throw TrainingError("a run folder needs a name")
  }
  return name
}

/// What follows the name of a run that is going on, or was cut short.
let partialEnding = ".partial"

/// Throws unless a name can be that of a folder and of nothing beyond it.
func checkRunName(_ name: String) throws(TrainingError) {
  let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "/" && $0 != "\\" }
  guard isPlain, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200 else {
    throw TrainingError(
      "the model's name cannot be the name of a folder",
      hints: ["give it a `name` without slashes and dots in front", "name a folder with `--run`"])
  }
}
