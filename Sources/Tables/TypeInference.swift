/// What the levels of a column of texts have in common.
struct LevelSummary {
  private var levels = 0
  private var values = 0
  private var bytes = 0
  private var valuesWithBlanks = 0
  private var sentences = 0
  private var truths: Set<Bool> = []
  private var hasOtherWords = false
  private var first = ""

  /// Takes in a level and how many cells hold it.
  mutating func add(_ slice: ArraySlice<UInt8>, _ count: Int) {
    let blanks = slice.count { $0 == 0x20 }
    if levels == 0 { first = String(decoding: slice, as: UTF8.self) }
    levels += 1
    values += count
    bytes += count * slice.count
    if blanks > 0 { valuesWithBlanks += count }
    // Three words and a closing mark make a sentence.
    if blanks >= 2, let last = slice.last, [0x2E, 0x21, 0x3F].contains(last) { sentences += 1 }
    guard !hasOtherWords else { return }
    if let truth = truthValue(String(decoding: slice, as: UTF8.self)) {
      truths.insert(truth)
    } else {
      hasOtherWords = true
    }
  }

  /// The type that fits these levels, with the evidence for it.
  var type: (type: ColumnType, evidence: String) {
    let share = "\(counted(levels, "distinct value")) in \(counted(values, "cell"))"
    guard levels > 0 else { return (.constant, "every cell is missing") }
    guard levels > 1 else { return (.constant, "all \(grouped(values)) are `\(shortened(first))`") }
    if !hasOtherWords, truths.count == 2 { return (.boolean, "every value is a yes or a no") }
    let meanLength = Double(bytes) / Double(values)
    if sentences * 2 >= levels { return (.text, "the values read like sentences") }
    if values >= 20, levels * 2 > values {
      let areCodes = Double(valuesWithBlanks) < 0.1 * Double(values)
      return (areCodes ? .identifier : .text, "mostly distinct: \(share)")
    }
    if levels > 20, meanLength > 60 { return (.text, "long and varied: \(share)") }
    return (.category, share)
  }
}

/// Whether a word says yes or no; `nil` if neither.
func truthValue(_ word: String) -> Bool? {
  switch word.lowercased() {
  case "yes", "true", "y", "t", "on", "1", "1.0": true
  case "no", "false", "n", "f", "off", "0", "0.0": false
  default: nil
  }
}

/// The type of a column of numbers, with the evidence for it.
func inferNumberType(_ draft: NumberDraft, name: String) -> (type: ColumnType, evidence: String) {
  let total = draft.good + draft.badRows.count
  let missing = draft.missing == 0 ? "" : ", \(grouped(draft.missing)) missing"
  if let order = draft.dateOrder {
    let words = "\(grouped(draft.good)) of \(counted(total, "value")) are dates"
    let other = draft.isAmbiguous ? ", though day, month, year would fit too" : ""
    return (.date, "\(words) (\(order.phrase)\(other))\(missing)")
  }
  let evidence = "\(grouped(draft.good)) of \(counted(total, "value")) are numbers\(missing)"
  let first = draft.numbers.first { !$0.isNaN } ?? 0
  if !draft.numbers.contains(where: { !$0.isNaN && $0 != first }) {
    return (.constant, "all \(grouped(draft.good)) are \(numberText(first))")
  }
  guard draft.good == draft.numbers.count, draft.good >= 20 else { return (.numeric, evidence) }
  return countsUp(draft.numbers)
    ? (.identifier, "whole numbers that count the rows up by one")
    : hasIdentifierName(name) && areDistinctWholeNumbers(draft.numbers)
      ? (.identifier, "a different whole number in every row, and the name of an identifier")
      : (.numeric, evidence)
}

/// Whether each number is one more than the last.
private func countsUp(_ numbers: Numbers) -> Bool {
  guard let first = numbers.first, first == first.rounded() else { return false }
  for (row, number) in numbers.enumerated() where number != first + Double(row) { return false }
  return true
}

private func areDistinctWholeNumbers(_ numbers: Numbers) -> Bool {
  numbers.allSatisfy { $0 == $0.rounded() } && Set(numbers).count == numbers.count
}

/// Whether a column is called as columns are that name or number rows.
func hasIdentifierName(_ name: String) -> Bool {
  let lower = name.lowercased()
  let names = ["id", "index", "key", "uuid", "rowid", "rownames", "row", "no", "number"]
  return names.contains(lower) || name.hasSuffix("ID") || name.hasSuffix("Id")
    || lower.hasSuffix("_id") || lower.hasSuffix(" id") || lower.hasPrefix("id_")
    || lower.hasSuffix(" number") || lower.hasSuffix("_number")
}
