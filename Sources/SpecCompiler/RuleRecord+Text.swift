import SpecSyntax

extension RuleRecord {
  /// The record in sentences, for explanations.
  var text: String {
    var sentences = [effectWords]
    if let change {
      let isShare = measure == Self.absolute
      let amount = isShare ? Self.signed(100 * change, 1) + " %" : Self.signed(change)
      let times = time.map { ", of training time \(Self.signed(100 * ($0 - 1), 0)) %" } ?? ""
      sentences.append("Median change of the \(measure) \(amount)\(times).")
    }
    if !losers.isEmpty {
      sentences.append("It clearly loses on \(losers.joined(separator: ", ")).")
    }
    if let natural { sentences.append(Self.words(natural)) }
    sentences.append(
      """
      Gain is the regret without the advice less that with it; regret is 0 for the best of a \
      random search, 1 for the constant answer. \(RuleRecords.date), \(RuleRecords.words); \
      `\(RuleRecords.command)`.
      """)
    return sentences.joined(separator: " ")
  }

  private var effectWords: String {
    let title = finding.title.prefix(1).uppercased() + finding.title.dropFirst()
    guard let effect else {
      return "\(title): the planned perturbations made it speak on no table that tells anything."
    }
    let lost = losses == 1 ? "1 loss" : "\(losses) losses"
    let random = placebo.map { "; the same keys at random \(Self.signed($0))" } ?? ""
    return """
      \(title): median gain \(Self.signed(effect.median)) (\(Self.signed(effect.low)) to \
      \(Self.signed(effect.high))) on \(counted(tables, "table")), \(counted(seeds, "seed")) each, \
      where good specs were spoilt until it spoke; \(counted(wins, "win")), \
      \(counted(ties, "tie")), \(lost)\(random).
      """
  }

  /// The record in a line: "helps, +0.120 (+0.050 to +0.210) on 12 tables".
  public var summary: String {
    guard let effect else { return "\(finding.title), on no table" }
    return "\(finding.title), \(Self.signed(effect.median)) (\(Self.signed(effect.low)) to "
      + "\(Self.signed(effect.high))) on \(counted(tables, "table"))"
  }

  /// What the record says about the level, where it changes it.
  func levelWords(declared: Level) -> String? {
    if isOff { return "off unless asked for, because its advice harmed when it was tried" }
    guard let greatestLevel, declared > greatestLevel, declared != .error else { return nil }
    switch finding {
    case .mixed: return "no \(declared.rawValue), because its advice clearly harmed on some tables"
    case .helps: return "no \(declared.rawValue), because its advice helped spoilt specs alone"
    case .noDifference, .harms, .notEnough:
      return "no \(declared.rawValue), because its advice made no difference when it was tried"
    }
  }

  /// The measure whose change is a share of it.
  static let absolute = "mean absolute error"

  private static func words(_ natural: Natural) -> String {
    let drawn = counted(natural.drawn, "spec")
    let asked = "Of \(drawn) drawn at random it spoke about \(natural.fired)"
    guard let effect = natural.effect else { return asked + "." }
    return
      """
      \(asked), on \(counted(natural.tables, "table")): \(natural.finding.title), \
      \(signed(effect.median)) (\(signed(effect.low)) to \(signed(effect.high))).
      """
  }

  /// A number with its sign and so many places; 0 has none.
  private static func signed(_ value: Double, _ places: Int = 3) -> String {
    let text = decimalText(abs(value), places)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return isZero ? "0" : (value < 0 ? "−" : "+") + text
  }
}
