public import SpecSyntax

extension DiagnosticCode {
  /// Checks of `search`: its keys and what they may be.
  public static let missingDomain = DiagnosticCode(
    "K141", "search-without-values", title: "a searched key without values to try",
    explanation: """
      A searched key needs what it may be: `real: [LOW, HIGH]`, `integer: [LOW, HIGH]`, or \
      `choice: [A, B]`, for which the list alone will do.
      """)
  public static let unknownSearchKey = DiagnosticCode(
    "K142", "unknown-search-key", title: "a searched key that the spec does not have",
    explanation: """
      A searched key is the path of a value, as `plumb resolve` lists them: \
      `training.batch_size`, `model.hidden_layers[0]`, `training.optimizer.adamw.weight_decay`. \
      Items of lists are counted from 0 and have to be there. Of a family such as optimizers, \
      only the member that the spec chooses has keys; where the member itself is searched, \
      `when` says beside which its keys are.
      """)
  public static let unsearchableKey = DiagnosticCode(
    "K143", "unsearchable-key", title: "a key that trials must have in common",
    explanation: """
      Trials are compared, so all have the same rows, the same target and the same seeds: with \
      seeds or splits among the searched keys, the luckiest would win. More seeds for each trial \
      are `repeats`, more splits are `folds`. Sections are searched by the keys in them.
      """)
  public static let overlappingSearchKeys = DiagnosticCode(
    "K144", "overlapping-search-keys", title: "two searched keys of which one holds the other",
    explanation: """
      The value of one would write over the other's. A key inside another one is searched only \
      beside some of the other's values, and below it: `when: {training.optimizer: momentum}`.
      """)
  public static let emptySearchRange = DiagnosticCode(
    "K145", "empty-search-range", title: "a range that holds no two numbers",
    explanation: "A range is written as the least and then the greatest number.")
  public static let unfitSearchScale = DiagnosticCode(
    "K146", "log-scale-without-start", title: "a log scale that begins at 0 or below",
    explanation: """
      On a log scale equal factors count alike, and no factor leads from 0 to another number. \
      Begin at the least number that matters, or search 0 as a choice of its own.
      """)
  public static let unfitSearchStep = DiagnosticCode(
    "K147", "unfit-search-step", title: "a step that does not fit its range",
    explanation: """
      Numbers are tried at LOW, LOW + step, and so on. A step that does not lead to HIGH leaves \
      HIGH out, and one beyond the whole range leaves nothing but LOW.
      """)
  public static let choiceOfOne = DiagnosticCode(
    "K148", "choice-without-choice", title: "a choice of a single value, or of the same twice",
    explanation: """
      A choice of one is no search: write the value itself into the spec. A value that is there \
      twice is tried twice as often, and counts as two in what trials show.
      """)
  public static let refusedSearchValue = DiagnosticCode(
    "K149", "refused-search-value", title: "a value that the spec refuses",
    explanation: """
      Each value, and both ends of each range, are put into the spec and checked as if they stood \
      there. A trial with such a value could not be trained.
      """)
  public static let unusableCondition = DiagnosticCode(
    "K150", "unusable-search-condition", title: "a condition that can never be met",
    explanation: """
      `when` names one key that is searched further up, and one or several of its values. The \
      order keeps conditions from depending on each other in a circle.
      """)
  public static let ambiguousSearchList = DiagnosticCode(
    "K151", "two-numbers-as-choice", .warning, title: "a list of two numbers that may be a range",
    explanation: """
      A list alone is a choice: of two numbers, those two are tried and nothing between them. \
      Write `choice`, `real` or `integer`, so that whoever reads it knows.
      """)

  /// Checks of `search`: what is looked for, and how.
  public static let unusableObjective = DiagnosticCode(
    "K152", "unusable-objective", title: "an objective that no search can follow",
    explanation: """
      A search follows one measure, or the best compromises of two. It is `validation.loss`, a \
      metric as in `validation.accuracy`, or, beside one of these, a cost of the network: \
      `parameters`, `flops`, `memory` or `seconds`. The rows of the test part judge the winner, \
      and a search that looked at them would leave nothing to judge it by.
      """)
  public static let wrongDirection = DiagnosticCode(
    "K153", "objective-upside-down", title: "an objective in the wrong direction",
    explanation: "The search would end with the worst network. The message says which way to go.")
  public static let changingObjective = DiagnosticCode(
    "K154", "changing-objective", title: "an objective that changes with what is searched",
    explanation: """
      `validation.loss` is measured by the loss that is trained, on the scale of the target. \
      Where these are searched, its values do not compare: the mean absolute error is not \
      smaller than the mean squared one because a network is better. Follow a metric.
      """)
  public static let unjudgedSearch = DiagnosticCode(
    "K155", "search-without-validation", title: "no rows that judge the trials",
    explanation: """
      Trials are compared on validation rows, of which the spec keeps none. `folds` makes them \
      from the other rows.
      """)
  public static let unfitSampler = DiagnosticCode(
    "K156", "unfit-sampler", title: "a sampler that cannot search this space",
    explanation: """
      `grid` goes through all combinations, so it needs keys that can be counted: choices, whole \
      numbers, and real numbers with a `step`. `cma` moves a mean of numbers, so it needs a key \
      that is not a choice.
      """)
  public static let unfinishedGrid = DiagnosticCode(
    "K157", "unfinished-grid", .warning, title: "a grid with more combinations than trials",
    explanation: """
      A grid that stops early has tried some combinations and left out a corner of the space. \
      The other samplers spread any number of trials over all of it.
      """)
  public static let idlePruner = DiagnosticCode(
    "K158", "idle-pruner", .warning, title: "a pruner that never has anything to compare",
    explanation: """
      Pruners compare trials at points on the way: epochs, or runs where `repeats` or `folds` \
      make several of a trial. `wilcoxon` compares runs only.
      """)
  public static let unreachableConstraint = DiagnosticCode(
    "K159", "unreachable-constraint", title: "a constraint that no trial can keep",
    explanation: """
      Trials beyond a constraint are not trained. The smallest network of the space, as far as \
      going through the keys one by one finds it, is beyond it already.
      """)
  public static let unusableFirst = DiagnosticCode(
    "K160", "unusable-first-trial", title: "a first trial outside the space",
    explanation: "`first` gives values to keys that are searched, each among those of its key.")

  static let searchCodes: [DiagnosticCode] = [
    missingDomain, unknownSearchKey, unsearchableKey, overlappingSearchKeys, emptySearchRange,
    unfitSearchScale, unfitSearchStep, choiceOfOne, refusedSearchValue, unusableCondition,
    ambiguousSearchList, unusableObjective, wrongDirection, changingObjective, unjudgedSearch,
    unfitSampler, unfinishedGrid, idlePruner, unreachableConstraint, unusableFirst,
  ]
}
