import SpecSyntax

extension SpecDifference {
  /// The difference as a comment of a review.
  public var markdown: String {
    var parts = ["### \(code(before.name)) → \(code(after.name))"]
    if isEmpty { parts.append("No difference in values, network, cost or findings.") }
    if !values.isEmpty {
      parts.append(
        table(
          ["value", "before", "after", "origin"],
          values.map {
            [code($0.name), code(words($0.before)), code(words($0.after)), originWords($0)]
          }) + (consequenceWords.map { "\n\n\($0)" } ?? ""))
    }
    if !isEmpty {
      parts.append(
        table(
          ["cost", "before", "after", "change"],
          counts.map {
            [
              countName($0.name), countWords($0.before, $0.name), countWords($0.after, $0.name),
              ratioWords($0),
            ]
          }))
    }
    if !metrics.isEmpty {
      parts.append(
        table(
          ["metric", "before", "after", "change"],
          metrics.map {
            [
              code($0.name), $0.before.map(roundedText) ?? "–", $0.after.map(roundedText) ?? "–",
              metricChange($0),
            ]
          }))
    }
    let findings =
      new.map { "- new: \(item($0))" } + gone.map { "- gone: \(item($0))" }
    if !findings.isEmpty { parts.append("**Findings**\n\n" + findings.joined(separator: "\n")) }
    if !layers.isEmpty {
      let rows = layers.map {
        [code($0.name), $0.before?.sameWords ?? "–", $0.after?.sameWords ?? "–"]
      }
      parts.append(folded("Layers", table(["layer", "before", "after"], rows)))
    }
    if !origins.isEmpty {
      let rows = origins.map { [code($0.name), code(words($0.after)), originWords($0)] }
      parts.append(folded("Same values, other origins", table(["value", "is", "origin"], rows)))
    }
    return parts.joined(separator: "\n\n")
  }

  private func item(_ finding: Diagnostic) -> String {
    let message = escapedForTerminal(finding.message)
    return "**\(finding.code.code)** \(finding.level.rawValue) at \(code("\(finding.path)")): "
      + plain(message)
  }

  private func folded(_ title: String, _ content: String) -> String {
    "<details><summary>\(title)</summary>\n\n\(content)\n\n</details>"
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// Text as code, whatever it holds.
  private func code(_ text: String) -> String {
    let text = escapedForTerminal(text).map { $0 == "|" ? "\\|" : "\($0)" }.joined()
    return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  /// Words of others as words: no links, no mentions, no markup but code in backticks.
  private func plain(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      if index % 2 == 1, index < parts.count - 1 { return "`\(part)`" }
      return part.map { "<>[]*_@#|\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }.joined()
  }
}
