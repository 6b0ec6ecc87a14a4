import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Losses")
struct LossTests {
  /// A member with fields to test it on.
  static let cases: [(name: String, fields: String)] =
    Losses.all.map { ($0.name, "") }
    + [
      ("huber", "delta: 0.5"), ("focal", "gamma: 0.5"), ("focal", "gamma: 0"),
      ("quantile", "levels: 0.9"),
    ]

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
      case .numbers: targets = matrix(loss.targetCount(outputs: units)) { source.normal() }
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
    // log cosh 2; a tenth of 2 below and nine tenths above the target; e^0.5 − 3 · 0.5.
    #expect(isNear(value(LogCosh(), [3], [1]), 1.3250027473578645))
    #expect(isNear(value(Quantile(levels: [0.1]), [3], [5]), 0.2))
    #expect(isNear(value(Quantile(levels: [0.1]), [5], [3]), 1.8))
    #expect(isNear(value(Poisson(), [0.5], [3]), 0.14872127070012819))
    // With two levels, both at 0.1 · 2 and 0.9 · 2 from their targets.
    #expect(isNear(value(Quantile(levels: [0.9, 0.1]), [3, 3], [5]), 2))
    // Each probability is one half: ¼ log 2.
    #expect(isNear(value(Focal(), [0, 0], [1]), 0.1732867951))
    #expect(isNear(value(Focal(gamma: 0), [0, 0, 0], [1]), 1.0986122887))
    // One score by its sign, three by the best of the others.
    #expect(isNear(value(Hinge(), [0.3], [1]), 0.7))
    #expect(isNear(value(Hinge(), [0.3], [0]), 1.3))
    #expect(isNear(value(SquaredHinge(), [0.3], [0]), 1.69))
    #expect(isNear(value(Hinge(), [1, 0.5, -2], [1]), 1.5))
    #expect(isNear(value(SquaredHinge(), [1, 0.5, -2], [2]), 16))
    #expect(value(Hinge(), [3, 0.5, -2], [0]) == 0)
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
    #expect(Hinge().outputUnits(classes: 2, targets: 1) == 1)
    #expect(Hinge().outputUnits(classes: 3, targets: 1) == 3)
    let quantiles = Quantile(levels: [0.9, 0.1, 0.9])
    #expect(quantiles.levels == [0.1, 0.9])
    #expect(quantiles.outputUnits(classes: 0, targets: 3) == 6)
    let batch = Batch(quantiles, units: 2, columns: 1, seed: 1)
    (batch.outputs[0, 0], batch.outputs[1, 0], batch.targets[0, 0]) = (3, 3, 5)
    batch.weights.fill(1)
    _ = quantiles.evaluate(batch.lossBatch(gradient: batch.gradient))
    #expect((batch.gradient[0, 0], batch.gradient[1, 0]) == (-0.1, -0.9))
    for loss in [MeanSquaredError(), Quantile(levels: [0.1, 0.5, 0.9]), Poisson()] as [any Loss] {
      #expect(loss.targetCount(outputs: loss.outputUnits(classes: 0, targets: 2)) == 2)
    }
  }

  @Test("the output that a loss pulls towards is what it promises")
  func optimum() {
    // Constant outputs for the targets 0 … 10: the least loss is at the mean's logarithm, and at
    // the value with nine tenths of the targets below it.
    func least(_ loss: any Loss) -> Float {
      let (outputs, targets) = (Arena(floatCount: 16).whole, Arena(floatCount: 16).whole)
      for i in 0..<11 { targets[i] = Float(i) }
      let candidates = (0...2000).map { Float($0) / 200 }
      return candidates.min { a, b in
        func value(_ x: Float) -> Double {
          outputs.fill(x)
          return loss.evaluate(
            LossBatch(
              outputs: Matrix(outputs, rows: 1, columns: 11),
              targets: Matrix(targets, rows: 1, columns: 11)))
        }
        return value(a) < value(b)
      } ?? -1
    }
    #expect(abs(least(Poisson()) - 1.609438) < 0.005)
    #expect(abs(least(Quantile(levels: [0.85])) - 9) < 0.005)
    #expect(abs(least(LogCosh()) - 5) < 0.005)
  }

  @Test("two classes are told apart by every loss over classes", arguments: 1...2)
  func learnsClasses(seed: UInt64) throws {
    let data = TrainingData(
      features: [0, 0, 0, 1, 1, 0, 1, 1], featureCount: 2, targets: [0, 1, 1, 0])
    for loss in [Focal(), Hinge(), SquaredHinge()] as [any Loss] {
      let units = loss.outputUnits(classes: 2, targets: 1)
      let graph = try ExecutorTests.graph([2, 8, units])
      let executor = Executor(
        Plan(graph: graph, batch: 4, loss: loss, optimizer: Adam()), seed: seed)
      for _ in 0..<300 { _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.05) }
      let outputs = executor.predictions(rows: data.rows, of: data)
      let threshold: Float = loss.link == .margin ? 0 : 0.5
      let yes = (1...4).map { outputs[$0 * units - 1] > threshold }
      #expect(yes == [false, true, true, false], "seed \(seed), \(loss.name)")
    }
  }
}
