#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SpecCompiler
internal import Tables

/// The file in which a training without a folder is saved while it goes on, so that it can be gone
/// on with when its process has ended.
///
/// It is written every few seconds and when the training is stopped: a short one never has it. It
/// only saves time: a file that cannot be read, that belongs to something else or that cannot be
/// written is as good as none, and training begins anew to the same result.
public struct TrialCheckpoint: Sendable, Hashable {
  /// Its folder is made when it is needed.
  public var path: String
  /// The version of the program.
  public var version: String

  public init(path: String, version: String) { (self.path, self.version) = (path, version) }

  /// Whether there is a file, or a folder, at its path.
  public var isThere: Bool { FileManager.default.fileExists(atPath: path) }

  /// Removes the file, and its folder if nothing else is in it.
  public func remove() {
    // A process that was killed may have left one half-written.
    let files = [path, path + newFileEnding].filter { FileManager.default.fileExists(atPath: $0) }
    guard !files.isEmpty else { return }
    for file in files { try? FileManager.default.removeItem(atPath: file) }
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if names?.isEmpty == true { try? FileManager.default.removeItem(atPath: folder) }
  }

  private var folder: String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// How long after the last one it is written again, unless writing takes long.
  static let interval = Duration.seconds(2)

  /// The state of a training that was saved; nil where there is none of this one.
  func state(for trainer: Trainer, _ identity: () -> RunIdentity) -> TrainingState? {
    guard isThere,
      let bytes = try? readFile(at: path, maximumBytes: 64 << 30),
      let checkpoint = try? Checkpoint(decoding: bytes, path: path),
      checkpoint.identity == identity()
    else { return nil }
    return try? trainer.state(of: checkpoint, path: path)
  }

  func save(_ checkpoint: Checkpoint) {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try? replaceFile(checkpoint.encoded(), at: path)
  }

  /// What has to be the same for a training to go on.
  func identity(_ job: Job, seed: UInt64) -> RunIdentity {
    RunIdentity(
      version: version, resolution: job.compilation.resolution, files: [],
      rows: "\(job.preparation.fingerprint), seed \(seed)")
  }
}
