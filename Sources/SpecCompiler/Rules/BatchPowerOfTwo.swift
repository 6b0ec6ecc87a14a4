import SpecSyntax

extension Rule {
  static let batchPowerOfTwo = Rule(
    code: "B502", name: "batch-power-of-two",
    title: "the batch size is neither a power of two nor a multiple of 16",
    needs: [.spec], evidence: .folklore,
    rationale: """
      Powers of two were said to suit memory and hardware. Here rows are computed in groups of \
      16, so another size leaves a part of the last group idle; a multiple of 16 wastes nothing, \
      power of two or not. Sizes of up to 8 are left alone.
      """,
    source: """
      Common teaching; Goodfellow et al. 2016, as quoted in benchmarks. Against: Raschka \
      2022; Weights and Biases report "Do batch sizes actually need to be powers of 2", 2022.
      """,
    failsWhen: "The number of rows divides evenly by the size, or a full device matters more.",
    conflict: """
      sources disagree: the rule is often repeated, while timings on current hardware differ by \
      less than their noise
      """,
    examples: [
      .fires(
        """
        training:
          batch_size: 100   #! B502
        """,
        fixed: """
          training:
            batch_size: 128
          """),
      .silent("training: {batch_size: 128}"),
      .silent("training: {batch_size: 96}"),
      .silent("training: {batch_size: 6}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.batch_size"), let size = facts.batchSize, size > 8,
      size % 16 != 0, size & (size - 1) != 0
    else { return }
    let padded = (size + 15) / 16 * 16
    let better = nearestPowerOfTwo(to: size)
    report.at(
      "training.batch_size", "a batch of \(size) rows is computed as \(padded)",
      label: "\(padded - size) of \(padded) are idle",
      remedies: [
        .set("training.batch_size", .integer(better), "use \(better), the nearest power of two")
      ])
  }
}

/// The power of two with the least distance; the larger of two.
private func nearestPowerOfTwo(to size: Int) -> Int {
  var power = 1
  while 2 * power <= size { power *= 2 }
  return size - power < 2 * power - size ? power : 2 * power
}
