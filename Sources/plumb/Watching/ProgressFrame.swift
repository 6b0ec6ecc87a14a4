import Training

/// The picture of a training at one moment, in lines that fit a terminal.
///
/// What does not fit is left out, the least important first; nothing is ever wider than the
/// terminal, whose last column stays empty.
struct ProgressFrame {
  let state: ProgressState
  /// Since training began.
  let seconds: Double

  private typealias Part = FittedLine.Part

  func lines(in size: TerminalSize, look: TerminalLook) -> [String] {
    let width = size.frameWidth
    var lines = [heading(width, look)]
    lines += [losses, speeds].map { FittedLine($0).text(width, look) }.filter { !$0.isEmpty }
    let plot = LossPlot(training: state.training, validation: state.validation)
    // A terminal of few rows keeps what was on it before.
    let rows = min(Self.plotRows, size.rows / 2 - lines.count)
    lines += plot.lines(columns: width, rows: rows, look: look)
    return size.framed(lines)
  }

  private static let plotRows = 4

  private func heading(_ width: Int, _ look: TerminalLook) -> String {
    let epochs = state.start?.epochs ?? 0
    let count = "\(padded(state.epoch, like: epochs))/\(epochs)"
    var parts = [
      Part(
        "epoch \(count)", rank: 0,
        shorter: [count, "\(state.epoch)/\(epochs)", "\(Int(state.share * 100)) %"])
    ]
    if let place = state.place {
      parts.insert(Part("run \(place.number)/\(place.runCount)", rank: 1), at: 0)
    }
    return FittedLine.heading(parts, share: state.share, times, width, look)
  }

  private var times: [Part] {
    let spent = timeText(seconds)
    switch state.stopped {
    case .finished: return [Part("done in \(spent)", rank: 2)]
    case .earlyStopping: return [Part("stopped early after \(spent)", rank: 2)]
    case .interrupted: return [Part("interrupted after \(spent)", rank: 2)]
    case nil: break
    }
    let bound = state.start?.mayStopEarly == true ? "at most " : ""
    return Part.times(spent, bound, left: state.secondsLeft(after: seconds))
  }

  private var losses: [Part] {
    guard let last = state.last else { return [] }
    var parts: [Part] = []
    func loss(_ name: String, _ value: Double, rank: Int, _ ink: TerminalLook.Ink) -> Part {
      let value = steadyFigure(value)
      return Part(
        "\(name) loss \(value)", rank: rank, ink: ink, shorter: ["loss \(value)", value])
    }
    let hasValidation = last.validationLoss != nil
    parts.append(loss("training", last.trainingLoss, rank: hasValidation ? 2 : 0, .training))
    if let value = last.validationLoss {
      parts.append(loss("validation", value, rank: 0, .validation))
    }
    if let metric = state.metric {
      parts.append(Part("\(metric.name) \(steadyFigure(metric.value))", rank: 1))
    }
    if let best = state.best { parts.append(Part("best epoch \(best.epoch)", rank: 3)) }
    return parts
  }

  private var speeds: [Part] {
    guard let last = state.last else { return [] }
    var parts = [Part("rate \(figure(last.learningRate))", rank: 0, ink: .secondary)]
    if let speed = state.samplesPerSecond(after: seconds) {
      parts.append(Part("\(roundedSpeed(speed)) samples/s", rank: 1, ink: .secondary))
    }
    parts.append(Part("gradient \(steadyFigure(last.gradientNorm))", rank: 2, ink: .secondary))
    return parts
  }
}

/// The same as lines of a log: no colour, nothing redrawn.
struct ProgressLine {
  let state: ProgressState
  let seconds: Double

  /// The last epoch that is over; nil before the first.
  var text: String? {
    guard let last = state.last, let start = state.start else { return nil }
    var parts = ["epoch \(padded(last.epoch, like: start.epochs))/\(start.epochs)"]
    parts.append("loss \(figure(last.trainingLoss))")
    if let loss = last.validationLoss { parts.append("validation \(figure(loss))") }
    for (name, value) in last.metrics.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) \(figure(value))")
    }
    parts.append("rate \(figure(last.learningRate))")
    if let best = state.best, last.epoch != best.epoch { parts.append("best \(best.epoch)") }
    if let left = state.secondsLeft(after: seconds), left >= 1 {
      parts.append("\(start.mayStopEarly ? "at most " : "")\(timeText(left)) left")
    }
    return parts.joined(separator: "  ")
  }

  /// Where the epoch that is going on has come to, for epochs that take long.
  var stepText: String? {
    guard let start = state.start, start.stepsPerEpoch > 0 else { return nil }
    let step = state.step - (state.epoch - 1) * start.stepsPerEpoch
    let left = state.secondsLeft(after: seconds).map { "  \(timeText($0)) left at most" } ?? ""
    return "epoch \(padded(state.epoch, like: start.epochs))/\(start.epochs)  "
      + "step \(step) of \(start.stepsPerEpoch)\(left)"
  }
}
