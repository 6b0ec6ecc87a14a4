/// What the perturbations of a plan may depend on.
struct TableSize: Sendable {
  var isClasses: Bool
  /// Rows that train.
  var rows: Int
  var inputs: Int
  var outputs: Int
}

/// The measure that a rule is about, in which regret is counted.
enum Measure: String, Sendable, Codable, CaseIterable {
  /// Brier's score of classes, in which a single sure mistake cannot outweigh a table as it does in
  /// log loss, and R² of numbers.
  case usual
  /// The mean absolute error, for rules about losses that aim at the median.
  case absolute

  /// The score, more of it better; nil of a run that failed.
  func score(_ scores: [String: Double], isClasses: Bool) -> Double? {
    switch self {
    case .usual: isClasses ? scores["brier"].map { -$0 } : scores["r2"]
    case .absolute: scores["mae"].map { -$0 }
    }
  }

  /// The raw figure that is told beside regret: accuracy, R², or the mean absolute error.
  func raw(_ scores: [String: Double], isClasses: Bool) -> Double? {
    switch self {
    case .usual: scores[isClasses ? "accuracy" : "r2"]
    case .absolute: scores["mae"]
    }
  }
}

/// One way to make a rule fire on a good spec.
struct PlannedCase: Sendable {
  /// Which level of the dial it is, in a few words.
  var name: String
  /// What is perturbed; nil where the case is not for such a table.
  var settings: @Sendable (TableSize) -> [(path: String, text: String)]?

  init(_ name: String, _ settings: [(String, String)]) {
    self.name = name
    self.settings = { _ in settings.map { (path: $0.0, text: $0.1) } }
  }

  init(_ name: String, where settings: @escaping @Sendable (TableSize) -> [(String, String)]?) {
    self.name = name
    self.settings = { size in settings(size)?.map { (path: $0.0, text: $0.1) } }
  }
}

/// A rule whose advice is tried, with the cases that make it fire.
struct PlannedRule: Sendable {
  var code: String
  var measure: Measure
  var cases: [PlannedCase]

  init(_ code: String, _ measure: Measure, _ cases: [PlannedCase]) {
    (self.code, self.measure, self.cases) = (code, measure, cases)
  }

  init(_ code: String, _ cases: [PlannedCase]) { self.init(code, .usual, cases) }

  /// The group in which chance findings are corrected for: the letter of the code.
  var group: String { String(code.prefix(1)) }
}

/// The rules that are tried; the list is fixed before a run.
enum Plan {
  static let rules = sizing + batch + losses + rates + stopping

  static func rule(_ code: String) -> PlannedRule? { rules.first { $0.code == code } }

  /// Only in regression.
  static func numbers(_ name: String, _ settings: [(String, String)]) -> PlannedCase {
    PlannedCase(name) { $0.isClasses ? nil : settings }
  }

  /// Only with classes.
  static func classes(_ name: String, _ settings: [(String, String)]) -> PlannedCase {
    PlannedCase(name) { $0.isClasses ? settings : nil }
  }
}
