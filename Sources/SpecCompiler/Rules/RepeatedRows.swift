import SpecSyntax
import Tables

extension Rule {
  static let repeatedRows = Rule(
    code: "D112", name: "duplicates-across-split",
    title: "the same row trains and judges",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Rows learned by heart raise the score without any gain on new rows; wide networks profit \
      most, so comparisons are biased too. Counted are rows that repeat another in every column; \
      a held-out one has its twin among the training rows about as often as a row trains. \
      Reported from 1 % of the held-out rows (a proposal), where the inputs have so many \
      different values that chance makes no twins.
      """,
    source: "Kapoor and Narayanan 2023; Karpathy 2019 (duplicates are found by looking).",
    failsWhen: "Rows are honest repeats: few different ones exist, or measuring is coarse.",
    examples: [
      .fires(
        """
        data:
          split: {validation: 20%}   #! D112
        """, on: ExampleTable(repeatedShare: 0.2)),
      .silent("data: {split: {validation: 20%}}", on: ExampleTable(repeatedShare: 0.004)),
      .silent(
        "data: {split: {group: x1}}", on: ExampleTable(repeatedShare: 0.2)),
      .silent(
        "data: {split: {validation: 20%}}",
        on: ExampleTable(
          repeatedShare: 0.6,
          columns: [.category("sex", levels: 2), .category("class", levels: 3)])),
    ]
  ) { facts, report in
    guard facts.isTabular, facts.isSplitByChance, let profile = facts.profile, profile.rows > 0,
      let train = facts.trainRows, let usable = facts.usableRows, usable > train,
      let repeated = profile.repeatedRows
    else { return }
    let twins = Double(repeated) / Double(profile.rows) * Double(train) / Double(usable)
    guard twins > 0.01, facts.combinations > 100 * Double(profile.rows) else { return }
    report.at(
      "data.split",
      """
      \(counted(profile.duplicateRows, "row")) of \(profile.rows) \
      \(profile.duplicateRows == 1 ? "repeats" : "repeat") an earlier one, so scores are too good
      """,
      label: "about \(percentText(twins)) of the held-out rows are trained on as well",
      remedies: [
        .words("remove the repeated rows from the table, unless such rows are to be expected"),
        .words("or name the column that repeats come from: `split: {group: COLUMN}`"),
      ])
  }
}

extension Facts {
  /// Whether rows are held out one by one, without regard to groups or time.
  var isSplitByChance: Bool { spec.data.split.group == nil && spec.data.split.time == nil }

  /// How many different rows the inputs could make, if each value went with every other.
  fileprivate var combinations: Double {
    inputColumns.reduce(1) { product, column in
      min(1e100, product * Double(max(1, column.profile.distinct)))
    }
  }
}
