import Foundation

/// One contender's figures of one round.
struct Measurement: Sendable {
  /// Rows a second in the training loop alone, as the contender reports it.
  var samplesPerSecond: Double
  /// The whole process.
  var jobSeconds: Double
  var peakBytes: Int
  /// The version that the contender reports.
  var version: String?
}

/// What every contender prints: plumb among much else, the peers alone.
private struct Report: Decodable {
  var training_samples_per_second: Double
  var version: String?
}

extension Contender {
  /// Runs a workload once.
  func measure(_ workload: Workload) throws -> Measurement? {
    guard let command = command(workload) else { return nil }
    let execution = try command.run()
    guard execution.exitCode == 0,
      let report = try? JSONDecoder().decode(Report.self, from: execution.output)
    else {
      let lines = execution.errors.split(separator: "\n").suffix(3).joined(separator: "\n  ")
      throw StartFailure(
        description: "\(name) ended with code \(execution.exitCode)\n  \(lines)")
    }
    return Measurement(
      samplesPerSecond: report.training_samples_per_second, jobSeconds: execution.seconds,
      peakBytes: execution.peakBytes, version: report.version)
  }
}

/// A median with the range it comes from.
struct Spread: Sendable {
  let median: Double
  let least: Double
  let greatest: Double

  /// Of at least one value.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    precondition(!sorted.isEmpty, "a spread needs a value")
    let middle = sorted.count / 2
    median =
      sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    (least, greatest) = (sorted[0], sorted[sorted.count - 1])
  }
}
