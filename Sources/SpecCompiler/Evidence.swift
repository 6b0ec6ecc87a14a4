/// How well a piece of advice is founded.
public enum Evidence: String, Sendable, CaseIterable, Codable {
  /// Repeated by many, tested by few; such a rule never speaks louder than advice.
  case folklore
  /// An argument or a derivation.
  case textbook
  /// An experiment designed for the question.
  case controlled
  /// Arithmetic, or the way the program works.
  case mechanical

  /// The class in one sentence, for explanations.
  public var meaning: String {
    switch self {
    case .folklore: "a rule of thumb: often repeated, rarely tested"
    case .textbook: "an argument or a derivation, not an experiment"
    case .controlled: "an experiment designed for the question"
    case .mechanical: "follows from arithmetic or from how the program works"
    }
  }
}
