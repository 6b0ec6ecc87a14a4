/// What trying the rules' advice on real tables showed; written by `plumb-evidence --write`.
enum RuleRecords {
  static let date = ""
  static let command = ""
  static let words = ""

  /// By code.
  static let all: [String: RuleRecord] = [:]
}
