import Tensors
import Testing

struct NormalizationTests {
  static let epsilon = 1e-5

  /// The normalised rows of a group (or one column) with its mean and variance.
  static func normalised(_ x: [Double]) -> (values: [Double], mean: Double, variance: Double) {
    let count = Double(x.count)
    let mean = x.reduce(0, +) / count
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return (x.map { ($0 - mean) / (variance + epsilon).squareRoot() }, mean, variance)
  }

  /// The gradient of `⟨dy, normalised(x)⟩` by central differences.
  static func differences(_ x: [Double], _ dy: [Double]) -> [Double] {
    x.indices.map { i in
      func total(_ step: Double) -> Double {
        var moved = x
        moved[i] += step
        return zip(normalised(moved).values, dy).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return (total(1e-5) - total(-1e-5)) / 2e-5
    }
  }

  static func statistics(_ count: Int) -> NormalizationStatistics {
    NormalizationStatistics(mean: sampleView(count), inverseDeviation: sampleView(count))
  }

  @Test(
    "a batch normalisation has its formula's values, running statistics and gradients",
    arguments: [(3, 2, 1), (2, 17, 1), (1, 33, 1), (4, 5, 2), (6, 16, 3)])
  func batch(_ rows: Int, _ columns: Int, _ rowsPerFeature: Int) {
    let features = rows / rowsPerFeature
    let input = sample(rows: rows, columns: columns, extraStride: 16, in: -2...5, seed: 21)
    let dy = sample(rows: rows, columns: columns, seed: 22)
    let (scale, shift) = (sampleView(features, seed: 23), sampleView(features, seed: 24))
    for set in InstructionSet.available {
      let (output, dx) = (blank(rows, columns), blank(rows, columns))
      let (dScale, dShift) = (sampleView(features), sampleView(features))
      let statistics = Self.statistics(features)
      let running = RunningStatistics(
        mean: sampleView([Float](repeating: 1, count: features)),
        variance: sampleView([Float](repeating: 2, count: features)))
      batchNormForward(
        input: input, scale: scale, shift: shift, output: output, statistics: statistics,
        running: running, rowsPerFeature: rowsPerFeature, on: set)
      batchNormBackward(
        input: input, scale: scale, statistics: statistics, outputGradient: dy, inputGradient: dx,
        scaleGradient: dScale, shiftGradient: dShift, rowsPerFeature: rowsPerFeature, on: set)
      for f in 0..<features {
        let group = f * rowsPerFeature..<(f + 1) * rowsPerFeature
        let (x, g) = (group.flatMap { input.values[$0] }, group.flatMap { dy.values[$0] })
        let (values, mean, variance) = Self.normalised(x)
        let (s, t, count) = (Double(scale[f]), Double(shift[f]), Double(x.count))
        let got = group.flatMap { output.values[$0] }
        #expect(distance(got, values.map { $0 * s + t }) < 2e-6, "\(set)")
        let gotGradient = group.flatMap { dx.values[$0] }
        #expect(distance(gotGradient, Self.differences(x, g).map { $0 * s }) < 1e-5, "\(set)")
        #expect(distance([Double(dShift[f])], [g.reduce(0, +)]) < 2e-6, "\(set)")
        let weighted = zip(g, values).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(distance([Double(dScale[f])], [weighted]) < 3e-6, "\(set)")
        let unbiased = variance * count / (count - 1)
        #expect(abs(Double(running.mean[f]) - (0.9 + 0.1 * mean)) < 1e-6, "\(set)")
        #expect(abs(Double(running.variance[f]) - (1.8 + 0.1 * unbiased)) < 2e-6, "\(set)")
      }
      #expect(hasZeroPadding(dx), "\(set)")
    }
  }

  @Test("inference uses the running statistics")
  func inference() {
    let input = sample(rows: 2, columns: 5, seed: 25)
    let running = RunningStatistics(mean: sampleView([0.5, -1]), variance: sampleView([4, 0.25]))
    for set in InstructionSet.available {
      let output = blank(2, 5)
      batchNormInference(
        input: input, scale: sampleView([2, 1]), shift: sampleView([0, 3]), output: output,
        running: running, epsilon: 0, on: set)
      let answer = [input.values[0].map { $0 - 0.5 }, input.values[1].map { ($0 + 1) * 2 + 3 }]
      #expect(distance(output.values, answer) < 1e-6, "\(set)")
    }
  }

  @Test(
    "a layer normalisation has its formula's values and gradients",
    arguments: [(2, 1), (3, 17), (16, 7), (33, 5)])
  func layer(_ rows: Int, _ columns: Int) {
    let input = sample(rows: rows, columns: columns, extraStride: 16, in: -2...5, seed: 26)
    let dy = sample(rows: rows, columns: columns, seed: 27)
    let (scale, shift) = (sampleView(rows, seed: 28), sampleView(rows, seed: 29))
    var (dScale, dShift) = ([Double](repeating: 0, count: rows), dy.values.map { $0.reduce(0, +) })
    for set in InstructionSet.available {
      let (output, dx) = (blank(rows, columns), blank(rows, columns))
      let (gotScale, gotShift) = (sampleView(rows), sampleView(rows))
      let statistics = Self.statistics(padded(columns))
      layerNormForward(
        input: input, scale: scale, shift: shift, output: output, statistics: statistics, on: set)
      layerNormBackward(
        input: input, scale: scale, statistics: statistics, outputGradient: dy, inputGradient: dx,
        scaleGradient: gotScale, shiftGradient: gotShift, on: set)
      dScale = dScale.map { _ in 0 }
      for j in 0..<columns {
        let values = Self.normalised((0..<rows).map { Double(input[$0, j]) }).values
        let answer = values.indices.map { values[$0] * Double(scale[$0]) + Double(shift[$0]) }
        #expect(distance((0..<rows).map { Double(output[$0, j]) }, answer) < 2e-6, "\(set)")
        let g = (0..<rows).map { Double(dy[$0, j]) * Double(scale[$0]) }
        let slopes = Self.differences((0..<rows).map { Double(input[$0, j]) }, g)
        #expect(distance((0..<rows).map { Double(dx[$0, j]) }, slopes) < 1e-5, "\(set)")
        for r in 0..<rows { dScale[r] += Double(dy[r, j]) * values[r] }
      }
      #expect(distance(gotScale.values, dScale) < 3e-6, "\(set)")
      #expect(distance(gotShift.values, dShift) < 3e-6, "\(set)")
      #expect(hasZeroPadding(dx), "\(set)")
      layerNormBackward(
        input: input, scale: scale, statistics: statistics, outputGradient: dy, inputGradient: dx,
        scaleGradient: gotScale, shiftGradient: gotShift, accumulateParameters: true, on: set)
      dShift = dy.values.map { 2 * $0.reduce(0, +) }
      #expect(distance(gotShift.values, dShift) < 3e-6, "\(set)")
      dShift = dShift.map { $0 / 2 }
    }
  }

  @Test(
    "groups of rows have statistics of their own, channels a scale and shift",
    arguments: [(4, 17, 2, 1), (12, 5, 3, 2), (6, 33, 1, 3), (8, 1, 8, 1)])
  func groups(_ rows: Int, _ columns: Int, _ groups: Int, _ rowsPerFeature: Int) {
    let input = sample(rows: rows, columns: columns, extraStride: 16, in: -2...5, seed: 31)
    let dy = sample(rows: rows, columns: columns, seed: 32)
    let features = rows / rowsPerFeature
    let (scale, shift) = (sampleView(features, seed: 33), sampleView(features, seed: 34))
    for set in InstructionSet.available {
      let (output, dx) = (blank(rows, columns), blank(rows, columns))
      let (dScale, dShift) = (sampleView(features), sampleView(features))
      let statistics = Self.statistics(groups * padded(columns))
      layerNormForward(
        input: input, scale: scale, shift: shift, output: output, statistics: statistics,
        groups: groups, rowsPerFeature: rowsPerFeature, on: set)
      layerNormBackward(
        input: input, scale: scale, statistics: statistics, outputGradient: dy, inputGradient: dx,
        scaleGradient: dScale, shiftGradient: dShift, groups: groups,
        rowsPerFeature: rowsPerFeature, on: set)
      var (scales, shifts) = (
        [Double](repeating: 0, count: features), [Double](repeating: 0, count: features))
      for j in 0..<columns {
        for group in stride(from: 0, to: rows, by: rows / groups) {
          let places = group..<group + rows / groups
          let values = Self.normalised(places.map { Double(input[$0, j]) }).values
          let g = places.map { Double(dy[$0, j]) * Double(scale[$0 / rowsPerFeature]) }
          let slopes = Self.differences(places.map { Double(input[$0, j]) }, g)
          #expect(distance(places.map { Double(dx[$0, j]) }, slopes) < 1e-5, "\(set)")
          for (place, value) in zip(places, values) {
            let feature = place / rowsPerFeature
            let answer = value * Double(scale[feature]) + Double(shift[feature])
            #expect(abs(Double(output[place, j]) - answer) < 1e-5, "\(set)")
            scales[feature] += Double(dy[place, j]) * value
            shifts[feature] += Double(dy[place, j])
          }
        }
      }
      #expect(distance(dScale.values, scales) < 3e-6, "\(set)")
      #expect(distance(dShift.values, shifts) < 3e-6, "\(set)")
      #expect(hasZeroPadding(dx), "\(set)")
    }
  }
}
