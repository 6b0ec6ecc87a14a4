/// How long a run took in all its sittings so far.
///
/// It lies beside the state of a run and not in it, because it is different every time.
struct Sittings: Sendable, Codable {
  /// How many there were, the present one included.
  var count = 1
  var seconds = RunTiming.Seconds(read: 0, prepare: 0, train: 0, evaluate: 0, total: 0)
  /// How many rows steps were made from.
  var steppedRows = 0
  /// Seconds spent on steps, without validation.
  var stepSeconds = 0.0

  private enum CodingKeys: String, CodingKey {
    case count, seconds
    case steppedRows = "stepped_rows"
    case stepSeconds = "step_seconds"
  }

  /// With the present sitting, which follows some others or none.
  func following(_ others: Sittings?) -> Sittings {
    guard let others else { return self }
    var sum = self
    sum.count = others.count + 1
    sum.seconds.read += others.seconds.read
    sum.seconds.prepare += others.seconds.prepare
    sum.seconds.train += others.seconds.train
    sum.seconds.evaluate += others.seconds.evaluate
    sum.seconds.total += others.seconds.total
    sum.steppedRows += others.steppedRows
    sum.stepSeconds += others.stepSeconds
    return sum
  }

  /// The same as a run tells it at its end.
  var timing: RunTiming {
    RunTiming(
      timing: seconds, samplesPerSecond: stepSeconds > 0 ? Double(steppedRows) / stepSeconds : 0,
      sittings: count > 1 ? count : nil)
  }
}
