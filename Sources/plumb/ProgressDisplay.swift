import Training

/// Shows how training goes: one line redrawn on a terminal, a line for each epoch elsewhere.
final class ProgressDisplay {
  private let isQuiet: Bool
  private let isTerminal = Console.showsProgress
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?
  private var epochs = 0
  private var isLineOpen = false
  /// Whether this run is one of several, whose epochs would fill a file.
  private var isRepeated = false
  private var isDescribed = false

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    start = clock.now
  }

  func show(_ event: RunEvent) {
    guard !isQuiet else { return }
    switch event {
    case .repeated(let place):
      end()
      isRepeated = true
      Console.error("run \(place.number) of \(place.runCount): \(place.words)")
    case .started(let run):
      epochs = run.epochs
      start = clock.now
      // Of many runs, the first says what all of them are like.
      guard !isRepeated || !isDescribed else { return }
      isDescribed = true
      Console.error(
        """
        training \(run.name): \(run.parameters) parameters, \(run.trainRows) rows \
        (\(run.validationRows) validate, \(run.testRows) test)
        at most \(run.epochs) epochs of \(run.stepsPerEpoch) steps
        """)
    case .epoch(let epoch):
      show(epoch)
    case .stopped, .finished:
      break
    }
  }

  /// Ends the line that is being redrawn.
  func end() {
    guard isLineOpen else { return }
    Console.progress("\r\u{1B}[K")
    isLineOpen = false
  }

  private func show(_ epoch: EpochReport) {
    guard isTerminal else {
      if !isRepeated { Console.error(line(epoch)) }
      return
    }
    // More often than the eye can follow, drawing would cost more than training.
    if let last = lastDrawn, clock.now - last < .milliseconds(50), epoch.epoch < epochs { return }
    lastDrawn = clock.now
    isLineOpen = true
    Console.progress("\r\(bar(epoch.epoch)) \(line(epoch))\(timeLeft(epoch.epoch))\u{1B}[K")
  }

  private func line(_ epoch: EpochReport) -> String {
    let width = String(epochs).count
    var parts = ["epoch \(padded(epoch.epoch, width))/\(epochs)"]
    parts.append("loss \(figure(epoch.trainingLoss))")
    if let loss = epoch.validationLoss { parts.append("validation \(figure(loss))") }
    for (name, value) in epoch.metrics.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) \(figure(value))")
    }
    parts.append("rate \(figure(epoch.learningRate))")
    return parts.joined(separator: "  ") + (epoch.isBest && !isTerminal ? "  best" : "")
  }

  private func bar(_ epoch: Int) -> String {
    let filled = epochs == 0 ? 0 : 20 * epoch / epochs
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: "-", count: 20 - filled) + "]"
  }

  private func timeLeft(_ epoch: Int) -> String {
    let spent = (clock.now - start) / .seconds(1)
    let left = spent / Double(epoch) * Double(epochs - epoch)
    return left < 1 ? "" : "  at most \(Int(left.rounded())) s left"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

/// A number in four significant digits.
func figure(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return "\(value)" }
  var (scale, size) = (1.0, abs(value))
  guard size >= 1e-6, size < 1e9 else { return "\(Float(value))" }
  while size < 1000 { (size, scale) = (size * 10, scale * 10) }
  let text = "\((value * scale).rounded() / scale)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
