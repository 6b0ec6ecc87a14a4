import NetworkGraph
public import SpecSyntax

extension SpecDifference {
  /// The difference for a terminal.
  public func text(style: TextStyle = .plain) -> String {
    var parts = [
      style.paint(
        "\(escapedForTerminal(before.name)) → \(escapedForTerminal(after.name))", .strong)
    ]
    if isEmpty { parts.append("no difference in values, network, cost or findings") }
    if !values.isEmpty {
      var table = TextTable(["value", "before", "after", "origin"], leading: 4)
      for change in values {
        table.add([change.name, words(change.before), words(change.after), originWords(change)])
      }
      parts.append(block(table, style) + (consequenceWords.map { "\n\($0)" } ?? ""))
    }
    if !origins.isEmpty {
      var table = TextTable(["same value", "is", "origin"], leading: 3)
      for change in origins {
        table.add([change.name, words(change.after), originWords(change)])
      }
      parts.append(block(table, style))
    }
    if !layers.isEmpty {
      var table = TextTable(["layer", "before", "after"], leading: 3)
      for change in layers {
        table.add([
          change.name, change.before?.sameWords ?? "–", change.after?.sameWords ?? "–",
        ])
      }
      parts.append(block(table, style))
    }
    if !isEmpty { parts.append(block(costTable, style)) }
    if !metrics.isEmpty { parts.append(block(metricTable, style)) }
    let findings =
      gone.map { style.paint("- \(line($0, before))", .removed) }
      + new.map { style.paint("+ \(line($0, after))", .added) }
    if !findings.isEmpty {
      parts.append(([style.paint("findings", .strong)] + findings).joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private func block(_ table: TextTable, _ style: TextStyle) -> String {
    table.lines(style: style).joined(separator: "\n")
  }

  private var costTable: TextTable {
    var table = TextTable(["cost", "before", "after", "change"], leading: 1)
    for change in counts {
      table.add([
        countName(change.name), countWords(change.before, change.name),
        countWords(change.after, change.name), ratioWords(change),
      ])
    }
    return table
  }

  private var metricTable: TextTable {
    var table = TextTable(["metric", "before", "after", "change"], leading: 1)
    for change in metrics {
      table.add([
        change.name, change.before.map(roundedText) ?? "–", change.after.map(roundedText) ?? "–",
        metricChange(change),
      ])
    }
    return table
  }

  private func line(_ finding: Diagnostic, _ side: Side) -> String {
    "\(finding.level.rawValue)[\(finding.code.code)] \(finding.path): "
      + escapedForTerminal(finding.message)
  }
}

extension SpecDifference {
  /// A value as it is written; a dash where there is none.
  func words(_ value: Resolution.Value?) -> String { value?.value ?? "–" }

  /// Where the values came from; both where that is not the same.
  func originWords(_ change: Change<Resolution.Value>) -> String {
    let names = [change.before, change.after].compactMap { $0 }.map { value in
      [value.origin.rawValue, value.rule].compactMap { $0 }.joined(separator: " ")
    }
    return Set(names).count == 1 ? names[0] : names.joined(separator: " → ")
  }

  /// "and 12 defaults that come or go with them"; nil for none.
  var consequenceWords: String? {
    guard consequences > 0 else { return nil }
    let isOne = consequences == 1
    return "and \(counted(consequences, "default")) that "
      + (isOne ? "comes or goes with them" : "come or go with them")
  }

  func countName(_ name: String) -> String {
    switch name {
    case "FLOPs": "FLOPs of a row, forward"
    case "memory_bytes": "memory for training"
    default: name
    }
  }

  func countWords(_ count: Int?, _ name: String) -> String {
    guard let count else { return "–" }
    return name == "memory_bytes" ? byteText(count) : groupedText(count)
  }

  /// "× 2.1", or nothing where it is the same.
  func ratioWords(_ change: Change<Int>) -> String {
    guard let before = change.before, let after = change.after, before != after, before > 0 else {
      return ""
    }
    return "× \(roundedText(Double(after) / Double(before)))"
  }

  /// "+0.012", or nothing where a side has none.
  func metricChange(_ change: Change<Double>) -> String {
    guard let before = change.before, let after = change.after, before != after else { return "" }
    return (after > before ? "+" : "−") + roundedText(abs(after - before))
  }
}
