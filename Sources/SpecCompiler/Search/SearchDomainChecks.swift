import SpecSyntax

/// Checks of what one searched key may be.
struct SearchDomainChecks {
  let place: SearchedPlace
  /// The searched keys above it.
  let above: ArraySlice<SearchedPlace>
  /// The spec as it was written, and its text.
  let document: RuleDocument
  /// Whether every searched key could be read.
  let isWhole: Bool

  private var key: SearchedKey { place.key }
  private var isLogarithmic: Bool { key.scale == .log && key.choice == nil }

  func run(_ log: inout DiagnosticLog) {
    if let ends = key.real {
      checkNumbers(
        ends.map { (numberText($0.wrappedValue), $0.wrappedValue, $0.projectedValue) },
        at: key.$real, isWhole: false, &log)
    } else if let ends = key.integer {
      checkNumbers(
        ends.map { (String($0.wrappedValue), Double($0.wrappedValue), $0.projectedValue) },
        at: key.$integer, isWhole: true, &log)
    } else if let choice = key.choice {
      checkChoice(choice, &log)
    }
    if isWhole { checkCondition(&log) }
  }

  private func checkNumbers(
    _ ends: [(text: String, value: Double, range: SourceRange)], at range: SourceRange,
    isWhole: Bool, _ log: inout DiagnosticLog
  ) {
    guard ends.count == 2 else { return }
    let (low, high) = (ends[0], ends[1])
    guard low.value < high.value else {
      log.report(
        .emptySearchRange(
          place, low: low.text, high: high.text, at: range, ends: (low.range, high.range)))
      return
    }
    if isLogarithmic, low.value <= 0 {
      log.report(
        .unfitSearchScale(
          place, low: low.text, better: isWhole && high.value > 1 ? "1" : nil, at: low.range,
          scale: key.$scale))
    }
    guard let step = key.step, !isLogarithmic else { return }
    checkStep(step, from: low.value, to: high.value, isWhole: isWhole, high: high.range, &log)
  }

  private func checkStep(
    _ step: Double, from low: Double, to high: Double, isWhole: Bool, high end: SourceRange,
    _ log: inout DiagnosticLog
  ) {
    if isWhole, step != step.rounded() {
      let better = String(Int(max(1, min(step.rounded(), 1e9))))
      log.report(
        .unfitSearchStep(
          place, "is whole, and its step of \(numberText(step)) is not", label: "not whole",
          at: key.$step,
          helps: [
            Help(
              "write `\(better)`",
              fix: Fix("use `\(better)`", [Edit(key.$step, better)], .unsafe))
          ]))
      return
    }
    let count = (high - low) / step
    guard count <= 1e9 else {
      log.report(
        .unfitSearchStep(
          place, "has more than a billion steps", label: "too small", at: key.$step,
          helps: [Help("write a larger step, or none")]))
      return
    }
    let steps = (count + 1e-8).rounded(.down)
    guard steps >= 1 else {
      log.report(
        .unfitSearchStep(
          place, "has a step beyond its whole range",
          label: "leaves nothing but \(numberText(low))", at: key.$step,
          helps: [Help("write a step of at most \(numberText(high - low))")]))
      return
    }
    guard abs(count - count.rounded()) > 1e-6 else { return }
    let last = roundedTo12Digits(low + steps * step)
    log.report(
      .unfitSearchStep(
        place, "is never \(numberText(high)): its steps end at \(last)",
        label: "does not lead to \(numberText(high))", at: key.$step, level: .warning,
        helps: [
          Help("end the range there", fix: Fix("use `\(last)`", [Edit(end, last)], .safe)),
          Help("or write a step that divides \(roundedTo12Digits(high - low))"),
        ]))
  }

  private func checkChoice(_ choice: [Node], _ log: inout DiagnosticLog) {
    let values = choice.map { JSONValue($0) }
    guard choice.count > 1 else {
      log.report(.choiceOfOne(place, value: values.first?.yamlText, at: key.$choice))
      return
    }
    let isShort = document.tree.root.at(place.place)?.sequence != nil
    let list = isShort ? place.place : place.place.key("choice")
    for (index, value) in values.enumerated() {
      guard let first = values[..<index].firstIndex(of: value) else { continue }
      log.report(
        .repeatedChoice(
          place, value: value.yamlText, at: choice[index].range, first: choice[first].range,
          removal: removingEdit(list.index(index), in: document.tree, of: document.source)
            .flatMap { $0.range.source == 0 ? $0 : nil }))
    }
    let numbers = values.compactMap(\.numberValue)
    if isShort, values.count == 2, numbers.count == 2, numbers[0] < numbers[1] {
      let isWhole = values.allSatisfy { if case .integer = $0 { true } else { false } }
      log.report(
        .ambiguousSearchList(
          place, text: "[\(values[0].yamlText), \(values[1].yamlText)]", isWhole: isWhole,
          at: key.$choice))
    }
  }

  private func checkCondition(_ log: inout DiagnosticLog) {
    guard let entry = key.condition.first else { return }
    if let second = key.condition.dropFirst().first {
      log.report(
        .unusableCondition(
          place, "\(key.condition.count) keys", label: "a second one", at: second.nameRange,
          help: Help("keep one; a key that depends on another passes its condition on")))
      return
    }
    let path = SpecPath(entry.name)
    guard let parent = above.last(where: { $0.path == path }) else {
      let names = above.map(\.path.description)
      let similar = nearest(to: entry.name, among: names).first
      log.report(
        .unusableCondition(
          place, "`\(escapedForTerminal(entry.name))`, which is not searched above it",
          label: "not above", at: entry.nameRange,
          help: similar.map {
            Help(
              "did you mean `\($0)`?",
              fix: Fix("use `\($0)`", [Edit(entry.nameRange, scalarText($0))], .unsafe))
          } ?? Help("search `\(escapedForTerminal(entry.name))` above this key, or remove `when`")))
      return
    }
    for value in parent.key.values(in: entry.value)
    where parent.key.numbers(of: value).isEmpty {
      let text = JSONValue(value).yamlText
      log.report(
        .unusableCondition(
          place, "a value that `\(parent.path)` never has: \(escapedForTerminal(text))",
          label: "never", at: value.range, help: Help("write \(Self.words(for: parent.key))")))
    }
  }

  /// The values that a condition may name.
  private static func words(for key: SearchedKey) -> String {
    if let choice = key.choice {
      let names = choice.prefix(6).map { "`\(JSONValue($0).yamlText)`" }.joined(separator: ", ")
      return "one of \(names)"
    }
    if key.real != nil, key.step == nil {
      return "a key with a choice of values; a real number is never exactly one of them"
    }
    return "a number that it is searched among"
  }
}

/// A number without the last digits, in which sums of steps are wrong.
func roundedTo12Digits(_ number: Double) -> String {
  guard number.isFinite, abs(number) > 1e-100 else { return numberText(number) }
  var scale = 1.0
  while abs(number) * scale < 1e11 { scale *= 10 }
  while abs(number) * scale > 1e12 { scale /= 10 }
  return numberText((number * scale).rounded() / scale)
}
