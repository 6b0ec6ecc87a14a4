import Tuning

/// The picture of a search at one moment, in lines that fit a terminal.
struct StudyFrame {
  let state: StudyState
  /// Of this sitting.
  let seconds: Double

  private typealias Part = FittedLine.Part

  func lines(in size: TerminalSize, look: TerminalLook) -> [String] {
    let width = size.frameWidth
    var lines = [heading(width, look)]
    lines += [counts, best].map { FittedLine($0).text(width, look) }.filter { !$0.isEmpty }
    // A terminal of few rows keeps what was on it before.
    let room = size.rows / 2 - lines.count
    let rows = min(Self.plotRows, room)
    let plot = LossPlot([.init(name: "best", ink: .validation, curve: state.curve)])
      .lines(columns: width, rows: rows, look: look)
    lines += running(width, min(Self.runningRows, room - plot.count), look) + plot
    return size.framed(lines)
  }

  private static let plotRows = 4
  private static let runningRows = 8

  private func heading(_ width: Int, _ look: TerminalLook) -> String {
    let trials = state.plan.trials
    let count = "\(padded(state.ended, like: trials))/\(trials)"
    let parts = [Part("trial \(count)", rank: 0, shorter: [count, "\(state.ended)/\(trials)"])]
    let share = trials > 0 ? min(1, Double(state.ended) / Double(trials)) : 1
    return FittedLine.heading(parts, share: share, times, width, look)
  }

  private var times: [Part] {
    let spent = timeText(seconds)
    switch state.ending {
    case .trials: return [Part("done in \(spent)", rank: 2)]
    case .exhausted: return [Part("all tried in \(spent)", rank: 2)]
    case .patience: return [Part("no progress any more after \(spent)", rank: 2)]
    case .time: return [Part("time is over after \(spent)", rank: 2)]
    case .interrupted: return [Part("interrupted after \(spent)", rank: 2)]
    case nil: break
    }
    return Part.times(spent, "at most ", left: state.secondsLeft(after: seconds))
  }

  private var counts: [Part] {
    guard state.ended > 0 else { return [] }
    var parts: [Part] = []
    if let speed = state.speed(after: seconds) {
      parts.append(Part("\(roundedSpeed(speed)) trials/s", rank: 1, ink: .secondary))
    }
    for (count, word, rank) in [
      (state.complete, "complete", 2), (state.pruned, "pruned", 3),
      (state.infeasible, "beyond limits", 4), (state.failed, "failed", 0),
    ] where count > 0 {
      parts.append(Part("\(count) \(word)", rank: rank, ink: .secondary))
    }
    return parts
  }

  private var best: [Part] {
    guard let trial = state.best, let value = trial.value else { return [] }
    let name = state.plan.objectives[0].name
    let shown = state.shown(value)
    return [
      Part("best \(name) \(shown)", rank: 0, ink: .validation, shorter: ["best \(shown)", shown]),
      Part("trial \(trial.number)", rank: 1),
    ] + values(trial)
  }

  /// What a trial tries; what comes first in the space is left out last.
  private func values(_ trial: Trial) -> [Part] {
    state.words(trial.parameters).enumerated().map {
      Part($0.element, rank: 2 + $0.offset, ink: .secondary)
    }
  }

  /// A line for each trial that is being trained, those that wait longest first.
  private func running(_ width: Int, _ rows: Int, _ look: TerminalLook) -> [String] {
    let trials = state.running.values.sorted { $0.trial.number < $1.trial.number }
    guard rows > 0, state.ending == nil else { return [] }
    let step = state.plan.runsPerTrial > 1 ? "run" : "epoch"
    return trials.prefix(rows).map { running in
      let last = running.last.map { "\(step) \($0.step)  \(state.shown($0.value))" }
      let parts = [
        Part("trial \(running.trial.number)", rank: 0, ink: .secondary),
        Part(last ?? "begins", rank: 1),
      ]
      return FittedLine(parts + values(running.trial)).text(width, look)
    }
  }
}

/// The same as lines of a log.
struct StudyLine {
  let state: StudyState
  let seconds: Double

  /// How far the search is.
  var text: String {
    let trials = state.plan.trials
    var parts = ["trial \(padded(state.ended, like: trials))/\(trials)"]
    if let best = state.best, let value = best.value {
      parts.append("best \(state.shown(value)) (trial \(best.number))")
    }
    if state.pruned > 0 { parts.append("\(state.pruned) pruned") }
    if state.infeasible > 0 { parts.append("\(state.infeasible) beyond limits") }
    if state.failed > 0 { parts.append("\(state.failed) failed") }
    if let speed = state.speed(after: seconds) { parts.append("\(roundedSpeed(speed)) trials/s") }
    if let left = state.secondsLeft(after: seconds), left >= 1 {
      parts.append("at most \(timeText(left)) left")
    }
    return parts.joined(separator: "  ")
  }
}
