import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Losses")
struct LossTests {
  /// A member with fields to test it on.
  static let cases: [(name: String, fields: String)] =
    Losses.all.map { ($0.name, "") } + [("huber", "delta: 0.5")]

  /// A batch of random outputs and fitting targets.
  struct Batch {
    let outputs: Matrix
    let targets: Matrix
    let gradient: Matrix
    let weights: View

    init(_ loss: any Loss, units: Int, columns: Int, seed: UInt64) {
      var source = RandomSource(seed: seed)
      func matrix(_ rows: Int, _ next: () -> Float) -> Matrix {
        let view = Arena(floatCount: rows * padded(columns)).whole
        for i in view.indices { view[i] = next() }
        return Matrix(view, rows: rows, columns: columns)
      }
      outputs = matrix(units) { source.normal() }
      gradient = matrix(units) { .nan }
      weights = matrix(1) { 0.5 + source.uniform() }.view
      switch loss.target {
      case .numbers: targets = matrix(units) { source.normal() }
      case .classIndex: targets = matrix(1) { Float(source.below(units)) }
      case .binary: targets = matrix(units) { Float(source.below(2)) }
      }
    }

    func lossBatch(
      smoothing: Float = 0, normaliser: Float = 1, gradient: Matrix? = nil
    ) -> LossBatch {
      LossBatch(
        outputs: outputs, targets: targets, weights: weights, smoothing: smoothing,
        normaliser: normaliser, gradient: gradient)
    }
  }

  @Test("gradients agree with central differences", arguments: cases)
  func gradients(name: String, fields: String) throws {
    let loss = try read(LossDocument.self, name, fields).loss
    for (units, columns) in [(1, 1), (3, 5), (7, 17)] {
      let batch = Batch(loss, units: units, columns: columns, seed: 21)
      _ = loss.evaluate(
        batch.lossBatch(smoothing: 0.1, normaliser: 4, gradient: batch.gradient))
      for unit in 0..<units {
        for column in 0..<columns {
          let (x, h) = (batch.outputs[unit, column], Float(1e-3))
          let sums = [x + h, x - h].map { value in
            batch.outputs[unit, column] = value
            return loss.evaluate(batch.lossBatch(smoothing: 0.1))
          }
          batch.outputs[unit, column] = x
          let numeric = (sums[0] - sums[1]) / (2 * Double(h)) / 4
          let analytic = Double(batch.gradient[unit, column])
          #expect(abs(numeric - analytic) < 1e-3, "\(name), unit \(unit), column \(column)")
        }
      }
      for column in columns..<padded(columns) { #expect(batch.gradient[0, column] == 0) }
    }
  }

  @Test("an example of weight two counts twice", arguments: cases)
  func weights(name: String, fields: String) throws {
    let loss = try read(LossDocument.self, name, fields).loss
    let batch = Batch(loss, units: 3, columns: 4, seed: 5)
    var single = batch.lossBatch()
    single.weights = nil
    let plain = loss.evaluate(single)
    batch.weights.fill(2)
    #expect(abs(loss.evaluate(batch.lossBatch()) - 2 * plain) < 1e-5)
  }

  @Test("known values come out")
  func knownValues() {
    func value(_ loss: any Loss, _ output: [Float], _ target: [Float]) -> Double {
      func matrix(_ values: [Float]) -> Matrix {
        let view = Arena(floatCount: values.count * 16).whole
        for (row, value) in values.enumerated() { view[row * 16] = value }
        return Matrix(view, rows: values.count, columns: 1)
      }
      return loss.evaluate(LossBatch(outputs: matrix(output), targets: matrix(target)))
    }
    func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }
    #expect(isNear(value(MeanSquaredError(), [3], [1]), 4))
    #expect(isNear(value(MeanAbsoluteError(), [3], [1]), 2))
    #expect(isNear(value(Huber(delta: 1), [3], [1]), 1.5))
    #expect(isNear(value(Huber(delta: 1), [1.5], [1]), 0.125))
    // log 3, log 2 and log(1 + e²) − 2.
    #expect(isNear(value(CrossEntropy(), [0, 0, 0], [1]), 1.0986122887))
    #expect(isNear(value(BinaryCrossEntropy(), [0], [1]), 0.6931471806))
    #expect(isNear(value(BinaryCrossEntropy(), [2], [1]), 0.1269280110))
  }

  @Test("a network gets one output per class or per target")
  func units() {
    #expect(CrossEntropy().outputUnits(classes: 3, targets: 1) == 3)
    #expect(BinaryCrossEntropy().outputUnits(classes: 2, targets: 1) == 1)
    #expect(MeanSquaredError().outputUnits(classes: 0, targets: 2) == 2)
  }
}
