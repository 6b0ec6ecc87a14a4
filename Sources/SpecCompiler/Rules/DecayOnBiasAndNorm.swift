import SpecSyntax

extension Rule {
  static let decayOnBiasAndNorm = Rule(
    code: "R705", name: "decay-on-bias-and-norm",
    title: "weight decay that also shrinks biases and normalizations",
    needs: [.spec], evidence: .folklore,
    rationale: """
      Biases and the scales of normalizations do not add capacity as weights do, and drawing them \
      to zero distorts the fit, most of all where the bias of the output carries the base rate.
      """,
    source: """
      Goodfellow et al. 2016 (biases are usually not penalised, from memory); RealMLP (no decay \
      of biases); He et al. 2019, Bag of Tricks (from memory).
      """,
    failsWhen: "The decay is small: differences are usually within the noise of the seed.",
    guarantee: """
      Only weights decay: biases, scales and shifts of normalizations and the rows of embeddings \
      are spared by `weight_decay` of every optimizer and by `regularization`.
      """,
    examples: [
      .refused(
        "K101", "training: {optimizer: {adamw: {weight_decay: 0.05, decay_exclude: [bias]}}}"),
      .silent("training: {optimizer: {adamw: {weight_decay: 0.05}}}"),
    ])
}
