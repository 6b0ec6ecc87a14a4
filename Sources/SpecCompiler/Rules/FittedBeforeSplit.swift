import SpecSyntax

extension Rule {
  static let fittedBeforeSplit = Rule(
    code: "D102", name: "preprocessing-fitted-before-split", level: .error,
    title: "scaling, stand-ins or levels are learned from validation or test rows",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Statistics of held-out rows leak them into training, so that the score is too good. \
      Encodings by the target leak labels and can be disastrous; plain scaling leaks little, but \
      fitting it to the training rows costs nothing.
      """,
    source: """
      Kapoor and Narayanan 2023 (17 fields, 294 papers with leakage); Hastie, Tibshirani and \
      Friedman, "The Elements of Statistical Learning" (from memory).
      """,
    failsWhen: "The rows to be predicted are fixed and may be used without their labels.",
    guarantee: """
      Rows are split first, in every run and every fold; means, medians, quantiles and levels are \
      then learned from the training rows alone, and stored with the model. No key changes that, \
      and no encoding looks at the target.
      """,
    examples: [
      .refused("K101", "data: {fit_on: all}"),
      .silent("data: {numeric: {scale: quantile, impute: mean}}"),
    ])
}
