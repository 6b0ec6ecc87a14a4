import ModelExchange
import SpecSyntax
import Tuning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The trials of a study as TensorBoard's HParams page shows them: a folder for each finished trial
/// with what it tried, its curve, and its values.
struct StudyBoard {
  let settings: StudySettings
  /// One for each of the study's directions.
  let objectives: [String]
  let trials: [Trial]

  /// Writes the folders into a new one.
  func write(to folder: String) throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw Failure(
        "`\(folder)` exists already", hint: "name a folder for TensorBoard that is not there yet")
    }
    let finished = trials.filter { $0.isFinished && !$0.parameters.isEmpty }
    let width = String(finished.last?.number ?? 0).count
    for trial in finished {
      let digits = String(trial.number)
      let name = "trial-" + String(repeating: "0", count: width - digits.count) + digits
      do {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      } catch {
        throw Failure("the folder `\(folder)/\(name)` cannot be made")
      }
      try writeWhole(events(trial), to: "\(folder)/\(name)/events.out.tfevents.plumb")
    }
  }

  private func events(_ trial: Trial) -> [UInt8] {
    let time = Date().timeIntervalSince1970
    var file = EventFile(wallTime: time)
    let parameters = zip(settings.space.dimensions, trial.parameters).compactMap {
      dimension, number in
      number.map { (name: dimension.name, value: parameter(dimension.value(of: $0))) }
    }
    file.append(hyperparameters: parameters, wallTime: time)
    for point in trial.curve where trial.values.count == 1 {
      let value = settings.directions[0].turned(point.value)
      file.append(
        [(tag: "curve/\(objectives[0])", value: value)], step: point.step, wallTime: time)
    }
    let values = zip(objectives, trial.values).enumerated().map { index, value in
      (tag: value.0, value: settings.directions[index].turned(value.1))
    }
    file.append(values, step: trial.curve.last?.step ?? 0, wallTime: time)
    file.append(ending: trial.state == .failed ? .failure : .success, wallTime: time)
    return file.take()
  }

  private func parameter(_ value: JSONValue) -> EventFile.Parameter {
    switch value {
    case .number(let number): .number(number)
    case .integer(let number): .number(Double(number))
    case .bool(let flag): .flag(flag)
    case .string(let text): .text(text)
    case .null, .array, .object: .text(value.text(.line))
    }
  }
}
