#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// What a run folder says at a glance; a folder that cannot be read says why.
public struct RunSummary: Sendable {
  /// What has become of a run.
  public enum State: String, Sendable, Encodable, CaseIterable {
    case finished
    /// Stopped by its user, with the epochs that it had.
    case interrupted
    /// Still going on, or cut short.
    case unfinished
    /// A file is missing or is not what it should be.
    case damaged
  }

  /// The path of the folder.
  public let folder: String
  public private(set) var state: State
  /// What is wrong with a damaged run.
  public private(set) var problem: String?
  /// The model's name, which is that of the folder where the run does not say.
  public private(set) var name: String
  /// The folder's number; nil for one that was named.
  public let number: Int?
  /// When the folder was last written to.
  public let ended: Date?
  public private(set) var data: String?
  public private(set) var task: String?
  public private(set) var version: String?
  public private(set) var seed: UInt64?
  public private(set) var rows: Manifest.Rows?
  public private(set) var parameters: Int?
  public private(set) var epochs: Int?
  public private(set) var bestEpoch: Int?
  public private(set) var stopped: StopReason?
  public private(set) var metrics: RunOutcome.Parts?
  public private(set) var verdict: Verdict?
  /// Of repeated runs, how many there were; their metrics are means.
  public private(set) var repeats: Int?
  public private(set) var seconds: Double?

  /// Reads a folder that `RunSearch` took for a run; nothing in it can make that fail.
  init(_ folder: String) {
    self.folder = folder
    let last = RunSearch.name(of: folder)
    let isPartial = RunSearch.isPartial(last)
    let plain = isPartial ? RunSearch.finalName(last) : last
    number = Int(plain)
    name = number == nil ? plain : RunSearch.name(of: RunSearch.parent(of: folder))
    ended = RunSummary.lastWritten(folder)
    state = isPartial ? .unfinished : .finished
    let files = RunFolder(path: folder)
    do throws(TrainingError) {
      if isPartial {
        if let manifest = try? files.json(Brief.self, RunFile.manifest) { take(manifest) }
      } else if files.has(RunFile.repeats), !files.has(RunFile.manifest) {
        take(try files.json(RepeatsOutcome.self, RunFile.repeats))
      } else {
        try files.checkFormat()
        take(try files.json(Brief.self, RunFile.manifest))
        take(try files.json(Outcome.self, RunFile.result))
        guard files.has(RunFile.weights) else {
          throw files.damaged(RunFile.weights, "it is missing")
        }
      }
      if !isPartial { seconds = try files.json(RunTiming.self, RunFile.timing).timing.total }
    } catch {
      (state, problem) = (.damaged, error.message)
    }
  }

  /// Metrics on the rows that judge the run: those of test, or of validation.
  public var judgingMetrics: [String: Double] { metrics?.test ?? metrics?.validation ?? [:] }

  /// Every effective value of the run's spec, by its path; empty where they cannot be read.
  public func specValues() -> [(path: String, value: String)] {
    let files = RunFolder(path: folder)
    guard let text = try? files.text(RunFile.resolved) else { return [] }
    let compilation = compile(SourceText(name: files.place(RunFile.resolved), text: text))
    return (compilation.resolution?.values ?? []).map { ($0.path, $0.value) }
  }

  /// What a list needs of a manifest.
  private struct Brief: Decodable {
    var version: String
    var name: String
    var seed: UInt64
    var data: Manifest.Source
    var rows: Manifest.Rows
    var task: String
    var parameters: Int
  }

  /// What a list needs of a result.
  private struct Outcome: Decodable {
    var epochs: Int
    var bestEpoch: Int
    var stopped: StopReason
    var metrics: RunOutcome.Parts
    var verdict: Verdict?

    private enum CodingKeys: String, CodingKey {
      case epochs, stopped, metrics, verdict
      case bestEpoch = "best_epoch"
    }
  }

  private mutating func take(_ manifest: Brief) {
    (version, name, seed) = (manifest.version, manifest.name, manifest.seed)
    (data, rows, task) = (manifest.data.path, manifest.rows, manifest.task)
    parameters = manifest.parameters
  }

  private mutating func take(_ outcome: Outcome) {
    (epochs, bestEpoch, stopped) = (outcome.epochs, outcome.bestEpoch, outcome.stopped)
    (metrics, verdict) = (outcome.metrics, outcome.verdict)
    if outcome.stopped == .interrupted { state = .interrupted }
  }

  private mutating func take(_ outcome: RepeatsOutcome) {
    repeats = outcome.runs.count
    (rows, seed, verdict) = (outcome.runs.first?.rows, outcome.seeds.first, outcome.verdict)
    epochs = outcome.runs.map(\.epochs).max()
    let means = outcome.summary.network.mapValues(\.mean)
    metrics = .init(
      validation: outcome.part == "test" ? nil : means, test: outcome.part == "test" ? means : nil)
    if outcome.isInterrupted { state = .interrupted }
  }

  /// When the folder or a file in it was last written.
  private static func lastWritten(_ folder: String) -> Date? {
    let names = [RunFile.timing, RunFile.events, RunFile.metrics, RunFile.manifest, ""]
    for name in names {
      let path = name.isEmpty ? folder : "\(folder)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if let date = attributes?[.modificationDate] as? Date { return date }
    }
    return nil
  }
}
