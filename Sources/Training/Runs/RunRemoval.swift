#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Run folders that are to be removed, checked beforehand: all of them are runs, and none is
/// reached by a link.
public struct RunRemoval: Sendable {
  /// A run that may still be going on: something in it was written so shortly ago.
  private static let quietSeconds = 60.0

  public let runs: [RunSummary]
  /// Files in them that are not a run's own, such as predictions or notes.
  public let strangers: [String]

  /// Throws, naming the folder, if one of them must not be removed.
  public init(_ runs: [RunSummary], now: Date) throws(TrainingError) {
    self.runs = runs
    var strangers: [String] = []
    for run in runs {
      guard RunSearch.kind(of: run.folder) == .folder, RunSearch.isRun(run.folder) else {
        throw TrainingError("`\(run.folder)` is not a run: nothing was removed")
      }
      if run.state == .unfinished, let last = run.ended,
        now.timeIntervalSince(last) < Self.quietSeconds
      {
        throw TrainingError(
          "`\(run.folder)` was written to a moment ago: nothing was removed",
          hints: ["stop the training first, or wait a minute"])
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
    self.strangers = strangers
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
