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
    ElementLoss(testDescription: "log cosh") {
      logCoshError(
        outputs: $0, targets: $1, weights: $2, normaliser: $3, gradient: $4, on: $5)
    } value: {
      log(cosh($0 - $1))
    } slope: {
      Foundation.tanh($0 - $1)
    },
    ElementLoss(testDescription: "quantile") {
      quantileError(
        outputs: $0, targets: $1, weights: $2, level: 0.8, normaliser: $3, gradient: $4, on: $5)
    } value: {
      max(0.8 * ($1 - $0), 0.2 * ($0 - $1))
    } slope: {
      $0 == $1 ? 0 : $0 < $1 ? -0.8 : 0.2
    },
    ElementLoss(testDescription: "poisson") {
      poissonLoss(
        outputs: $0, targets: $1, weights: $2, normaliser: $3, gradient: $4, on: $5)
    } value: {
      exp($0) - $1 * $0
    } slope: {
      exp($0) - $1
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

  @Test(
    "the focal loss agrees with its formula and its gradient with its differences",
    arguments: [0, 0.5, 2] as [Float], [2, 3, 10])
  func focal(_ focus: Float, _ classCount: Int) {
    for smoothing in [0, 0.1] as [Float] {
      for columns in [1, 16, 17] {
        let logits = sample(rows: classCount, columns: columns, in: -9...9, seed: 12)
        let classes = sampleView((0..<columns).map { Float($0 * 7 % classCount) })
        let weights = sampleView(columns, in: 0...2, seed: 13)
        let answer = classAnswer(logits, classes, weights) {
          Reference.focal($0, target: $1, focus: Double(focus), smoothing: Double(smoothing))
        }
        for set in InstructionSet.available {
          let gradient = blank(classCount, columns, extraStride: 16)
          let total = focalCrossEntropy(
            logits: logits, classes: classes, weights: weights, focus: focus,
            smoothing: smoothing, normaliser: 3, gradient: gradient, on: set)
          #expect(abs(total - answer.total) < 2e-6 * max(1, answer.total), "\(set)")
          #expect(distance(gradient.values, answer.gradient) < 2e-6, "\(set)")
          #expect(hasZeroPadding(gradient), "\(set)")
        }
      }
    }
  }

  @Test(
    "hinge losses agree with their formula and their gradients with its differences",
    arguments: [HingePower.linear, .squared], [1, 2, 3, 10])
  func hinge(_ power: HingePower, _ rows: Int) {
    for columns in [1, 16, 17, 33] {
      let scores = sample(rows: rows, columns: columns, in: -2...2, seed: 14)
      let classes = sampleView((0..<columns).map { Float($0 * 7 % max(rows, 2)) })
      for weights in [nil, sampleView(columns, in: 0...2, seed: 15)] {
        let answer = classAnswer(scores, classes, weights) { scores, target in
          let lack = Reference.lackOfMargin(scores, target: target)
          return power == .squared ? lack * lack : lack
        }
        for set in InstructionSet.available {
          let gradient = blank(rows, columns, extraStride: 16)
          let total = hingeLoss(
            scores: scores, classes: classes, weights: weights, power: power, normaliser: 3,
            gradient: gradient, on: set)
          #expect(abs(total - answer.total) < 1e-6 * max(1, answer.total), "\(set)")
          #expect(distance(gradient.values, answer.gradient) < 1e-5, "\(set)")
          #expect(hasZeroPadding(gradient), "\(set)")
        }
      }
    }
  }

  /// The weighted sum of a loss by example, and its gradient over 3 by central differences.
  func classAnswer(
    _ outputs: Matrix, _ classes: View, _ weights: View?, of loss: ([Double], Int) -> Double
  ) -> (total: Double, gradient: [[Double]]) {
    var (total, gradient) = (0.0, outputs.values)
    for j in 0..<outputs.columns {
      let (weight, target) = (Double(weights?[j] ?? 1), Int(classes[j]))
      var column = (0..<outputs.rows).map { Double(outputs[$0, j]) }
      total += weight * loss(column, target)
      for row in column.indices {
        let (x, h) = (column[row], 1e-6)
        column[row] = x + h
        let above = loss(column, target)
        column[row] = x - h
        gradient[row][j] = weight * (above - loss(column, target)) / (2 * h) / 3
        column[row] = x
      }
    }
    return (total, gradient)
  }

  @Test("what is not a number in any output shows in a loss over classes")
  func notANumber() {
    for (row, bad) in [(0, Float.nan), (1, .nan), (0, .infinity), (2, .infinity)] {
      let logits = blank(3, 1)
      logits[row, 0] = bad
      let classes = sampleView([1])
      for set in InstructionSet.available {
        let losses = [
          softmaxCrossEntropy(
            logits: logits, classes: classes, normaliser: 1, gradient: nil, on: set),
          focalCrossEntropy(
            logits: logits, classes: classes, focus: 2, normaliser: 1, gradient: nil, on: set),
          hingeLoss(scores: logits, classes: classes, normaliser: 1, gradient: nil, on: set),
        ]
        for loss in losses { #expect(!loss.isFinite, "\(bad) in row \(row), \(losses)") }
      }
    }
  }

  @Test("a loss stays finite for far logits and shows what is not a number")
  func far() {
    let logits = blank(2, 1)
    (logits[0, 0], logits[1, 0]) = (1e4, -1e4)
    for set in InstructionSet.available {
      let loss = softmaxCrossEntropy(
        logits: logits, classes: sampleView([1]), normaliser: 1, gradient: nil, on: set)
      #expect(loss == 2e4, "\(set)")
      let focal = focalCrossEntropy(
        logits: logits, classes: sampleView([1]), focus: 2, normaliser: 1, gradient: nil, on: set)
      #expect(focal == 2e4, "\(set)")
      let apart = logCoshError(
        outputs: logits, targets: blank(2, 1), normaliser: 1, gradient: nil, on: set)
      #expect(abs(apart - 2e4) < 20, "\(set)")
      let broken = blank(1, 1)
      broken[0, 0] = .nan
      let bad = squaredError(
        outputs: broken, targets: blank(1, 1), normaliser: 1, gradient: nil, on: set)
      #expect(bad.isNaN, "\(set)")
    }
  }
}
