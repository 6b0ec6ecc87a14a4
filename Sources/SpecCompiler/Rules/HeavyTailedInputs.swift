import SpecSyntax
import Tables

extension Rule {
  static let heavyTailedInputs = Rule(
    code: "D103", name: "heavy-tailed-features-standard-scaling",
    title: "columns with extreme tails, scaled by all of their range",
    needs: [.profile], evidence: .controlled,
    rationale: """
      A few huge values make up the standard deviation, and the range even more, and squeeze all \
      other rows into a narrow band. Quantiles, or the quartile distance with a clip, give most \
      rows their resolution back and bound what the network sees. Reported where `scale` is \
      written, when a value lies more than 20 quartile distances from the median, or the excess \
      kurtosis is above 30, unless a straight line through the column explains a tenth of the \
      target: then the tail is the signal. The limits are proposals.
      """,
    source: """
      Gorishniy et al. 2021 (8 of 11 tuning configurations use quantiles); Holzmüller et al. 2024 \
      (robust scaling with a smooth clip); Grinsztajn et al. 2022 (quantiles).
      """,
    failsWhen: "How far the tail goes is itself what predicts: claims, peaks of demand.",
    examples: [
      .fires(
        """
        data:
          numeric:
            scale: standard   #! D103
        """, on: ExampleTable(columns: [.number("balance", tailRatio: 140), .number("age")]),
        fixed: """
          data:
            numeric:
              scale: quantile
          """),
      .fires(
        """
        data:
          features:
            balance: {type: numeric, scale: min_max}   #! D103
            age: numeric
        """, on: ExampleTable(columns: [.number("balance", tailRatio: 140), .number("age")]),
        fixed: """
          data:
            features:
              balance: {type: numeric, scale: quantile}
              age: numeric
          """),
      .silent(
        "data: {numeric: {scale: robust, clip: smooth}}",
        on: ExampleTable(columns: [.number("balance", tailRatio: 140)])),
      .silent(
        "data: {numeric: {scale: standard}}",
        on: ExampleTable(columns: [
          .number("distance", tailRatio: 40, link: ColumnLink(name: "distance", lineShare: 0.8))
        ])),
    ]
  ) { facts, report in
    let odd = facts.plainNumbers.filter { column in
      guard [.standard, .minMax].contains(column.plan.scale), column.plan.clip == .none,
        column.profile.distinct > 2, facts.isScaleWritten(column.name)
      else { return false }
      let isFar = (column.profile.tailRatio ?? 0) > 20
      guard isFar || (column.profile.excessKurtosis ?? 0) > 30 else { return false }
      return (facts.profile?.links?.column(column.name)?.lineShare ?? 0) < 0.1
    }
    guard let worst = odd.max(by: { $0.tail < $1.tail }) else { return }
    let own = facts.path(ofColumn: worst.name).key("scale")
    let path = facts.isWritten(own) ? own : "data.numeric.scale"
    let far =
      worst.profile.tailRatio.map { "goes \(roundedText($0)) quartile distances from its median" }
      ?? "has an excess kurtosis of \(roundedText(worst.profile.excessKurtosis ?? 0))"
    report.at(
      path,
      """
      `\(escapedForTerminal(worst.name))` \(far)\(odd.count > 1 ? ", and others go far too" : "")
      """,
      label: "a few rows set the scale",
      notes: odd.count > 1 ? ["columns: \(namesText(odd.map(\.name), limit: 8))"] : [],
      remedies: [
        .set(path, .name("quantile"), "use `quantile`, which goes by ranks"),
        .words("or `scale: robust` with `clip: smooth`, which keeps distances near the median"),
      ])
  }
}

extension Facts {
  /// Whether the author chose how a column is scaled.
  fileprivate func isScaleWritten(_ name: String) -> Bool {
    isWritten("data.numeric.scale") || isWritten(path(ofColumn: name).key("scale"))
  }
}

extension InputColumn {
  fileprivate var tail: Double { profile.tailRatio ?? 0 }
}
