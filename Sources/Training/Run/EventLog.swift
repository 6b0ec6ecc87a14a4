#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import ModelExchange
internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// The TensorBoard event file of a run, written while it trains.
///
/// Steps are epochs. What is written differs between two runs of one spec by its times only, and
/// the file has the same name in every run: no host, no process, no clock.
struct EventLog {
  /// Bytes wait so long for others, because a small network trains hundreds of epochs a second.
  private static let pause = Duration.seconds(1)

  private let path: String
  /// Whether the file has its beginning from an earlier sitting.
  private let isContinued: Bool
  private let hyperparameters: [(name: String, value: EventFile.Parameter)]
  private var file: EventFile
  private var last = ContinuousClock.now
  private var failure: TrainingError?

  /// - Parameter epochs: how many are over, of a run that goes on; what the file says of later
  ///   ones, and a last record that is not whole, is cut off.
  init(_ job: Job, in folder: String, after epochs: Int = 0) {
    path = "\(folder)/\(RunFile.events)"
    hyperparameters = EventLog.hyperparameters(job.compilation)
    let old = (try? readFile(at: path, maximumBytes: 1 << 30)) ?? []
    let kept = epochs > 0 ? EventFile.wholeBytes(of: old, upTo: epochs) : 0
    isContinued = kept > 0
    file = isContinued ? EventFile() : EventFile(wallTime: EventLog.now)
    guard !old.isEmpty else { return }
    do {
      try writeFile(Array(old.prefix(kept)), to: path)
    } catch {
      failure = .unwritable(error)
    }
  }

  /// Takes what an event tells, and writes now and then.
  mutating func take(_ event: RunEvent) {
    switch event {
    case .started:
      guard !isContinued else { return }
      file.append(hyperparameters: hyperparameters, wallTime: EventLog.now)
      write()
    case .epoch(let epoch):
      file.append(EventLog.scalars(epoch), step: epoch.epoch, wallTime: EventLog.now)
      let now = ContinuousClock.now
      guard now - last >= EventLog.pause else { return }
      last = now
      write()
    case .repeated, .step, .measured, .stopped, .finished: break
    }
  }

  /// Writes the scores and the end; throws if the file could not be written, now or before.
  mutating func end(_ outcome: RunOutcome) throws(TrainingError) {
    let parts = [("validation", outcome.metrics.validation), ("test", outcome.metrics.test)]
    let values = parts.flatMap { part, metrics in
      (metrics ?? [:]).sorted { $0.key < $1.key }.map { ("\(part)/\($0.key)", $0.value) }
    }
    file.append(values, step: outcome.epochs, wallTime: EventLog.now)
    file.append(ending: .success, wallTime: EventLog.now)
    write()
    if let failure { throw failure }
  }

  /// Writes what waits; before a checkpoint, so that no epoch is missing from a run that goes on.
  mutating func write() {
    let bytes = file.take()
    guard failure == nil else { return }
    do {
      try appendFile(bytes, to: path)
    } catch {
      failure = .unwritable(error)
    }
  }

  private static func scalars(_ epoch: EpochReport) -> [(tag: String, value: Double)] {
    var scalars = [("loss/training", epoch.trainingLoss)]
    if let loss = epoch.validationLoss { scalars.append(("loss/validation", loss)) }
    for (name, value) in epoch.metrics.sorted(by: { $0.key < $1.key }) {
      scalars.append(("monitor/\(name)", value))
    }
    return scalars + [
      ("learning_rate", epoch.learningRate), ("gradient_norm", epoch.gradientNorm),
    ]
  }

  /// Every value of the model and of training, by its path.
  private static func hyperparameters(
    _ compilation: Compilation
  ) -> [(name: String, value: EventFile.Parameter)] {
    (compilation.resolution?.values ?? [])
      .filter { $0.path.hasPrefix("model.") || $0.path.hasPrefix("training.") }
      .map { ($0.path, parameter($0.value)) }
  }

  private static func parameter(_ text: String) -> EventFile.Parameter {
    if text == "true" || text == "false" { return .flag(text == "true") }
    if let number = Double(text), number.isFinite { return .number(number) }
    return .text(text)
  }

  private static var now: Double { Date().timeIntervalSince1970 }
}
