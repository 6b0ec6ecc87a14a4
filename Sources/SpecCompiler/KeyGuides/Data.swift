// How the table becomes inputs, a target and parts.

import SpecSyntax

extension KeyGuide {
  static let features = KeyGuide(
    "data.features",
    meaning: """
      Which columns are inputs, and what each of them is. The width of the network's first layer \
      follows from it: a number is one input, a category one for each level.
      """,
    choice: """
      Leave out what names the row (identifiers), what never varies, and above all what is only \
      known because the target is (an outcome in other words): it makes scores that no new row \
      will have.
      """,
    together: [
      ("data.ignore", "the shorter way to leave columns out"),
      ("model.hidden_layers", "the sizing rules count encoded inputs"),
    ],
    reason: "Every column that is neither the target nor useless.",
    trials: ["data.ignore=[]"])

  static let numericScale = KeyGuide(
    "data.numeric.scale",
    meaning: """
      Numbers of different units are put on one scale before the network sees them, with \
      statistics of the training rows only. Unscaled, a column in thousands drowns one in \
      fractions, and no one learning rate fits both.
      """,
    choice: """
      `standard` (zero mean, unit variance) is usual; `robust` (median and quartiles) where \
      extremes would stretch it; `quantile` (ranks) where a column spans orders of magnitude; \
      `min_max` for values with true bounds; `none` for numbers already scaled.
      """,
    together: [
      ("data.numeric.clip", "robust scaling leaves extremes far out: clip them"),
      ("training.learning_rate", "rates are meant for inputs around 0 with a spread around 1"),
    ],
    reason: "standard: what nearly all published networks for tables use.",
    trials: [
      "data.numeric.scale=standard", "data.numeric.scale=robust", "data.numeric.scale=quantile",
    ])

  static let numericClip = KeyGuide(
    "data.numeric.clip",
    meaning: """
      One impossible number in a cell can send a network far outside anything it has learnt. \
      Smooth clipping leaves values near zero as they are and never lets one go beyond ±3.
      """,
    choice: "`smooth` where columns have extremes, with `scale: robust`; else `none`.",
    together: [("data.numeric.scale", "it clips scaled numbers")],
    reason: "None. On diamonds smooth clipping cut the error from 655 to 559 (three seeds).",
    trials: ["data.numeric.clip=none", "data.numeric.clip=smooth"])

  static let numericEmbed = KeyGuide(
    "data.numeric.embed",
    meaning: """
      Turns each number into several inputs, so that the first layer can bend along one column \
      by itself: waves of trained lengths (`periodic`) or places among quantiles \
      (`piecewise_linear`). It helps where the target jumps with a number.
      """,
    choice: "`none` first. `periodic` for tables of 1,000 rows and more, tuned by its `sigma`.",
    together: [
      ("model.hidden_layers", "the first layer sees many times as many inputs"),
      ("training.epochs", "more parameters, more time"),
    ],
    reason: "None: on few rows it gains nothing and costs time.",
    trials: ["data.numeric.embed=none", "data.numeric.embed=periodic"])

  static let categoryEncode = KeyGuide(
    "data.category.encode",
    meaning: """
      A word has to become numbers. `one_hot` gives every level an input of its own, 1 for the \
      level of the row; `embedding` gives every level a few trained numbers.
      """,
    choice: "`one_hot` up to a few hundred levels, `embedding` beyond, or to save inputs.",
    together: [
      ("data.category.size", "how many numbers an embedded level has"),
      ("model.hidden_layers", "one-hot levels count as inputs of the sizing rules"),
    ],
    reason: """
      One-hot, with every level kept: pooling rare levels of one table lowered R² from 0.986 to \
      0.743, more than any width, rate or loss changed on any.
      """,
    trials: ["data.category.encode=one_hot", "data.category.encode=embedding"])

  static let targetScale = KeyGuide(
    "data.target_scale",
    meaning: """
      How a numeric target is scaled before the loss sees it; predictions are scaled back. A \
      target of 200,000 would need thousands of steps only to move the output there.
      """,
    choice: """
      `standard` for most; `log` for positive targets over orders of magnitude, such as prices, \
      where errors matter in proportion; `none` for targets already around 1, and for counts.
      """,
    together: [
      ("training.loss", "huber's delta is in units of the scaled target"),
      ("training.learning_rate", "unscaled targets need other rates"),
      ("training.gradient_clipping", "the size of gradients follows the target"),
    ],
    reason: "standard for numbers, because rates, deltas and norms then mean the same everywhere.",
    trials: ["data.target_scale=standard", "data.target_scale=none"])

  static let validation = KeyGuide(
    "data.split.validation",
    meaning: """
      Rows that the network does not train on and that decide when to stop and which epoch is \
      best. Because decisions are made on them, they cannot judge the finished network: that is \
      for the test rows.
      """,
    grows: "Decisions get surer, and fewer rows are left to train.",
    shrinks: "More rows to train; under 200 the curve is so noisy that stopping is luck.",
    together: [
      ("data.split.test", "both are taken from the training rows"),
      ("training.early_stopping.patience", "noisy curves need more patience"),
    ],
    reason: "20 %, a usual share.",
    trials: ["data.split.validation=10%", "data.split.validation=30%"])

  static let test = KeyGuide(
    "data.split.test",
    meaning: """
      Rows that are used once, at the end, to say how good the network is on rows it has never \
      influenced. With n rows the error of an accuracy of 0.9 is 0.3 / √n: 0.03 for 100 rows.
      """,
    grows: "A surer verdict, fewer rows to learn from.",
    shrinks: "At zero nothing judges the network but the rows that chose it.",
    together: [("data.split.validation", "both are taken from the training rows")],
    reason: "10 %; on small tables `plumb train --folds 5 --seeds 3` says more than one split.",
    trials: ["data.split.test=10%", "data.split.test=20%"])

  static let stratify = KeyGuide(
    "data.split.stratify",
    meaning: """
      Whether each part of the rows gets its share of every class. Without it a rare class can \
      be missing from the validation rows by accident.
      """,
    choice: "`true` for classes. Splits by group or time have their own order.",
    together: [("data.split.group", "rows of one group stay together, which comes first")],
    reason: "true: it costs nothing.",
    trials: ["data.split.stratify=true", "data.split.stratify=false"])

  static let splitSeed = KeyGuide(
    "data.split.seed",
    meaning: """
      Which rows are drawn for validation and test. On small tables this moves scores more than \
      most settings do.
      """,
    choice: "Any number; several, to see how far the draw decides.",
    together: [("training.seed", "draws everything else")],
    reason: "1, apart from the training seed, so that the two effects can be told apart.",
    trials: ["data.split.seed=1", "data.split.seed=2"])
}
