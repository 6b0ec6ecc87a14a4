import SpecSyntax
import Tables

extension Rule {
  static let validationSize = Rule(
    code: "D115", name: "validation-size-mismatch", level: .warning,
    title: "too few validation rows to steer by, or more than are of use",
    needs: [.profile], evidence: .textbook,
    rationale: """
      The standard error of an accuracy a on n rows is √(a(1 − a)/n): at 200 rows and an accuracy \
      of 0.9 about 2 %, and stopping and choices follow the noise below that. Reported under 200 \
      validation rows where a usual share would give more: under a tenth of the rows. Beyond some \
      thousand rows more of them buy little and cost training, so a share above 30 % of more than \
      20,000 rows is reported as advice. Both limits are proposals.
      """,
    source: """
      The binomial standard error; Guyon 1997 and Amari et al. 1997 (from memory). In use: a tenth \
      (scikit-learn), a quarter of the training rows (Kadra et al. 2021).
      """,
    failsWhen: "Rare classes or skewed errors need far more rows than the formula says.",
    examples: [
      .fires(
        """
        data:
          split:
            validation: 5%   #! D115
        """, on: ExampleTable(rows: 1200),
        fixed: """
          data:
            split:
              validation: 20%
          """),
      .fires(
        """
        data:
          split:
            validation: 40%   #! D115
        """, on: ExampleTable(rows: 100_000),
        fixed: """
          data:
            split:
              validation: 10%
          """),
      .silent("data: {split: {validation: 20%}}", on: ExampleTable(rows: 150)),
      .silent("data: {split: {validation: 5%}}", on: ExampleTable(rows: 20_000)),
    ]
  ) { facts, report in
    let path: SpecPath = "data.split.validation"
    guard facts.isWritten(path), let rows = facts.validationRows, rows > 0,
      let all = facts.usableRows
    else { return }
    let share = Double(rows) / Double(all)
    if rows < 200, 10 * (rows + 1) < all {
      report.at(
        path, "\(counted(rows, "validation row")) are too few to steer by",
        label: """
          an accuracy of 90 % is known to ±\(percentText((0.09 / Double(rows)).squareRoot()))
          """,
        remedies: [
          .set(path, .name("20%"), "use a fifth of the rows"),
          .words("or cross-validate with `plumb train --folds 5`"),
        ])
    } else if rows > 20_000, share > 0.3 {
      report.at(
        path, "\(rows) validation rows are more than are of use",
        label: "taken from training", level: .advice,
        remedies: [.set(path, .name("10%"), "use a tenth of the rows")])
    }
  }
}
