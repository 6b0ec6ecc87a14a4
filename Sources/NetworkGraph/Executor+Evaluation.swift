import SpecSyntax
import Tensors

extension Executor {
  /// What evaluation gives for some rows.
  public struct Evaluation: Sendable {
    /// The weighted mean loss, without label smoothing.
    public let loss: Double
    /// Row-major, one row per example: the outputs before the loss's link.
    public let outputs: [Float]
    /// Where outputs are not finite, the first place that is to blame.
    public let nonFinite: NonFinite?
  }

  /// Outputs and loss, without dropout and with running statistics.
  public func evaluate(rows: [Int32], of data: TrainingData) -> Evaluation {
    var outputs: [Float] = []
    outputs.reserveCapacity(rows.count * layout.output.rows)
    var place: NonFinite?
    let loss = evaluate(rows: rows, of: data) {
      append($0, to: &outputs)
      if place == nil, !$0.isFinite { place = nonFinitePlace(loss: 0) }
    }
    return Evaluation(loss: loss, outputs: outputs, nonFinite: place)
  }

  /// The weighted mean loss; 0 for no rows.
  public func loss(rows: [Int32], of data: TrainingData) -> Double {
    evaluate(rows: rows, of: data) { _ in }
  }

  /// What a person asks for, row-major: numbers, probabilities or scores by the loss's link.
  public func predictions(rows: [Int32], of data: TrainingData) -> [Float] {
    var predictions: [Float] = []
    predictions.reserveCapacity(rows.count * layout.output.rows)
    let link = plan.loss.link
    _ = evaluate(rows: rows, of: data) { outputs in
      // Between training steps the output's gradient is free.
      let room = layout.outputGradient
      switch link {
      case .identity, .margin: append(outputs, to: &predictions)
      case .softmax:
        softmax(logits: outputs, probabilities: room)
        append(room, to: &predictions)
      case .sigmoid:
        activate(.sigmoid, input: outputs, output: room)
        append(room, to: &predictions)
      case .exponential:
        let start = predictions.count
        append(outputs, to: &predictions)
        for i in start..<predictions.count {
          predictions[i] = Float(exponential(Double(predictions[i])))
        }
      }
    }
    return predictions
  }

  /// Evaluates batch by batch and hands on the outputs of each; gives the weighted mean loss.
  private func evaluate(
    rows: [Int32], of data: TrainingData, use: (Matrix) -> Void
  ) -> Double {
    let mode = FloatingPointMode.flushDenormals()
    defer { mode.restore() }
    var (sum, total) = (0.0, 0.0)
    for start in stride(from: 0, to: rows.count, by: plan.batch) {
      load(rows[start..<min(start + plan.batch, rows.count)], of: data)
      forward(isTraining: false)
      sum += batchLoss(isTraining: false)
      total += Double(normaliser)
      use(layout.output)
    }
    return total > 0 ? sum / total : 0
  }

  /// Appends a batch with a row per example.
  private func append(_ outputs: Matrix, to rows: inout [Float]) {
    for column in 0..<outputs.columns {
      for row in 0..<outputs.rows { rows.append(outputs.view[row * outputs.stride + column]) }
    }
  }
}
