import Tensors

extension Executor {
  /// Lets the optimiser look for a step that lowers the loss of the rows with the penalty.
  ///
  /// All evaluations belong to one step: what is random in a layer stays as it is.
  func search(
    from loss: Double, rows: ArraySlice<Int32>, of data: TrainingData, rate: Double
  ) {
    plan.optimizer.update(
      optimizerBuffers, step: stepCount + 1, rate: Float(rate), loss: loss + penaltyValue
    ) {
      computeStepGradient(rows: rows, of: data) + penaltyValue
    }
  }

  /// What the penalty adds to the loss.
  private var penaltyValue: Double {
    guard penalty.isActive else { return 0 }
    return penaltySum(of: optimizerBuffers, l1: Float(penalty.l1), l2: Float(penalty.l2))
  }
}
