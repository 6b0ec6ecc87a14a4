#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Tables

/// A place in the system's folder for temporary files, for a trained run whose own folder does not
/// take it: the disk is full, or may no longer be written.
enum SpareFolder {
  /// Writes a run there; gives the error that kept it from its own folder, with that place, or with
  /// the words that it is lost.
  ///
  /// - Parameters:
  ///   - events: the folder that holds the events so far.
  ///   - write: writes the run and gives the folder its name.
  static func saving(
    _ error: TrainingError, events: PartialRun,
    write: (PartialRun) throws(TrainingError) -> String
  ) -> TrainingError {
    var told = error
    let temporary = FileManager.default.temporaryDirectory.path
    var made: PartialRun?
    do throws(TrainingError) {
      let spare = try PartialRun(.folder(freeName(in: temporary)))
      made = spare
      if let bytes = try? readFile(
        at: "\(events.path)/\(RunFile.events)", maximumBytes: 1 << 30)
      {
        try spare.write(bytes, to: RunFile.events)
      }
      let folder = try write(spare)
      told.hints = ["the trained run is whole in `\(folder)`: move it from there"]
    } catch {
      made?.discard()
      told.message += ", and the trained weights are lost: \(error.message)"
      told.hints += ["`training: {checkpoint: {every: 1}}` keeps every epoch from the start"]
    }
    return told
  }

  private static func freeName(in folder: String) -> String {
    let names = (1...1000).lazy.map { "\(folder)/plumb-run-\($0)" }
    return names.first { PathKind($0) == .absent && PathKind($0 + partialEnding) == .absent }
      ?? "\(folder)/plumb-run-0"
  }
}
