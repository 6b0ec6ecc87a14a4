import Foundation
import Tensors
import Testing

struct LossTests {
  /// A loss by element with its derivative by the output.
  struct ElementLoss: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var run: @Sendable (Matrix, Matrix, View?, Float, Matrix?, InstructionSet) -> Double
    var value: @Sendable (Double, Double) -> Double
    var slope: @Sendable (Double, Double) -> Double
  }

  static let losses: [ElementLoss] = [
    ElementLoss(testDescription: "squared") {
      squaredError(
        outputs: $0, targets: $1, weights: $2, normaliser: $3, gradient: $4, on: $5)
    } value: {
      ($0 - $1) * ($0 - $1)
    } slope: {
      2 * ($0 - $1)
    },
    ElementLoss(testDescription: "absolute") {
      absoluteError(
        outputs: $0, targets: $1, weights: $2, normaliser: $3, gradient: $4, on: $5)
    } value: {
      abs($0 - $1)
    } slope: {
      $0 == $1 ? 0 : $0 < $1 ? -1 : 1
    },
    ElementLoss(testDescription: "huber") {
      huberError(
        outputs: $0, targets: $1, weights: $2, delta: 0.5, normaliser: $3, gradient: $4, on: $5)
    } value: {
      let d = abs($0 - $1)
      return d <= 0.5 ? d * d / 2 : 0.5 * (d - 0.25)
    } slope: {
      max(-0.5, min(0.5, $0 - $1))
    },
    ElementLoss(testDescription: "sigmoid cross entropy") {
      sigmoidCrossEntropy(
        logits: $0, targets: $1, weights: $2, smoothing: 0.1, normaliser: $3, gradient: $4, on: $5)
    } value: {
      Reference.softplus($0) - $0 * ($1 * 0.9 + 0.05)
    } slope: {
      1 / (1 + exp(-$0)) - ($1 * 0.9 + 0.05)
    },
  ]

  @Test("losses by element agree with their formulas", arguments: losses)
  func elements(_ loss: ElementLoss) {
    for (units, columns) in [(1, 1), (1, 31), (3, 16), (2, 17), (5, 100)] {
      let outputs = sample(rows: units, columns: columns, in: -4...4, seed: 7)
      let targets = sample(rows: units, columns: columns, extraStride: 16, in: 0...1, seed: 8)
      if units == 3 { targets[0, 0] = outputs[0, 0] }
      for weights in [nil, sampleView(columns, in: 0...2, seed: 9)] {
        for set in InstructionSet.available {
          check(loss, outputs, targets, weights, set)
        }
      }
    }
  }

  func check(
    _ loss: ElementLoss, _ outputs: Matrix, _ targets: Matrix, _ weights: View?,
    _ set: InstructionSet
  ) {
    let (x, t) = (outputs.values, targets.values)
    let w = weights?.values ?? [Double](repeating: 1, count: outputs.columns)
    let gradient = blank(outputs.rows, outputs.columns, extraStride: 16)
    let total = loss.run(outputs, targets, weights, 5, gradient, set)
    var answer = 0.0
    var slopes = x
    for u in x.indices {
      for j in w.indices {
        answer += w[j] * loss.value(x[u][j], t[u][j])
        slopes[u][j] = w[j] * loss.slope(x[u][j], t[u][j]) / 5
      }
    }
    #expect(abs(total - answer) < 1e-6 * max(1, abs(answer)), "\(set)")
    #expect(distance(gradient.values, slopes) < 1e-6, "\(set)")
    #expect(hasZeroPadding(gradient), "\(set)")
    #expect(loss.run(outputs, targets, weights, 5, nil, set) == total, "\(set)")
  }

  @Test(
    "the softmax cross entropy agrees with its formula and its gradient with its differences",
    arguments: [0, 0.1] as [Float], [2, 3, 10, 17])
  func crossEntropy(_ smoothing: Float, _ classCount: Int) {
    for columns in [1, 15, 16, 33] {
      let logits = sample(rows: classCount, columns: columns, in: -9...9, seed: 10)
      let classes = sampleView((0..<columns).map { Float($0 * 7 % classCount) })
      for weights in [nil, sampleView(columns, in: 0...2, seed: 11)] {
        for set in InstructionSet.available {
          let gradient = blank(classCount, columns, extraStride: 32)
          let total = softmaxCrossEntropy(
            logits: logits, classes: classes, weights: weights, smoothing: smoothing,
            normaliser: 3, gradient: gradient, on: set)
          let answer = crossEntropyAnswer(logits, classes, weights, Double(smoothing))
          #expect(abs(total - answer.total) < 1e-6 * max(1, answer.total), "\(set)")
          #expect(distance(gradient.values, answer.gradient) < 1e-6, "\(set)")
          #expect(hasZeroPadding(gradient), "\(set)")
        }
      }
    }
  }

  func crossEntropyAnswer(
    _ logits: Matrix, _ classes: View, _ weights: View?, _ smoothing: Double
  ) -> (total: Double, gradient: [[Double]]) {
    var (total, gradient) = (0.0, logits.values)
    for j in 0..<logits.columns {
      let column = (0..<logits.rows).map { Double(logits[$0, j]) }
      let (weight, target) = (Double(weights?[j] ?? 1), Int(classes[j]))
      total += weight * Reference.crossEntropy(column, target: target, smoothing: smoothing)
      for (c, share) in Reference.softmax(column).enumerated() {
        let wanted = smoothing / Double(column.count) + (c == target ? 1 - smoothing : 0)
        gradient[c][j] = weight * (share - wanted) / 3
      }
    }
    return (total, gradient)
  }

  @Test("a loss stays finite for far logits and shows what is not a number")
  func far() {
    let logits = blank(2, 1)
    (logits[0, 0], logits[1, 0]) = (1e4, -1e4)
    for set in InstructionSet.available {
      let loss = softmaxCrossEntropy(
        logits: logits, classes: sampleView([1]), normaliser: 1, gradient: nil, on: set)
      #expect(loss == 2e4, "\(set)")
      let broken = blank(1, 1)
      broken[0, 0] = .nan
      let bad = squaredError(
        outputs: broken, targets: blank(1, 1), normaliser: 1, gradient: nil, on: set)
      #expect(bad.isNaN, "\(set)")
    }
  }
}
