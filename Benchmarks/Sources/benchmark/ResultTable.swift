import Foundation

/// Results as tables of markdown.
enum ResultTable {
  /// All contenders of one workload.
  static func details(_ results: Results) -> String {
    let workload = results.workload
    var lines = [
      "### \(workload.name.uppercased()): \(workload.title)", "",
      "| contender | samples/s | min–max | plumb is faster by | whole job s | peak MB |",
      "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for contender in results.measured {
      let (name, speed) = (contender.name, results.speed(contender.name))
      let job = results.job(name)
      lines.append(
        "| \(name) | \(rate(speed.median)) | \(rate(speed.least))–\(rate(speed.greatest))"
          + " | \(results.ratio(to: name).map(times) ?? "")"
          + " | \(digits(job.median)) (\(digits(job.least))–\(digits(job.greatest)))"
          + " | \(Int(results.peak(name).median / 1e6)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line per workload: the ratios that count, and the goal.
  static func summary(_ all: [Results]) -> String {
    var lines = [
      "### Summary", "",
      "| workload | plumb samples/s | best ordinary peer | ratio | jax by hand | goal |",
      "| --- | ---: | --- | ---: | ---: | --- |",
    ]
    for results in all where results.measurements["plumb"] != nil {
      let best = results.bestOrdinary
      let ordinary = best.flatMap { results.ratio(to: $0.name) }
      let expert = results.ratio(to: "jax")
      let goal = results.workload.goal
      let reached = goal.against == "ordinary" ? ordinary : results.ratio(to: goal.against)
      let verdict = reached.map { $0.median >= goal.ratio ? ", reached" : ", missed" } ?? ""
      lines.append(
        "| \(results.workload.name.uppercased()) | \(rate(results.speed("plumb").median))"
          + " | \(best?.name ?? "") | \(ordinary.map(times) ?? "") | \(expert.map(times) ?? "")"
          + " | \(digits(goal.ratio))× \(goal.against)\(verdict)\(jobVerdict(results)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func jobVerdict(_ results: Results) -> String {
    guard let goal = results.workload.jobGoalSeconds else { return "" }
    let median = results.job("plumb").median
    return "; job ≤ \(Int(goal * 1000)) ms: \(digits(median * 1000)) ms, "
      + (median <= goal ? "reached" : "missed")
  }

  private static func times(_ spread: Spread) -> String {
    "\(digits(spread.median))× (\(digits(spread.least))–\(digits(spread.greatest)))"
  }

  /// A number of samples a second, with as many digits as are worth reading.
  private static func rate(_ value: Double) -> String {
    switch value {
    case 1e6...: "\(digits(value / 1e6))M"
    case 1e4...: "\(digits(value / 1e3))k"
    default: "\(Int(value))"
    }
  }

  /// Three digits.
  private static func digits(_ value: Double) -> String {
    switch abs(value) {
    case 99.95...: String(format: "%.0f", value)
    case 9.995...: String(format: "%.1f", value)
    default: String(format: "%.2f", value)
    }
  }
}
