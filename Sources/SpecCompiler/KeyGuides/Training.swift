// How long and in what steps the network learns.

import SpecSyntax

extension KeyGuide {
  static let batchSize = KeyGuide(
    "training.batch_size",
    meaning: """
      The weights change once for every batch: the program takes this many rows, computes how \
      the loss would fall on them, and makes one step. All rows at once would give the exact \
      direction, but only one step for a whole pass over the table. One row at a time gives as \
      many steps as there are rows, each in a direction that is mostly noise. A batch is the \
      bargain between the two. A pass over all training rows is an epoch, so 400 rows in batches \
      of 32 make 13 steps an epoch, the last one smaller.
      """,
    grows: """
      Steps get fewer and their direction steadier; each epoch is faster, because arithmetic on \
      many rows is. At an unchanged rate and number of epochs the network has made less progress \
      in the end.
      """,
    shrinks: """
      Steps get more and noisier. The noise slows the last approach, and often helps the network \
      to find settings that hold on new rows. Below 8 rows most time goes into starting steps.
      """,
    together: [
      (
        "training.learning_rate",
        "a steadier direction allows longer steps: in proportion for sgd, by the root for adam"
      ),
      ("training.epochs", "a batch twice as large needs up to twice the epochs for as many steps"),
      ("model.dropout", "small batches are noise already, so they need less of other noise"),
    ],
    reason: """
      32 below 10,000 training rows, because larger batches at the same rate under-trained \
      narrow networks on 5 of 12 tables; 8 below 64 rows, so that an epoch has several steps; \
      128 below 50,000 and 256 from there, where there are steps enough and speed counts.
      """,
    picture: """
      rows  ████████████████████████████████████████  400
      32    ███ ███ ███ ███ ███ ███ ███ ███ ███ ███   13 steps an epoch, some noise
      400   ████████████████████████████████████████   1 step an epoch, no noise
      1     █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █  400 steps, mostly noise
      """,
    trials: ["training.batch_size=8", "training.batch_size=32", "training.batch_size=128"])

  static let epochs = KeyGuide(
    "training.epochs",
    meaning: """
      An epoch is one pass over all training rows, in an order drawn anew. This is how many \
      passes are made at the most; early stopping usually ends training before. After few epochs \
      the network has not yet learnt what the table shows (underfitting); after too many it has \
      learnt the rows themselves, noise included, and gets worse on new ones (overfitting).
      """,
    grows: """
      The training loss goes on falling. The validation loss falls, halts, and at some point \
      rises; from there on more epochs harm, unless the weights of the best epoch are kept.
      """,
    shrinks: "Training is over sooner; below the best epoch both losses are still falling.",
    together: [
      ("training.early_stopping", "with it, epochs is only the upper bound"),
      ("training.learning_rate.schedule", "a planned decay is stretched over the epochs"),
      ("training.batch_size", "steps are rows / batch size · epochs"),
      ("model.dropout", "dropout and other noise need more epochs"),
    ],
    reason: """
      500 below 2,000 training rows, 300 below 10,000, then 100, as an upper bound only. The best \
      epoch differs by a factor of 1.7 to 3 between seeds on published tables, so no fixed number \
      is right.
      """,
    picture: """
      loss │\\
           │ \\\\.              validation      . ·  overfitting
           │  \\ `- .  _               _ . ·
           │   \\       ` - . _ _ . ·
           │    ` - . _          training
           │            ` - . _ _ _ _ _ _ _ _ _ _ _
           └──────────────────┬─────────────────────── epochs
              underfitting    best epoch
      """,
    trials: ["training.epochs=10", "training.epochs=1000"])

  static let earlyStopping = KeyGuide(
    "training.early_stopping",
    meaning: """
      After every epoch the network is measured on the validation rows, which it does not train \
      on. When that measure has not improved for `patience` epochs, training ends, and with \
      `restore_best` the weights of the best epoch are the model. It answers how many epochs are \
      right by looking, which no rule of thumb can.
      """,
    choice: """
      `{monitor: validation.loss, patience: 20}` for a constant rate or a plateau schedule. With \
      a planned decay (cosine, one_cycle) let the run end as planned and only keep the best: \
      stopping early cuts off the part where the rate is low and progress is finest. `none` \
      trains all epochs.
      """,
    together: [
      ("training.epochs", "the upper bound it works under"),
      ("data.split.validation", "few validation rows make the measure noisy: more patience"),
      ("training.learning_rate.schedule", "a plateau schedule has to act before stopping does"),
    ],
    reason: """
      On, with a patience of 20 epochs on the validation loss, where there are validation rows: \
      the cheapest regulariser there is.
      """,
    trials: [
      "training.early_stopping={patience: 5}", "training.early_stopping={patience: 50}",
    ])

  static let patience = KeyGuide(
    "training.early_stopping.patience",
    meaning: """
      How many epochs without improvement are waited for before training stops. Validation \
      curves go up and down by accident, so one worse epoch says little.
      """,
    grows: "Training lasts longer and finds late improvements; a late rise costs only time.",
    shrinks: "Training ends sooner, below 5 often at an accident of one epoch.",
    together: [
      ("training.learning_rate", "low rates improve slowly and need more patience"),
      ("data.split.validation", "the fewer rows, the noisier the curve"),
      ("model.dropout", "noisier training needs more patience"),
    ],
    reason: """
      20 epochs: published studies of tables use 16 to 40, libraries 0 to 10, and slower \
      criteria improved the error by about 4 % at 4 times the cost (Prechelt 1998).
      """,
    trials: [
      "training.early_stopping.patience=3", "training.early_stopping.patience=20",
      "training.early_stopping.patience=60",
    ])

  static let gradientAccumulation = KeyGuide(
    "training.gradient_accumulation",
    meaning: """
      How many batches are put together for one step, as if they were one large batch. It gives \
      the steadier direction of a large batch in the memory of a small one.
      """,
    grows: "Steps get fewer and steadier, as with a larger batch; nothing gets faster.",
    shrinks: "At 1 every batch makes a step.",
    together: [
      ("training.batch_size", "the rows of a step are the product of the two"),
      ("training.learning_rate", "steadier steps may be longer"),
    ],
    reason: "1, because networks for tables fit into memory with any useful batch.",
    trials: ["training.gradient_accumulation=1", "training.gradient_accumulation=4"])

  static let gradientClipping = KeyGuide(
    "training.gradient_clipping",
    meaning: """
      A single batch can have a gradient many times the usual size, and one step along it can \
      undo an epoch. Clipping by `norm` shortens such a gradient and keeps its direction; by \
      `value` it cuts every component by itself.
      """,
    grows: "Fewer steps are touched; far above the usual norm it does nothing.",
    shrinks: "More steps have the same length; far below the usual norm all have.",
    together: [
      ("training.learning_rate", "clipping makes a higher rate survive the first epochs"),
      ("data.target_scale", "the norm has the unit of the loss: scale the target first"),
    ],
    reason: "None: on scaled tables gradients are tame. A norm of 1 to 5 is usual elsewhere.",
    trials: ["training.gradient_clipping=none", "training.gradient_clipping={norm: 1}"])

  static let weightAveraging = KeyGuide(
    "training.weight_averaging",
    meaning: """
      Weights wander around a good place while the rate is high. Their mean lies nearer to it \
      than any of them; `ema` keeps a mean that forgets, `swa` one over the last epochs.
      """,
    choice: """
      `ema` with a constant rate, in place of a decay of the rate. `swa` over the last quarter of \
      a long run. With a rate that falls to zero neither adds much.
      """,
    together: [
      ("training.learning_rate.schedule", "averaging and decay remove the same noise"),
      ("training.epochs", "the mean needs steps enough to forget the start"),
    ],
    reason: "None: a decay of the rate does the same where it is planned.",
    trials: ["training.weight_averaging=none", "training.weight_averaging={ema: 0.99}"])

  static let seed = KeyGuide(
    "training.seed",
    meaning: """
      The number from which first weights, the order of rows and dropout are drawn. The same \
      seed gives the same bytes; another seed gives another network of the same worth. It is not \
      a setting to tune: how far scores differ between seeds tells how small a difference means \
      nothing.
      """,
    choice: "Any number. Compare settings over several seeds, never over one.",
    together: [("data.split.seed", "draws which rows validate and test, apart from this")],
    reason: "42, so that a spec means the same network tomorrow.",
    trials: ["training.seed=1", "training.seed=2"])

  static let checkpoint = KeyGuide(
    "training.checkpoint",
    meaning: """
      A checkpoint holds everything training needs to go on: the weights and those of the best \
      epoch, what the optimizer remembers, and how far the epochs have come. With it \
      `plumb train --resume FOLDER` goes on after an interruption, a crash or a power cut, \
      and ends with the same bytes as if nothing had happened.
      """,
    choice: """
      `none` saves about once a minute, and when interrupted; short runs are never saved. \
      `{every: 10}` saves after every ten epochs and after the last, and the finished run keeps \
      that one, for whoever wants the last weights beside the best.
      """,
    together: [
      ("training.epochs", "a long run has more to lose"),
      ("training.early_stopping", "the best weights so far are in every checkpoint"),
    ],
    reason: """
      None: a minute of work is little to lose, and saving takes no more than a twentieth of the \
      time.
      """,
    trials: ["training.checkpoint=none", "training.checkpoint={every: 10}"])
}
