// The learning rate.

import SpecSyntax

extension KeyGuide {
  static let learningRate = KeyGuide(
    "training.learning_rate",
    meaning: """
      The gradient says in which direction the loss falls; the learning rate says how far to go. \
      It is the setting that matters most and carries over least from one network to another. A \
      number keeps it constant; a mapping names a schedule: start high, finish low.
      """,
    grows: """
      The loss falls faster at first. Too high, steps overshoot the minimum: the loss jumps, \
      halts high, or becomes infinite and the run fails.
      """,
    shrinks: """
      Progress is slower and steadier. Too low, training ends before it has got anywhere, or \
      stays in a poor place that a longer step would have left.
      """,
    together: [
      ("training.batch_size", "larger batches allow longer steps"),
      ("training.learning_rate.schedule", "a high start needs a low end"),
      ("training.epochs", "a tenth of the rate needs about ten times the steps"),
      ("model.hidden_layers", "wider and deeper networks want lower rates"),
      ("training.optimizer", "sgd wants 10 to 100 times the rate of adam"),
    ],
    reason: """
      0.001 with adam and adamw, the value at which most networks for tables were published; on \
      13 tables it was safe everywhere, while 0.003 helped networks under 32 units and harmed a \
      table of few rows and many columns. A rule reports rates far from what an optimizer is \
      used with.
      """,
    picture: """
      too low              about right          too high
      │\\                   │\\                   │\\      /\\
      │ `-._               │ \\                  │ \\  /\\/  \\  /
      │     `-._           │  \\                 │  \\/      \\/
      │         `-._       │   `-.__________    │
      └───────────── steps └───────────── steps └───────────── steps
      """,
    trials: [
      "training.learning_rate=0.0003", "training.learning_rate=0.001",
      "training.learning_rate=0.003", "training.learning_rate=0.01",
    ])

  static let schedule = KeyGuide(
    "training.learning_rate.schedule",
    meaning: """
      How the rate changes during training. High rates cross the landscape quickly, low ones \
      settle in it; a schedule does the one first and the other after.
      """,
    choice: """
      `constant` while exploring, with early stopping. `cosine` for a final run of known length. \
      `reduce_on_plateau` where the length is not known: it waits until the validation loss \
      halts. `one_cycle` climbs first and is the fastest for short runs. `step` and `multi_step` \
      for recipes that name their epochs.
      """,
    together: [
      ("training.epochs", "planned decays are stretched over them"),
      ("training.early_stopping", "may cut off the end of a planned decay"),
      ("training.learning_rate.start", "with a low end the start may be higher"),
    ],
    reason: """
      Constant, with early stopping and the best epoch kept: on 12 tables cosine and one-cycle \
      gained nothing material over it.
      """,
    picture: """
      constant       cosine         step           one_cycle      plateau
      ───────────    ──.            ────┐             .-.         ─────┐
                        `.              └───┐       .'   `.            └──┐
                          `._               └──   .'       `._            └─
      """,
    trials: [
      "training.learning_rate={schedule: constant, start: 0.001}",
      "training.learning_rate={schedule: cosine, start: 0.003}",
      "training.learning_rate={schedule: one_cycle, start: 0.0003, peak: 0.003}",
    ])

  static let startRate = KeyGuide(
    "training.learning_rate.start",
    meaning: """
      The rate of the first full step, after the warm-up: the highest of the run for all \
      schedules but one_cycle.
      """,
    grows: "Faster at first, until the loss jumps.",
    shrinks: "Slower and steadier.",
    together: [
      ("training.learning_rate.schedule", "says how it goes on from here"),
      ("training.learning_rate.warmup", "lets a high start survive"),
    ],
    reason: "The rate the optimizer is usually used with: 0.001 for adam and adamw.",
    trials: ["training.learning_rate={start: 0.0003}", "training.learning_rate={start: 0.003}"])

  static let warmup = KeyGuide(
    "training.learning_rate.warmup",
    meaning: """
      Steps, or a share of all steps, over which the rate climbs from zero to its start. First \
      weights are random and first gradients large, so the first full steps can throw the \
      network far off; a warm-up makes them small.
      """,
    grows: "Safer, and the time spent at low rates is lost.",
    shrinks: "At zero the first step is a full one.",
    together: [
      ("training.learning_rate", "only high rates need it"),
      ("training.batch_size", "large batches go with high rates, and so with a warm-up"),
    ],
    reason: "None: at usual rates networks for tables start well. 5 % is usual for deep ones.",
    trials: [
      "training.learning_rate={schedule: cosine, start: 0.01}",
      "training.learning_rate={schedule: cosine, start: 0.01, warmup: 5%}",
    ])
}
