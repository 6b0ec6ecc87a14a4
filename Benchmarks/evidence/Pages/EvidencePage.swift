import Foundation
import SpecCompiler

/// The evidence table and what it rests on, in Markdown.
struct EvidencePage {
  let assessment: Assessment

  var text: String {
    let results = assessment.results()
    return [
      "### Rules\n\n" + table(ruleHeads, results.map { ruleCells($0.effect.rule.code, $0.record) }),
      "### Specs drawn at random\n\n" + table(
        ["rule", "spoke about", "tables", "median gain", "95 %", "verdict"],
        results.compactMap { naturalCells($0.effect.rule.code, $0.record.natural) }),
      "### Levels of each dial\n\n" + table(
        ["rule", "case", "tables", "median gain", "wins", "ties", "losses"], caseRows),
      "### Tables\n\n" + table(
        ["table", "rows used", "of", "tuned", "constant", "linear regret", "span, errors"],
        assessment.tables.map(tableCells)),
    ].joined(separator: "\n\n") + "\n"
  }

  private var ruleHeads: [String] {
    [
      "rule", "tables", "seeds", "median gain", "95 %", "placebo", "win / tie / loss",
      "p, Holm", "raw change", "time", "verdict",
    ]
  }

  private func ruleCells(_ code: String, _ record: RuleRecord) -> [String] {
    [
      code, "\(record.tables)", "\(record.seeds)", signed(record.effect?.median),
      interval(record.effect), signed(record.placebo),
      "\(record.wins) / \(record.ties) / \(record.losses)",
      record.probability.map { String(format: "%.3f", $0) } ?? "–",
      signed(record.change) + (record.measure.hasPrefix("mean") ? " of MAE" : ""),
      record.time.map { String(format: "%.2f×", $0) } ?? "–",
      words(record.finding)
        + (record.losers.isEmpty ? "" : "; loses on \(record.losers.joined(separator: ", "))"),
    ]
  }

  private func naturalCells(_ code: String, _ natural: RuleRecord.Natural?) -> [String]? {
    guard let natural else { return nil }
    return [
      code, "\(natural.fired) of \(natural.drawn)", "\(natural.tables)",
      signed(natural.effect?.median), interval(natural.effect), words(natural.finding),
    ]
  }

  /// Each case by itself, as means over the tables it speaks on.
  private var caseRows: [[String]] {
    assessment.rules.flatMap { rule in
      rule.cases.compactMap { item -> [String]? in
        var alone = rule
        alone.cases = [item]
        let gains = assessment.effect(of: alone).tables.map(\.gain)
        guard !gains.isEmpty else { return [rule.code, item.name, "0", "–", "–", "–", "–"] }
        let margin = RuleEffect.margin
        return [
          rule.code, item.name, "\(gains.count)", signed(HierarchicalBootstrap.median(gains)),
          "\(gains.count { $0 > margin })", "\(gains.count { abs($0) <= margin })",
          "\(gains.count { $0 < -margin })",
        ]
      }
    }
  }

  private func tableCells(_ table: DataSet) -> [String] {
    let scale = assessment.scales[.usual]?[table.name]
    let tuned = scale.map { HierarchicalBootstrap.mean(Array($0.tuned.values)) }
    return [
      table.name, "\(table.rows)", "\(table.fileRows)", decimal(tuned),
      decimal(scale.flatMap { scale in tuned.map { $0 - scale.span } }),
      decimal(scale?.linearRegret),
      (scale.map { String(format: "%.1f", $0.standardErrors) } ?? "–")
        + (scale?.isUsable == true ? "" : ", left out"),
    ]
  }

  private func words(_ finding: RuleRecord.Finding) -> String {
    switch finding {
    case .helps: "helps"
    case .mixed: "mixed"
    case .noDifference: "no difference within ±0.01"
    case .harms: "harms"
    case .notEnough: "not enough evidence"
    }
  }

  private func table(_ heads: [String], _ rows: [[String]]) -> String {
    ([heads, heads.map { _ in "---" }] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func interval(_ effect: RuleRecord.Effect?) -> String {
    effect.map { "\(signed($0.low)) to \(signed($0.high))" } ?? "–"
  }

  private func signed(_ value: Double?) -> String {
    guard let value else { return "–" }
    let text = String(format: "%.3f", abs(value))
    return text == "0.000" ? text : (value < 0 ? "−" : "+") + text
  }

  private func decimal(_ value: Double?) -> String {
    value.map { String(format: "%.3f", $0) } ?? "–"
  }
}

extension Assessment {
  /// The gain of each rule on each table, as comma-separated values.
  var effectsText: String {
    var lines = ["rule,table,values,gain,half_width,placebo,raw_change"]
    for rule in rules {
      for effect in effect(of: rule).tables {
        let placebo = effect.placebo.isEmpty ? nil : HierarchicalBootstrap.mean(effect.placebo)
        let numbers = [effect.gain, effect.halfWidth, placebo, effect.change].map { value in
          value.map { String(format: "%.4f", $0) } ?? ""
        }
        lines.append(
          "\(rule.code),\(effect.table),\(effect.gains.count),\(numbers.joined(separator: ","))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
