import SpecSyntax
import Training

/// Shows how training goes: a block redrawn in place on a terminal, now and then a line elsewhere.
final class ProgressDisplay {
  /// Where progress goes.
  enum Mode: Sendable {
    case none, lines, block

    /// As the streams and `--quiet` want it; a program that reads events wants none in logs.
    static func usual(isQuiet: Bool, streams: Bool) -> Mode {
      guard !isQuiet else { return .none }
      guard streams else { return Console.showsProgress ? .block : .lines }
      return Console.showsProgress && !Console.isOutputTerminal ? .block : .none
    }
  }

  private let mode: Mode
  private let look: TerminalLook
  private let clock = ContinuousClock()
  private var state = ProgressState()
  private var start: ContinuousClock.Instant
  private var block = ProgressBlock()
  private var isDescribed = false
  private var frames = Pace(every: .milliseconds(100))
  private var lines: LogPace
  /// When the metric may be measured again, and when the measurement that is going on began.
  private var nextMetric: ContinuousClock.Instant
  private var metricStart: ContinuousClock.Instant?

  init(_ mode: Mode) {
    self.mode = mode
    start = clock.now
    (nextMetric, lines) = (start, LogPace(start))
    look = TerminalLook(
      isColoured: Console.isProgressColoured, environment: Console.environment)
  }

  /// Progress as the streams and `--quiet` want it.
  static func usual(isQuiet: Bool, streams: Bool) -> ProgressDisplay {
    ProgressDisplay(.usual(isQuiet: isQuiet, streams: streams))
  }

  /// Whether the metric is to be measured after this epoch, which may take a hundredth of the time.
  func wantsMetric() -> Bool {
    guard mode == .block else { return false }
    let now = clock.now
    guard now >= nextMetric else { return false }
    metricStart = now
    return true
  }

  func show(_ event: RunEvent) {
    guard mode != .none else { return }
    if case .step = event {
      // There are very many: one that is not shown is not even noted.
      guard frames.isDue(clock) else { return }
      state.take(event)
      return redraw()
    }
    state.take(event)
    switch event {
    case .repeated(let place):
      guard mode == .lines else { return }
      Console.error("run \(place.number) of \(place.runCount): \(place.words)")
    case .started(let run):
      start = clock.now
      (nextMetric, lines) = (start, LogPace(start))
      describe(run)
    case .step: break
    case .measured:
      guard let metricStart else { return }
      let now = clock.now
      nextMetric = now + max(.milliseconds(500), (now - metricStart) * 100)
    case .epoch:
      if mode == .block, frames.isDue(clock) { draw() }
      if mode == .lines, state.place == nil, lines.isDue(clock.now) { write() }
    case .stopped:
      if mode == .block { draw() }
      if mode == .lines, state.place == nil { write() }
    case .finished: break
    }
  }

  /// Leaves the block where it is, as a picture of the whole training, and goes on below it.
  func leave() { block.leave() }

  /// Takes the block away.
  func clear() { block.clear() }

  /// Of many runs, the first says what all of them are like.
  private func describe(_ run: RunStart) {
    guard !isDescribed else { return }
    isDescribed = true
    clear()
    let over = run.stepsDone / max(1, run.stepsPerEpoch)
    let done = over > 0 ? ", of which \(over) are over" : ""
    Console.error(
      """
      training \(escapedForTerminal(run.name)): \(run.parameters) parameters, \
      \(run.trainRows) rows (\(run.validationRows) validate, \(run.testRows) test)
      at most \(run.epochs) epochs of \(run.stepsPerEpoch) steps\(done)
      """)
  }

  private func redraw() {
    switch mode {
    case .none: break
    case .block: draw()
    case .lines:
      // An epoch that takes minutes is not silent.
      guard state.place == nil, lines.isLate(clock.now) else { return }
      if let text = ProgressLine(state: state, seconds: seconds).stepText { Console.error(text) }
    }
  }

  private func draw() {
    block.draw { size in
      ProgressFrame(state: state, seconds: seconds).lines(in: size, look: look)
    }
  }

  /// Writes the line of the last epoch, once.
  private func write() {
    guard let last = state.last, lines.written != last.epoch else { return }
    lines.note(last.epoch, clock.now)
    if let text = ProgressLine(state: state, seconds: seconds).text { Console.error(text) }
  }

  private var seconds: Double { (clock.now - start) / .seconds(1) }
}
