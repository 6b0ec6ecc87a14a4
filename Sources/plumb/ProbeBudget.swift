import SpecCompiler
import Training

/// How long a probe may train.
struct ProbeBudget {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  /// Reads `10s`, `2m` or a number of seconds; nil for what is none or lies outside 1 s to 1 h.
  init?(_ text: String) {
    let unit = text.last.map { $0 == "m" ? 60.0 : 1.0 } ?? 1
    let digits = text.last == "s" || text.last == "m" ? String(text.dropLast()) : text
    guard let number = Double(digits), number * unit >= 1, number * unit <= 3600 else { return nil }
    seconds = number * unit
  }

  /// Measures, telling on standard error what is going on.
  func measure(
    _ compilation: Compilation, against earlier: Compilation?
  ) throws -> ProbeResult {
    Interruption.listen()
    do throws(TrainingError) {
      return try Training.probe(
        compilation, against: earlier, seconds: seconds, shouldStop: { Interruption.isRequested },
        report: { Console.error("probe: \($0)") })
    } catch {
      throw Failure(error)
    }
  }
}
