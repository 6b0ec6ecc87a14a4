// What training makes small, by what rule, and how it is judged.

import SpecSyntax

extension KeyGuide {
  static let loss = KeyGuide(
    "training.loss",
    meaning: """
      The one number that training makes small: how wrong the outputs are on a batch. It decides \
      what the network aims at, which for the same table can be the mean, the median, a quantile \
      or the shares of classes.
      """,
    choice: """
      For numbers. `mse`, the mean of squared errors, aims at the mean; its gradient shrinks as \
      the error does, so it settles by itself, but an error ten times as large counts a hundred \
      times, and a few outliers can rule the fit. `mae`, the mean of absolute errors, aims at \
      the median and lets outliers count like anybody else; its gradient has the same size \
      however small the error is, so it overshoots near the minimum unless the rate falls. \
      `huber` is squared within `delta` of the target and absolute beyond: smooth at the end like \
      the one, calm about outliers like the other, at the price of choosing delta (1.35 standard \
      deviations is usual). `poisson` for counts, `quantile` for bounds. For classes: \
      `cross_entropy`, or `binary_cross_entropy` for two; both train probabilities.
      """,
    together: [
      ("training.learning_rate", "mae needs a rate that falls"),
      ("data.target_scale", "delta and the size of mse have the unit of the target"),
      ("training.metrics", "judge by what the loss aims at: rmse with mse, mae with mae"),
    ],
    reason: """
      By the target: mse for numbers, cross-entropy for classes; a rule advises huber where more \
      than a few rows lie far out. On six tables huber never lowered R² materially and cut the \
      absolute error on one with outliers by 7 to 16 %.
      """,
    picture: """
      loss │ mse              mae               huber
           │\\       /        \\         /       \\         /
           │ \\     /          \\       /         \\       /   straight outside,
           │  \\   /            \\     /           \\     /    round inside delta
           │   `-´              \\   /             `-.-´
           └────┴──── error ──────`┴´───────────────┴──────
      """,
    trials: ["training.loss=auto"])

  static let optimizer = KeyGuide(
    "training.optimizer",
    meaning: """
      The rule that turns a gradient into a step. `sgd` goes straight along the gradient. \
      `momentum` and `nesterov` keep rolling in the mean direction of past steps. `adam` gives \
      each weight a step of its own size, by how large its gradients have been; `adamw` adds \
      weight decay that this size does not change.
      """,
    choice: """
      `adamw` unless there is a reason. `sgd` with momentum where a recipe asks for it and the \
      rate is tuned. `lbfgs` for small tables and small networks, all rows in each step. \
      `lion`, `nadam`, `radam` are variants worth a trial, with rates of their own.
      """,
    together: [
      ("training.learning_rate", "each optimizer has its own usual rate"),
      ("training.batch_size", "sgd scales the rate with the batch, adam with its root"),
    ],
    reason: "`adamw`: it needs the least tuning, and its decay is independent of the rate's scale.",
    trials: [
      "training.optimizer=adamw", "training.optimizer=sgd", "training.optimizer=momentum",
    ])

  static let weightDecay = KeyGuide(
    "training.optimizer.adamw.weight_decay",
    meaning: """
      At each step every weight loses rate · decay of itself, so that only weights which the \
      data keep renewing stay large. Smaller weights are a smoother function.
      """,
    grows: "Weights are forgotten faster; too much, and the network cannot hold what it learns.",
    shrinks: "Weights grow freely; below about 1e-4 nothing is left of the effect.",
    together: [
      (
        "training.learning_rate",
        "weights are a mean over 1 / (rate · decay) steps: less decay with a higher rate"
      ),
      ("training.epochs", "that mean should span between an epoch and the run"),
      ("model.dropout", "both hold back; strong decay and strong dropout together underfit"),
    ],
    reason: "0.01, the value its authors' implementation made usual.",
    trials: [
      "training.optimizer={adamw: {weight_decay: 0}}",
      "training.optimizer={adamw: {weight_decay: 0.1}}",
    ])

  static let regularization = KeyGuide(
    "training.regularization",
    meaning: """
      Penalties on large weights, as part of what training makes small. `l2` draws every weight \
      towards zero in proportion to its size, `l1` by the same amount whatever its size, so that \
      many become nearly zero.
      """,
    grows: "A smoother function; too much underfits.",
    shrinks: "At zero only other means hold the weights back.",
    together: [
      ("training.optimizer", "with adam use the decay of adamw in place of l2"),
      ("model.dropout", "another way to hold back"),
    ],
    reason: "None: adamw has its decay.",
    trials: ["training.regularization=none", "training.regularization={l1: 0.0001}"])

  static let classWeights = KeyGuide(
    "training.class_weights",
    meaning: """
      How much a row of each class counts in the loss. `balanced` makes every class count alike \
      in sum, however rare it is.
      """,
    choice: """
      `none` where probabilities or a ranking are wanted: weights shift the probabilities away \
      from the true shares. To decide at a cost, move the threshold instead. `balanced` where a \
      rare class is otherwise never predicted at all.
      """,
    together: [
      ("training.metrics", "accuracy hides a rare class: add balanced_accuracy and f1"),
      ("training.learning_rate", "weights with a mean far from 1 act as another rate"),
    ],
    reason: """
      None: simulations find no gain in ranking from weights, and harm to probabilities.
      """,
    trials: ["training.class_weights=none", "training.class_weights=balanced"])

  static let labelSmoothing = KeyGuide(
    "training.label_smoothing",
    meaning: """
      A share of every label is spread over all classes, so that the network aims at 0.95 \
      rather than at 1. It keeps it from being sure beyond reason about labels that may be wrong.
      """,
    grows: "Less sure predictions; too much blurs what the labels say.",
    shrinks: "At zero labels are taken as certain.",
    together: [("training.metrics", "it helps accuracy more than log_loss or roc_auc")],
    reason: "0: networks for tables are mostly judged by log loss or ranking.",
    trials: ["training.label_smoothing=0", "training.label_smoothing=0.1"])

  static let metrics = KeyGuide(
    "training.metrics",
    meaning: """
      What is measured on the validation and test rows. The network is not trained on them: the \
      loss has to be smooth, a metric has to mean something to people.
      """,
    choice: """
      Accuracy where classes are about equal, balanced_accuracy, f1 or average_precision where \
      one is rare, roc_auc for a ranking, log_loss or brier for probabilities. rmse where large \
      errors are the costly ones, mae where all count by size, r2 beside others.
      """,
    together: [("training.loss", "metric and loss should aim at the same thing")],
    reason: "The usual ones of the task; `plumb train` shows them beside a constant and a line.",
    trials: ["training.metrics=auto"])
}
