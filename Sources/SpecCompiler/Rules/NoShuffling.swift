import SpecSyntax

extension Rule {
  static let noShuffling = Rule(
    code: "B510", name: "no-shuffling", level: .warning,
    title: "training rows in a fixed, perhaps sorted order",
    needs: [.spec], evidence: .textbook,
    rationale: """
      Sorted rows give batches of one class, so that each step undoes the one before. A fixed \
      order also takes away what makes the gradients of batches right on average.
      """,
    source: """
      Bengio 2012 and LeCun et al. 1998 (from memory); loaders of PyTorch do not shuffle unless \
      told, Keras and scikit-learn do.
      """,
    failsWhen: "The order is a curriculum, or a sequence whose state is carried on.",
    guarantee: """
      The training rows are shuffled anew in each epoch, from `training.seed`; a split by time \
      keeps later rows out of training, but does not order those within it.
      """,
    examples: [
      .refused("K101", "training: {shuffle: false}"),
      .silent("training: {batch_size: 32}"),
    ])
}
