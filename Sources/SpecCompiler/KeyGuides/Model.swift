// The network.

import SpecSyntax

extension KeyGuide {
  static let hiddenLayers = KeyGuide(
    "model.hidden_layers",
    meaning: """
      How many layers stand between inputs and outputs, and how many neurons each has: `[64]` is \
      one of 64, `[64, 32]` two, `[]` none, which is a straight line. Each neuron adds a bend to \
      the function that the network can draw. The weights between neurons are parameters: \
      training finds them. How many there are is a hyperparameter: you choose it, before \
      training, and no gradient tells you.
      """,
    grows: """
      More bends: what was too coarse becomes possible (less underfitting). Parameters grow with \
      the product of neighbouring widths, and so does the time; with few rows and nothing that \
      holds back, the network learns the rows by heart (overfitting).
      """,
    shrinks: """
      Fewer bends, and slower learning: under 32 units a network often is not too small, only \
      slow at the usual rate.
      """,
    together: [
      ("training.early_stopping", "stopping makes a wide network safe"),
      ("model.dropout", "wider layers can pay for dropout"),
      ("training.learning_rate", "four times the width wants half the rate"),
      ("data.split.validation", "few rows: fewer units, or more that holds back"),
    ],
    reason: """
      One layer of two thirds of the inputs plus the outputs, kept within 32 and 64 units (128 \
      from 5,000 rows): of all rules tried on 13 tables it lost least, 0.4 %. The raw rules of \
      thumb lose 3 to 6 %, up to 55 % on one table. A second layer changed nothing in 42 of 51 \
      comparisons, helped in 3 and harmed in 6.
      """,
    picture: """
      []  a line        [4]  a few bends      [64]  many bends
      │      . /        │     ._.             │     .  _.
      │    ./.          │  . /   \\ .          │  ._/.\\/ \\.
      │  ./  .          │  ./  .  \\           │ ./  .   .\\
      └────────         └──────────           └───────────
      """,
    trials: [
      "model.hidden_layers=[]", "model.hidden_layers=[32]", "model.hidden_layers=[128]",
      "model.hidden_layers=[64, 64]",
    ])

  static let layers = KeyGuide(
    "model.layers",
    meaning: """
      The network operation by operation, in place of `hidden_layers`: convolutions for images, \
      branches and sums for residual networks, normalisation where you want it. The output layer \
      is derived from target and loss and is not written.
      """,
    choice: """
      `hidden_layers` for tables. `layers` for images and series, or where a recipe from a paper \
      has to be followed.
      """,
    together: [("data.shape", "convolutions need the sizes of an example")],
    reason: "Absent: `hidden_layers` is decided instead.",
    trials: ["model.hidden_layers=[32]"])

  static let activation = KeyGuide(
    "model.activation",
    meaning: """
      The function after each hidden layer that bends the line. Without one, any number of \
      layers is still a straight line.
      """,
    choice: """
      `relu` is fast and works; `silu`, `gelu` and `mish` are smooth relatives, worth a trial \
      and somewhat slower; `selu` goes with alpha dropout and the lecun initializer; `tanh` and \
      `sigmoid` saturate, which makes deep networks slow to learn.
      """,
    together: [
      ("model.initializer", "he for relu-like functions, glorot for tanh and sigmoid"),
      ("model.hidden_layers", "deep stacks of tanh or sigmoid hardly learn"),
    ],
    reason: "relu: nothing was found for tables that is better by a margin one could rely on.",
    picture: """
      relu      /     tanh    .---     sigmoid  .---    silu      /
               /             /                 /                 /
      ________/       ______/          ____.--´         ------._/
      """,
    trials: ["model.activation=relu", "model.activation=silu", "model.activation=tanh"])

  static let dropout = KeyGuide(
    "model.dropout",
    meaning: """
      In every training step this share of hidden values, drawn anew, is set to zero, so that no \
      neuron can rely on one other. Validation and prediction use all of them.
      """,
    grows: "Less overfitting, slower and noisier training; beyond 0.5 mostly underfitting.",
    shrinks: "At zero nothing is dropped.",
    together: [
      ("model.hidden_layers", "fewer units work in each step: widths divided by the share kept"),
      ("training.epochs", "noise needs time, and patience"),
      ("model.normalization", "before batch normalisation it shifts the statistics"),
    ],
    reason: "0, with early stopping and decay holding back; 0.1 to 0.3 where overfitting is seen.",
    trials: ["model.dropout=0", "model.dropout=0.2", "model.dropout=0.5"])

  static let normalization = KeyGuide(
    "model.normalization",
    meaning: """
      Shifts and scales what goes into each activation to zero mean and unit variance: `batch` \
      over the rows of the batch, `layer` over the neurons of one row.
      """,
    choice: """
      `none` for one or two layers. `layer` for deep stacks, whatever the batch. `batch` for \
      convolutions, with batches of at least 16 rows.
      """,
    together: [
      ("training.batch_size", "batch statistics of few rows are noise"),
      ("training.learning_rate", "normalised networks bear higher rates"),
      ("model.dropout", "not right before batch normalisation"),
    ],
    reason: "None: the default network has one hidden layer and scaled inputs.",
    trials: ["model.normalization=none", "model.normalization=layer"])

  static let initializer = KeyGuide(
    "model.initializer",
    meaning: """
      From which distribution first weights are drawn. If they are too small the signal fades \
      from layer to layer, if too large it explodes; the right variance depends on how much the \
      activation lets through.
      """,
    choice: "`he` for relu and its relatives, `glorot` for tanh and sigmoid, `lecun` for selu.",
    together: [("model.activation", "decides which variance keeps the signal's size")],
    reason: "The one that keeps the signal's size through the chosen activation.",
    trials: ["model.initializer=he", "model.initializer=glorot"])
}
