import Tensors

extension Executor {
  /// The mean squared length of the gradients of several batches, and that of the gradient of all
  /// their rows together; the network is left as it was.
  ///
  /// The batches are of one size, no larger than the plan's. Penalties and clipping are left out.
  public func squaredGradients(
    of batches: [ArraySlice<Int32>], from data: TrainingData
  ) -> (single: Double, together: Double) {
    precondition(!batches.isEmpty, "there is no gradient of nothing")
    let mode = FloatingPointMode.flushDenormals()
    defer { mode.restore() }
    let kept = state
    defer { (state, batchOfStep) = (kept, 0) }
    let gradients = optimizerBuffers.gradients
    let mean = Arena(floatCount: gradients.count).whole
    let share = 1 / Double(batches.count)
    var single = 0.0
    for batch in batches {
      _ = computeGradient(rows: batch, of: data)
      single += sumOfSquares(gradients) * share
      blend(mean, keeping: 1, with: gradients, taking: Float(share))
      // What is random in a layer differs from batch to batch, as it does in training.
      batchOfStep += 1
    }
    return (single, sumOfSquares(mean))
  }

  /// The share of hidden values from `relu` that are 0 for each of the rows, and how many such
  /// values there are; nil where the network has none.
  public func inactiveValues(
    rows: [Int32], of data: TrainingData
  ) -> (share: Double, count: Int)? {
    let cut = layout.nodes.indices.dropLast().filter { layout.nodes[$0].node.op.endsInReLU }
    guard !cut.isEmpty, !rows.isEmpty else { return nil }
    var isActive = cut.map { [Bool](repeating: false, count: layout.nodes[$0].buffers.output.rows) }
    for start in stride(from: 0, to: rows.count, by: plan.batch) {
      load(rows[start..<min(start + plan.batch, rows.count)], of: data)
      forward(isTraining: false)
      // Later outputs may lie where earlier ones were, so each is looked at in its turn.
      for (index, bound) in layout.nodes.enumerated() {
        bound.bound.forward()
        guard let place = cut.firstIndex(of: index) else { continue }
        let output = bound.buffers.output
        for row in 0..<output.rows where !isActive[place][row] {
          isActive[place][row] = (0..<output.columns).contains { output[row, $0] > 0 }
        }
      }
    }
    let values = isActive.joined()
    return (Double(values.count { !$0 }) / Double(values.count), values.count)
  }
}

extension Op {
  /// Whether its result is cut at 0, as `relu` does.
  fileprivate var endsInReLU: Bool {
    let activation =
      (self as? any WeightedOp)?.activation ?? (self as? any ActivationOp)?.activation
    return activation == .relu
  }
}
