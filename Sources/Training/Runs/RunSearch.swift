#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds the run folders below others, and knows by what a run folder is known.
public enum RunSearch {
  /// All runs that a folder is, holds, or whose folders hold, by name and number; throws if there
  /// is no such folder. Links are not followed.
  public static func runs(in folder: String) throws(TrainingError) -> [RunSummary] {
    guard kind(of: folder) == .folder else {
      throw TrainingError(
        "there is no folder `\(folder)`",
        hints: ["runs are folders such as `runs/NAME/1`, written by `plumb train`"])
    }
    if isRun(folder) { return [RunSummary(folder)] }
    var found: [RunSummary] = []
    for child in folders(in: folder) {
      if isRun(child) {
        found.append(RunSummary(child))
      } else {
        found += folders(in: child).filter(isRun).map { RunSummary($0) }
      }
    }
    return found
  }

  /// All runs under `runs`, where a command writes them; none where there is no such folder.
  public static func usual() throws(TrainingError) -> [RunSummary] {
    kind(of: "runs") == nil ? [] : try runs(in: "runs")
  }

  /// One run; throws if the folder is none.
  public static func run(at folder: String) throws(TrainingError) -> RunSummary {
    let path = plain(folder)
    guard kind(of: path) == .folder, isRun(path) else {
      throw TrainingError(
        "`\(folder)` is not a run",
        hints: ["runs are folders such as `runs/NAME/1`; `plumb runs` lists them"])
    }
    return RunSummary(path)
  }

  /// What an entry of a folder is, links not followed.
  enum Kind {
    case folder, link, other
  }

  static func kind(of path: String) -> Kind? {
    let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type]
    switch type as? FileAttributeType {
    case .typeDirectory: return .folder
    case .typeSymbolicLink: return .link
    case nil: return nil
    default: return .other
    }
  }

  /// Whether a folder is that of a run: it has a file only runs have, or it was made for one.
  static func isRun(_ folder: String) -> Bool {
    let files = RunFolder(path: folder)
    if [RunFile.manifest, RunFile.repeats, RunFile.result].contains(where: files.has) {
      return true
    }
    // A run that was killed while it read its table has written nothing yet.
    return isPartial(name(of: folder)) && entries(of: folder).allSatisfy(RunFile.isKnown)
  }

  /// Whether a name is that of a run which has not ended.
  static func isPartial(_ name: String) -> Bool {
    name.hasSuffix(partialEnding) && name != partialEnding
  }

  /// The name that such a run gets at its end.
  static func finalName(_ name: String) -> String { String(name.dropLast(partialEnding.count)) }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func parent(of path: String) -> String {
    guard let slash = plain(path).lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path without slashes at its end.
  static func plain(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func entries(of folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// The folders in a folder, those with numbers in the order of these.
  private static func folders(in folder: String) -> [String] {
    func order(_ name: String) -> (Int, String) {
      (Int(isPartial(name) ? finalName(name) : name) ?? Int.max, name)
    }
    return entries(of: folder).filter { !$0.hasPrefix(".") }
      .sorted { order($0) < order($1) }
      .map { folder == "." ? $0 : "\(plain(folder))/\($0)" }
      .filter { kind(of: $0) == .folder }
  }
}
