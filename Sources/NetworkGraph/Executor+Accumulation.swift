import Tensors

extension Executor {
  /// Computes the gradient of the mean loss of more rows than a batch holds, batch by batch, and
  /// gives that loss.
  ///
  /// Each batch counts as much as its rows together, so that the step is that of one large batch,
  /// but for what operations do with the batch as a whole.
  func accumulateGradient(rows: ArraySlice<Int32>, of data: TrainingData) -> Double {
    precondition(rows.count <= plan.rowsPerStep, "a step takes no more rows than its batches hold")
    guard let sum = gradientSum else { preconditionFailure("a plan of one batch has no sum") }
    let gradients = optimizerBuffers.gradients
    defer { batchOfStep = 0 }
    sum.fill(0)
    var (lossSum, weight) = (0.0, 0.0)
    for start in stride(from: rows.startIndex, to: rows.endIndex, by: plan.batch) {
      let loss = computeGradient(
        rows: rows[start..<min(start + plan.batch, rows.endIndex)], of: data)
      // Later batches would cover the traces of what went wrong.
      guard loss.isFinite else { return loss }
      blend(sum, keeping: 1, with: gradients, taking: Float(batchWeight))
      lossSum += loss * batchWeight
      weight += batchWeight
      batchOfStep += 1
    }
    // Rows that count nothing have no mean; their sum, which is 0, stands for it.
    let share = weight > 0 ? 1 / weight : 1
    blend(gradients, keeping: 0, with: sum, taking: Float(share))
    return lossSum * share
  }
}
