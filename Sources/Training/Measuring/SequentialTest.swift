internal import SpecCompiler

/// Judges several pieces of advice while pairs come in, at looks that are fixed before.
///
/// Looking often finds something by chance, so each look spends a part of the risk of 5 % that is
/// allowed, and the last takes what is left. The risk is shared by all pieces of advice, and that
/// of one whose difference was told goes to the others, as in Holm's procedure. So the intervals of
/// all pieces and looks hold together with a probability of 95 %.
struct SequentialTest {
  /// A verdict takes at least ten pairs; beyond fifty, rows that trainings share keep the interval
  /// from getting narrower.
  static let looks: [(pairs: Int, risk: Double)] = [(10, 0.01), (20, 0.015), (50, 0.025)]
  static let risk = 0.05
  static var leastPairs: Int { looks[0].pairs }
  static var mostPairs: Int { looks[looks.count - 1].pairs }

  /// What is known of one piece of advice.
  struct State {
    var finding: MeasuredVerdict.Finding?
    /// Half the width of the interval at the last look; nil of fewer than two pairs.
    var halfWidth: Double?
    var difference: CorrectedDifference?
  }

  private(set) var states: [State]
  private var spent = 0.0
  /// How many differences were told, whose risk went to the others.
  private var told = 0

  /// - Parameter count: how many pieces of advice share the risk.
  init(count: Int) { states = Array(repeating: State(), count: count) }

  /// Whether there was no look so far.
  var isUntouched: Bool { spent == 0 }

  /// Looks at the differences of each piece that is open.
  ///
  /// - Parameters:
  ///   - differences: of each piece; nil or empty for one that is not looked at.
  ///   - risk: what this look spends; nil for all that is left.
  mutating func look(
    at differences: [[Double]?], overlap: Double, margin: Double, _ direction: Metric.Direction,
    risk: Double?
  ) {
    let risk = risk ?? Self.risk - spent
    spent += risk
    for index in states.indices where states[index].finding == nil {
      guard let values = differences[index], !values.isEmpty else { continue }
      states[index].difference = CorrectedDifference(values, overlap: overlap)
    }
    var isSettled = false
    while !isSettled {
      isSettled = true
      // A risk that was freed may let another difference be told.
      let share = risk / Double(max(1, states.count - told))
      for index in states.indices where states[index].finding == nil {
        guard differences[index] != nil, let difference = states[index].difference else { continue }
        states[index].halfWidth = difference.halfWidth(missing: share)
        guard difference.count >= Self.leastPairs else { continue }
        let finding = difference.finding(
          risk: share, equivalenceRisk: risk, margin: margin, direction)
        states[index].finding = finding
        guard finding == .helps || finding == .harms else { continue }
        told += 1
        isSettled = false
      }
    }
  }
}
