internal import NetworkGraph
internal import Tensors

/// The loss of every row by itself, as training reports it: without weights and smoothing.
struct RowLosses {
  let values: [Double]

  /// - Parameter outputs: row-major, as the network gives them.
  init(outputs: [Float], of rows: PreparedRows, _ loss: any Loss) {
    let width = outputs.count / max(rows.count, 1)
    self.init(width: width, rows, loss) { row in outputs[(row * width)..<((row + 1) * width)] }
  }

  /// Those of the same outputs for all rows.
  init(constant: [Float], of rows: PreparedRows, _ loss: any Loss) {
    self.init(width: constant.count, rows, loss) { _ in constant[...] }
  }

  private init(
    width: Int, _ rows: PreparedRows, _ loss: any Loss, outputs: (Int) -> ArraySlice<Float>
  ) {
    let count = rows.targetCount
    let memory = Arena(floatCount: (width + count) * lanePadding).whole
    let output = Matrix(memory.window(0, width * lanePadding), rows: width, columns: 1)
    let target = Matrix(
      memory.window(width * lanePadding, count * lanePadding), rows: count, columns: 1)
    let terms = Double(loss.termsPerExample(outputs: width))
    values = (0..<rows.count).map { row in
      for (i, value) in outputs(row).enumerated() { output[i, 0] = value }
      for i in 0..<count { target[i, 0] = rows.targets[row * count + i] }
      return loss.evaluate(LossBatch(outputs: output, targets: target)) / terms
    }
  }

  /// Their mean; nil of no rows, and where one is not finite.
  var mean: Double? {
    guard let mean = Training.mean(values), mean.isFinite else { return nil }
    return mean
  }

  /// How far that mean may lie from that of endless rows of the same kind; nil as it is.
  var standardError: Double? { mean == nil ? nil : standardErrorOfMean(values) }
}
