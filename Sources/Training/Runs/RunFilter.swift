/// Conditions on runs, such as `accuracy > 0.9 and data ~ penguins`.
///
/// ```text
/// filter    = condition { "and" condition }
/// condition = field ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) value
/// value     = "text" | 'text' | anything without blanks
/// ```
///
/// `~` is "contains". A run that does not have the field does not meet the condition.
public struct RunFilter: Sendable, Hashable {
  public enum Comparison: String, Sendable, CaseIterable {
    case equal = "="
    case different = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contains = "~"

    var orders: Bool {
      switch self {
      case .less, .lessOrEqual, .greater, .greaterOrEqual: true
      case .equal, .different, .contains: false
      }
    }
  }

  /// Why a text is no filter, and where.
  public struct Problem: Error, Sendable, Hashable {
    public var message: String
    public var text: String
    /// The characters at fault.
    public var range: Range<Int>
    public var hint: String?

    /// The text with its fault underlined, in two lines.
    public var excerpt: String {
      let marks = String(repeating: "^", count: max(1, range.count))
      return "  \(text)\n  \(String(repeating: " ", count: range.lowerBound))\(marks)"
    }
  }

  public struct Condition: Sendable, Hashable {
    public var field: String
    public var comparison: Comparison
    public var value: String
    var fieldRange: Range<Int>
    var comparisonRange: Range<Int>
    var valueRange: Range<Int>
  }

  public let text: String
  public let conditions: [Condition]

  public init(_ text: String) throws(Problem) {
    self.text = text
    var reader = Reader(text)
    var conditions = [try reader.condition()]
    while try reader.hasMore() { conditions.append(try reader.condition()) }
    self.conditions = conditions
  }

  /// Whether the values of the spec are needed.
  public var asksForSpec: Bool { conditions.contains { RunField.isPath($0.field) } }

  /// Throws where a field is none of these runs', or is not compared as its kind allows.
  public func check(_ runs: [RunSummary]) throws(Problem) {
    let names = RunField.names(in: runs)
    for condition in conditions {
      let name = condition.field
      let metric = name.split(separator: ".").last.map(String.init) ?? name
      let isPart = name.hasPrefix("test.") || name.hasPrefix("validation.")
      guard RunField.isPath(name) || names.contains(isPart ? metric : name) else {
        // Without runs nobody knows what metrics there are.
        if runs.isEmpty { continue }
        throw Problem(
          message: "no run has the field `\(name)`", text: text, range: condition.fieldRange,
          hint: RunField.hint(name, among: names))
      }
      if RunField.texts.contains(name), condition.comparison.orders {
        throw Problem(
          message: "`\(name)` is a text, which is neither less nor greater", text: text,
          range: condition.comparisonRange, hint: "compare it with `=`, `!=` or `~`")
      }
      let isNumber = !RunField.texts.contains(name) && !RunField.isPath(name)
      let wantsNumber = isNumber || condition.comparison.orders
      if wantsNumber, condition.comparison != .contains, Double(condition.value) == nil {
        throw Problem(
          message: "`\(name)` is compared with a number, which `\(condition.value)` is not",
          text: text, range: condition.valueRange)
      }
      let choices = [
        "state": RunSummary.State.allCases.map(\.rawValue),
        "verdict": Verdict.Word.allCases.map(\.rawValue),
      ]
      try check(condition, among: choices)
    }
  }

  private func check(
    _ condition: Condition, among choices: [String: [String]]
  ) throws(Problem) {
    guard let known = choices[condition.field], condition.comparison != .contains,
      !known.contains(condition.value)
    else { return }
    throw Problem(
      message: "there is no \(condition.field) `\(condition.value)`", text: text,
      range: condition.valueRange, hint: "there are \(known.joined(separator: ", "))")
  }

  /// Whether a run meets every condition.
  public func accepts(_ run: RunSummary, _ values: [String: String] = [:]) -> Bool {
    conditions.allSatisfy { condition in
      guard let value = RunField.value(condition.field, of: run, values) else { return false }
      switch value {
      case .text(let text):
        switch condition.comparison {
        case .equal: return text == condition.value
        case .different: return text != condition.value
        case .contains: return text.lowercased().contains(condition.value.lowercased())
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return false
        }
      case .number(let number):
        guard let other = Double(condition.value) else {
          return condition.comparison == .different
        }
        switch condition.comparison {
        case .equal, .contains: return number == other
        case .different: return number != other
        case .less: return number < other
        case .lessOrEqual: return number <= other
        case .greater: return number > other
        case .greaterOrEqual: return number >= other
        }
      }
    }
  }
}

/// Reads a filter from left to right.
private struct Reader {
  private let text: String
  private let characters: [Character]
  private var place = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  /// Passes an `and`; whether there was one.
  mutating func hasMore() throws(RunFilter.Problem) -> Bool {
    skipBlanks()
    guard place < characters.count else { return false }
    let start = place
    let word = take { !$0.isWhitespace }
    guard word.lowercased() == "and" else {
      throw problem("an `and` is needed before `\(word)`", start..<place)
    }
    return true
  }

  mutating func condition() throws(RunFilter.Problem) -> RunFilter.Condition {
    skipBlanks()
    let start = place
    let field = take { $0.isLetter || $0.isNumber || "_.-[]".contains($0) }
    let fieldRange = start..<place
    guard !field.isEmpty else {
      throw problem(
        "a field is needed here, such as `accuracy`", place..<place,
        hint: "a condition is like `accuracy > 0.9` or `data ~ penguins`")
    }
    skipBlanks()
    let sign = place
    let written = take { "=!<>~".contains($0) }
    guard let comparison = RunFilter.Comparison(rawValue: written == "==" ? "=" : written) else {
      throw problem(
        written.isEmpty
          ? "`\(field)` is compared with nothing" : "`\(written)` does not compare anything",
        sign..<max(place, sign + 1), hint: "use =, !=, <, <=, >, >= or ~ (contains)")
    }
    let comparisonRange = sign..<place
    skipBlanks()
    let valueStart = place
    let value = try value()
    return RunFilter.Condition(
      field: field, comparison: comparison, value: value, fieldRange: fieldRange,
      comparisonRange: comparisonRange, valueRange: valueStart..<place)
  }

  private mutating func value() throws(RunFilter.Problem) -> String {
    let start = place
    guard let first = characters[place...].first, first == "\"" || first == "'" else {
      let value = take { !$0.isWhitespace }
      guard !value.isEmpty else { throw problem("a value is needed here", place..<place) }
      return value
    }
    place += 1
    let value = take { $0 != first }
    guard place < characters.count else {
      throw problem("the text that begins here has no end", start..<place)
    }
    place += 1
    return value
  }

  private mutating func skipBlanks() { _ = take(\.isWhitespace) }

  private mutating func take(_ isWanted: (Character) -> Bool) -> String {
    let start = place
    while place < characters.count, isWanted(characters[place]) { place += 1 }
    return String(characters[start..<place])
  }

  private func problem(
    _ message: String, _ range: Range<Int>, hint: String? = nil
  ) -> RunFilter.Problem {
    .init(message: message, text: text, range: range, hint: hint)
  }
}
