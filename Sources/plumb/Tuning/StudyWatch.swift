import SpecSyntax
import Synchronization
import Tuning

/// Who is told how a search goes: people, other programs, or both; from any thread.
final class StudyWatch: Sendable {
  private let contents: Mutex<Contents>

  private struct Contents {
    let mode: ProgressDisplay.Mode
    let look: TerminalLook
    let start = ContinuousClock().now
    var state: StudyState
    var block = ProgressBlock()
    var frames = Pace(every: .milliseconds(100))
    var lines: LogPace
    let events: StudyEvents?

    private var seconds: Double { (ContinuousClock().now - start) / .seconds(1) }

    mutating func draw() {
      let (frame, look) = (StudyFrame(state: state, seconds: seconds), look)
      block.draw { frame.lines(in: $0, look: look) }
    }

    mutating func write() {
      lines.note(state.ended, ContinuousClock().now)
      Console.error(StudyLine(state: state, seconds: seconds).text)
    }
  }

  init(_ mode: ProgressDisplay.Mode, _ state: StudyState, _ events: StudyEvents?) {
    contents = Mutex(
      Contents(
        mode: mode,
        look: TerminalLook(
          isColoured: Console.isProgressColoured, environment: Console.environment),
        state: state, lines: LogPace(ContinuousClock().now), events: events))
  }

  func show(_ event: StudyEvent) {
    contents.withLock { contents in
      let before = contents.state.best?.number
      contents.state.take(event)
      contents.events?.tell(event, contents.state, isBetter: contents.state.best?.number != before)
      switch contents.mode {
      case .none: break
      case .block: if contents.frames.isDue() { contents.draw() }
      case .lines:
        guard case .ended = event, contents.lines.isDue(ContinuousClock().now) else { return }
        contents.write()
      }
    }
  }

  /// Shows the search as it ended, for good.
  func end(_ ending: StudyEnding) {
    contents.withLock { contents in
      contents.state.end(ending)
      contents.events?.tell(ending)
      switch contents.mode {
      case .none: break
      case .block:
        contents.draw()
        contents.block.leave()
      case .lines: if contents.lines.written != contents.state.ended { contents.write() }
      }
    }
  }

  /// Takes the block away, because of a failure.
  func clear() { contents.withLock { $0.block.clear() } }

  /// Shows how many trainings beside the spec as it was are done.
  func compare(_ done: Int, of count: Int) {
    contents.withLock { contents in
      contents.events?.compare(done, of: count)
      let words = "the best spec beside the untuned one: \(done) of \(count) trainings"
      switch contents.mode {
      case .none: break
      case .block:
        guard done < count else { return contents.block.clear() }
        if contents.frames.isDue() { contents.block.draw { _ in ["  " + words] } }
      case .lines: if done == count { Console.error(words) }
      }
    }
  }
}
