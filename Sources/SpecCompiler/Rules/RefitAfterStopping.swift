import SpecSyntax

extension Rule {
  static let refitAfterStopping = Rule(
    code: "E609", name: "refit-after-stopping",
    title: "a last training on all rows with a number of epochs taken over blindly",
    needs: [.spec], evidence: .textbook,
    rationale: """
      A network that is trained again on all rows has no validation rows left, so the point to \
      stop at must come from earlier runs, and the best epoch differs between seeds by a factor \
      of up to three. What carries over is the median over five seeds or folds, at the same \
      number of updates, not of epochs.
      """,
    source: """
      Goodfellow et al. 2016 on two strategies of refitting (from memory); run records of \
      Gorishniy et al. 2021 for the spread of the best epoch.
      """,
    failsWhen: "There are many validation rows: training again then gains almost nothing.",
    guarantee: """
      A run never trains again on rows that decided when to stop. Whoever wants all rows in \
      training writes `validation: 0`, `early_stopping: none` and the epochs, and E603 asks where \
      that number comes from.
      """,
    examples: [
      .refused("K101", "training: {refit_on_all: true, early_stopping: {patience: 20}}"),
      .silent("training: {early_stopping: {patience: 20}}"),
    ])
}
