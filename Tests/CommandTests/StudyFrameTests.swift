import SpecSyntax
import Testing
import Training
import Tuning

@testable import plumb

@Suite("the picture of a search")
struct StudyFrameTests {
  private static let space = Space([
    Dimension("model.hidden_layers[0]", .integer(low: 4, high: 64, step: 1, isLogarithmic: true)),
    Dimension(
      "training.learning_rate.start", .real(low: 1e-4, high: 0.1, step: nil, isLogarithmic: true)),
    Dimension("training.batch_size", .choice([16, 32])),
  ])

  private static func state(_ ended: Int, ending: StudyEnding? = nil) -> StudyState {
    let objective = StudyPlan.Objective(.score(.metric("accuracy")), .maximize)
    var state = StudyState(StudyPlan(objectives: [objective], trials: 50), space)
    for number in 0..<(ended + 2) {
      var trial = Trial(number: number, state: .running, parameters: [16, 0.01, 1])
      state.take(.began(trial))
      state.take(.point(.init(step: 7, value: -0.5), of: number))
      guard number < ended else { continue }
      (trial.state, trial.values) = (number % 4 == 3 ? .pruned : .complete, [-0.5 - 0.009 * Double(number)])
      state.take(.ended(trial, TrialNotes()))
    }
    if let ending { state.end(ending) }
    return state
  }

  private func lines(_ state: StudyState, _ columns: Int, _ rows: Int) -> [String] {
    StudyFrame(state: state, seconds: 10)
      .lines(in: TerminalSize(columns: columns, rows: rows), look: TerminalLook(.unicode))
  }

  @Test("no line reaches the last column and the block leaves a row, whatever the size")
  func fits() {
    for state in [Self.state(0), Self.state(1), Self.state(30), Self.state(50, ending: .trials)] {
      for columns in 1...130 {
        for rows in [1, 2, 3, 5, 8, 12, 24, 60] {
          let lines = lines(state, columns, rows)
          #expect(lines.allSatisfy { $0.count < max(2, columns) }, "\(columns) × \(rows)")
          #expect(lines.count <= max(1, rows - 1), "\(columns) × \(rows)")
        }
      }
    }
  }

  @Test("it tells how far the search is, the best trial, those underway, and the curve")
  func whole() {
    let text = lines(Self.state(30), 110, 40).joined(separator: "\n")
    for part in [
      "trial 30/50", "10 s", "at most 6.6 s left", "3 trials/s", "23 complete", "7 pruned",
      "best validation.accuracy 0.761  trial 29", "hidden_layers[0] 16  learning_rate 0.01  batch_size 32",
      "trial 30  epoch 7  0.5", "trial 31", "  best",
    ] { #expect(text.contains(part), "\(part) in\n\(text)") }
    let done = lines(Self.state(50, ending: .trials), 110, 40).joined(separator: "\n")
    #expect(done.contains("done in 10 s") && !done.contains("epoch 7"))
  }

  @Test("a line of a log says the same")
  func line() {
    let text = StudyLine(state: Self.state(30), seconds: 10).text
    #expect(
      text
        == "trial 30/50  best 0.761 (trial 29)  7 pruned  3 trials/s  at most 6.6 s left")
  }
}
