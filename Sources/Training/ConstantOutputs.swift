internal import NetworkGraph
internal import Tables
internal import Tensors

/// The outputs that are best for a network that ignores its inputs, found as the network is
/// trained: on its rows, with their weights and smoothed labels.
struct ConstantOutputs {
  let values: [Float]

  /// - Parameter count: how many outputs the network has.
  init(_ recipe: Recipe, count: Int, train: PreparedRows, weights: [Float]?) {
    let rows = train.spread(over: Self.greatestRows)
    let ofRow = weights.map { weights in
      rows.count < train.count
        ? spreadRows(train.count, over: Self.greatestRows).map { weights[Int($0)] } : weights
    }
    switch recipe.loss.link {
    case .softmax:
      let shares = Self.shares(rows, ofRow, of: count, smoothing: recipe.labelSmoothing)
      values = shares.map { Float(logarithm(max($0, 1e-6))) }
    case .sigmoid:
      let shares = Self.shares(rows, ofRow, of: 2, smoothing: recipe.labelSmoothing)
      let odds = logarithm(max(shares[1], 1e-6)) - logarithm(max(shares[0], 1e-6))
      values = Array(repeating: Float(odds), count: count)
    case .exponential: values = meanLogarithms(rows)
    case .margin:
      // The greatest class leads by what is best; of two, the one output is on its side.
      let shares = Self.shares(rows, ofRow, of: max(2, count), smoothing: 0)
      let first = shares.indices.max { shares[$0] < shares[$1] } ?? 0
      let search = ConstantSearch(recipe.loss, rows, ofRow, outputs: count)
      values = search.least(
        from: Array(repeating: 0, count: count), moving: count == 1 ? 0 : first, in: -1...1)
    case .identity:
      let search = ConstantSearch(recipe.loss, rows, ofRow, outputs: count)
      values = (0..<count).reduce(into: Array(repeating: 0, count: count)) { values, output in
        let target = output % rows.targetCount
        let column = stride(from: target, to: rows.targets.count, by: rows.targetCount)
          .map { rows.targets[$0] }
        guard let least = column.min(), let greatest = column.max() else { return }
        values = search.least(from: values, moving: output, in: least...greatest)
      }
    }
  }

  /// More rows would hardly move a constant.
  private static let greatestRows = 4_096

  /// Each class's share of the rows' weights, a part of it spread over all classes.
  private static func shares(
    _ rows: PreparedRows, _ weights: [Float]?, of count: Int, smoothing: Double
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: count)
    for (row, code) in rows.targets.enumerated() {
      sums[min(max(0, Int(code)), count - 1)] += Double(weights?[row] ?? 1)
    }
    let total = max(sums.reduce(0, +), 1e-9)
    return sums.map { (1 - smoothing) * $0 / total + smoothing / Double(count) }
  }
}

/// The search for the output at which the loss of all rows is least, one output at a time.
private struct ConstantSearch {
  private let loss: any Loss
  private let outputs: Matrix
  private let targets: Matrix
  private let weights: View?

  init(_ loss: any Loss, _ rows: PreparedRows, _ weights: [Float]?, outputs count: Int) {
    self.loss = loss
    let (columns, targetCount) = (rows.count, rows.targetCount)
    let room = padded(columns)
    let memory = Arena(floatCount: (count + targetCount + 1) * room).whole
    outputs = Matrix(memory.window(0, count * room), rows: count, columns: columns)
    targets = Matrix(
      memory.window(count * room, targetCount * room), rows: targetCount, columns: columns)
    for row in 0..<columns {
      for i in 0..<targetCount { targets[i, row] = rows.targets[row * targetCount + i] }
    }
    let last = memory.window((count + targetCount) * room, room)
    for (row, weight) in (weights ?? []).enumerated() { last[row] = weight }
    self.weights = weights == nil ? nil : last
  }

  /// The outputs with one of them where the loss is least within a range.
  ///
  /// By golden sections, each of which leaves 62 % of the range: every loss here has one valley.
  func least(from values: [Float], moving index: Int, in range: ClosedRange<Float>) -> [Float] {
    for (row, value) in values.enumerated() { fill(row, value) }
    let ratio: Float = 0.618034
    var (low, high) = (range.lowerBound, range.upperBound)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (value(index, left), value(index, right))
    for _ in 0..<40 where high > low {
      if atLeft <= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = value(index, left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = value(index, right)
      }
    }
    var values = values
    values[index] = (low + high) / 2
    return values
  }

  private func value(_ output: Int, _ value: Float) -> Double {
    fill(output, value)
    return loss.evaluate(LossBatch(outputs: outputs, targets: targets, weights: weights))
  }

  private func fill(_ output: Int, _ value: Float) {
    outputs.rows(output..<(output + 1)).view.fill(value)
  }
}
