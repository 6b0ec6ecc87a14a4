#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Tables

/// Run folders that are to be removed, checked beforehand: all of them are runs, and none is
/// reached by a link.
public struct RunRemoval: Sendable {
  public let runs: [RunSummary]
  /// Files in them that are not a run's own, such as predictions or notes.
  public let strangers: [String]
  /// Keeps others from going on with what is about to be removed.
  private let locks: [FolderLock]

  /// Throws, naming the folder, if one of them must not be removed.
  public init(_ runs: [RunSummary]) throws(TrainingError) {
    self.runs = runs
    var strangers: [String] = []
    var locks: [FolderLock] = []
    for run in runs {
      guard RunSearch.kind(of: run.folder) == .folder, RunSearch.isRun(run.folder) else {
        throw TrainingError("`\(run.folder)` is not a run: nothing was removed")
      }
      if run.state == .unfinished {
        guard let lock = try? FolderLock(run.folder) else {
          throw TrainingError(
            "another process is at work on `\(run.folder)`: nothing was removed",
            hints: ["stop the training first"])
        }
        locks.append(lock)
      }
      for name in RunSearch.entries(of: run.folder) where !RunFile.isKnown(name) {
        let path = "\(run.folder)/\(name)"
        guard RunSearch.kind(of: path) != .folder else {
          throw TrainingError(
            "`\(path)` is a folder, which runs do not have: nothing was removed",
            hints: ["move it elsewhere, or remove the run by hand"])
        }
        strangers.append(path)
      }
    }
    (self.strangers, self.locks) = (strangers, locks)
  }

  /// Removes the folders, and a model's folder that becomes empty; throws at the first that cannot
  /// be removed.
  public func remove() throws(TrainingError) {
    for run in runs {
      do {
        try FileManager.default.removeItem(atPath: run.folder)
      } catch {
        throw TrainingError(
          "`\(run.folder)` cannot be removed", hints: ["is its folder writable?"])
      }
      let parent = RunSearch.parent(of: run.folder)
      if run.number != nil, RunSearch.name(of: parent) == run.name,
        RunSearch.entries(of: parent).isEmpty
      {
        try? FileManager.default.removeItem(atPath: parent)
      }
    }
  }
}
