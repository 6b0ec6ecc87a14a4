import SpecSyntax

extension Rule {
  static let testSetUsedForChoice = Rule(
    code: "S903", name: "test-set-used-for-choice", level: .error,
    title: "test rows that steer stopping, tuning or thresholds",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Choosing on the test rows makes their score a maximum over noise; among k alike trials the \
      optimism is about s · √(2 · ln k), s being the spread of their scores.
      """,
    source: """
      Kapoor & Narayanan 2023 (no separate test rows); Cawley & Talbot 2010 (from memory).
      """,
    failsWhen: "Exploratory work that reports no final score.",
    guarantee: """
      Stopping watches training or validation only: a `monitor` on the test rows is an error \
      (E606). The three parts of the split never share a row, the test rows are measured once, \
      after the best epoch is chosen, and no command chooses by them.
      """,
    examples: [
      .silent("training: {early_stopping: {monitor: validation.loss, patience: 20}}")
    ])
}
