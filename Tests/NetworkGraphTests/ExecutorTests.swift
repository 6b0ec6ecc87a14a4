import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Executor")
struct ExecutorTests {
  /// Hidden layers of tanh and a linear output.
  static func graph(_ widths: [Int], activation: Activation = .tanh) throws -> Graph {
    var builder = GraphBuilder(input: [widths[0]])
    var log = DiagnosticLog()
    for width in widths[1..<widths.count - 1] {
      builder.add(Dense(units: width, activation: activation), into: &log)
    }
    builder.add(Dense(units: widths[widths.count - 1]), into: &log)
    return try finished(&builder, &log)
  }

  static var xor: TrainingData {
    TrainingData(features: [0, 0, 0, 1, 1, 0, 1, 1], featureCount: 2, targets: [0, 1, 1, 0])
  }

  @Test("exclusive or is learned, from any seed and by any loss for two classes", arguments: 1...5)
  func exclusiveOr(seed: UInt64) throws {
    for loss in [BinaryCrossEntropy(), CrossEntropy()] as [any Loss] {
      let units = loss.outputUnits(classes: 2, targets: 1)
      let plan = Plan(
        graph: try Self.graph([2, 8, units]), batch: 4, loss: loss, optimizer: Adam())
      let executor = Executor(plan, seed: seed)
      let rows = Self.xor.rows
      for _ in 0..<400 { _ = executor.trainStep(rows: rows[...], of: Self.xor, rate: 0.05) }
      #expect(executor.loss(rows: rows, of: Self.xor) < 0.02, "seed \(seed), \(loss.name)")
      let predictions = executor.predictions(rows: rows, of: Self.xor)
      let chances = (1...4).map { predictions[$0 * units - 1] }
      #expect(chances.map { $0 > 0.5 } == [false, true, true, false])
    }
  }

  @Test("two moons are told apart by a residual network")
  func moons() throws {
    let data = moonData(rows: 200, seed: 3)
    var builder = GraphBuilder(input: [2])
    var log = DiagnosticLog()
    builder.add(
      Dense(units: 16, activation: .relu), name: Located(wrappedValue: "trunk"), into: &log)
    builder.add(Dense(units: 16, activation: .relu), into: &log)
    builder.add(Add(), from: [Reference("trunk"), Reference("previous")], into: &log)
    builder.add(LayerNorm(), into: &log)
    builder.add(Dense(units: 1), into: &log)
    let graph = try finished(&builder, &log)
    let plan = Plan(graph: graph, batch: 32, loss: BinaryCrossEntropy(), optimizer: AdamW())
    let executor = Executor(plan, seed: 1)
    var order = data.rows
    var source = RandomSource(seed: 4)
    for _ in 0..<40 {
      source.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: 32) {
        let rows = order[start..<min(start + 32, order.count)]
        _ = executor.trainStep(rows: rows, of: data, rate: 0.01)
      }
    }
    #expect(executor.loss(rows: data.rows, of: data) < 0.08)
  }

  @Test("a row's output does not depend on the batch it is in", arguments: [1, 3, 16, 17, 40])
  func partialBatches(rows: Int) throws {
    let graph = try Self.graph([3, 7, 2])
    let data = randomData(graph, rows: 40, seed: 8)
    let plan = Plan(graph: graph, batch: 40, loss: MeanSquaredError(), optimizer: Adam())
    let executor = Executor(plan, seed: 1)
    let whole = executor.evaluate(rows: data.rows, of: data).outputs
    let part = executor.evaluate(rows: Array(data.rows[..<rows]), of: data).outputs
    #expect(part == Array(whole[..<(2 * rows)]))
    let small = Executor(
      Plan(graph: graph, batch: rows, loss: MeanSquaredError(), optimizer: Adam()), seed: 1)
    #expect(small.evaluate(rows: data.rows, of: data).outputs == whole)
  }

  @Test("a step on a partial batch is the step of a plan of that size")
  func partialStep() throws {
    let graph = try Self.graph([3, 7, 2])
    let data = randomData(graph, rows: 40, seed: 8)
    let parameters = [40, 5, 64].map { batch in
      let executor = Executor(
        Plan(graph: graph, batch: batch, loss: MeanSquaredError(), optimizer: Adam()), seed: 1)
      _ = executor.evaluate(rows: data.rows, of: data)
      let result = executor.trainStep(rows: data.rows[5..<10], of: data, rate: 0.01)
      #expect(result.nonFinite == nil)
      return executor.parameters
    }
    #expect(parameters[0] == parameters[1] && parameters[1] == parameters[2])
  }

  @Test("a row of weight two counts as two rows, one of weight nothing as none")
  func weights() throws {
    let graph = try Self.graph([2, 5, 1])
    let plan = Plan(graph: graph, batch: 4, loss: MeanSquaredError(), optimizer: SGD(momentum: 0))
    let weighted = TrainingData(
      features: [0, 1, 1, 0, 5, 5], featureCount: 2, targets: [1, 2, 9], weights: [2, 1, 0])
    let repeated = TrainingData(
      features: [0, 1, 0, 1, 1, 0], featureCount: 2, targets: [1, 1, 2])
    let parameters = [weighted, repeated].map { data in
      let executor = Executor(plan, seed: 1)
      _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1)
      return executor.parameters
    }
    for (a, b) in zip(parameters[0], parameters[1]) { #expect(abs(a - b) < 1e-6) }
  }

  @Test("saved tensors give the same outputs in a network of another seed")
  func tensors() throws {
    let graph = try generatedGraph(seed: 3)
    let plan = Plan(graph: graph, batch: 8, loss: MeanSquaredError(), optimizer: Adam())
    let data = randomData(graph, rows: 8, seed: 1)
    let (first, second) = (Executor(plan, seed: 1), Executor(plan, seed: 2))
    _ = first.trainStep(rows: data.rows[...], of: data, rate: 0.01)
    let outputs = first.evaluate(rows: data.rows, of: data).outputs
    #expect(second.evaluate(rows: data.rows, of: data).outputs != outputs)
    try second.load(first.namedTensors())
    #expect(second.evaluate(rows: data.rows, of: data).outputs == outputs)
    #expect(second.namedTensors() == first.namedTensors())
  }

  @Test("tensors that do not fit are refused by name, and nothing is taken over")
  func foreignTensors() throws {
    let plan = Plan(
      graph: try Self.graph([3, 7, 2]), batch: 8, loss: MeanSquaredError(), optimizer: Adam())
    let executor = Executor(plan, seed: 1)
    let (tensors, before) = (executor.namedTensors(), executor.parameters)
    #expect(tensors.map(\.name) == ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"])
    #expect(tensors.map(\.shape) == [[7, 3], [7], [2, 7], [2]])
    var (fewer, wrong, more) = (tensors, tensors, tensors)
    fewer.removeLast()
    wrong[0].shape = [3, 7]
    wrong[3].values = [5, 5]
    more.append(NamedTensor(name: "extra", shape: [0], values: []))
    for bad in [fewer, wrong, more, tensors + tensors] {
      #expect(throws: ParameterError.self) { try executor.load(bad) }
    }
    #expect(executor.parameters == before)
  }

  @Test("stopping and going on with the kept state equals not stopping")
  func resuming() throws {
    let graph = try Self.graph([3, 7, 2])
    let plan = Plan(graph: graph, batch: 8, loss: MeanSquaredError(), optimizer: AdamW())
    let data = randomData(graph, rows: 8, seed: 1)
    let whole = Executor(plan, seed: 1)
    for _ in 0..<6 { _ = whole.trainStep(rows: data.rows[...], of: data, rate: 0.01) }
    let (first, second) = (Executor(plan, seed: 1), Executor(plan, seed: 99))
    for _ in 0..<3 { _ = first.trainStep(rows: data.rows[...], of: data, rate: 0.01) }
    try second.restore(first.snapshot())
    for _ in 0..<3 { _ = second.trainStep(rows: data.rows[...], of: data, rate: 0.01) }
    #expect(second.parameters == whole.parameters)
  }

  @Test("weights decay, biases and normalisations do not")
  func decay() throws {
    var builder = GraphBuilder(input: [3])
    var log = DiagnosticLog()
    builder.add(Dense(units: 4), into: &log)
    builder.add(LayerNorm(), into: &log)
    let graph = try finished(&builder, &log)
    let plan = Plan(
      graph: graph, batch: 2, loss: Cotangent(), optimizer: AdamW(weightDecay: 0.1))
    let executor = Executor(plan, seed: 1)
    var tensors = executor.namedTensors()
    for i in tensors.indices { tensors[i].values = tensors[i].values.map { _ in 2 } }
    try executor.load(tensors)
    let data = TrainingData(
      features: Array(repeating: 0, count: 6), featureCount: 3,
      targets: Array(repeating: 0, count: 8), targetCount: 4)
    _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.5)
    for tensor in executor.namedTensors() {
      let expected: Float = tensor.name.hasSuffix(".weight") ? 2 * (1 - 0.5 * 0.1) : 2
      #expect(tensor.values.allSatisfy { abs($0 - expected) < 1e-6 }, "\(tensor.name)")
    }
  }

  @Test("clipping bounds the step by norm and by value")
  func clipping() throws {
    let graph = try Self.graph([3, 7, 2])
    let data = randomData(graph, rows: 8, seed: 1)
    func step(_ clipping: GradientClipping) -> (norm: Double, change: [Double]) {
      let plan = Plan(
        graph: graph, batch: 8, loss: MeanSquaredError(), optimizer: SGD(),
        rules: StepRules(clipping: clipping))
      let executor = Executor(plan, seed: 1)
      let before = executor.parameters
      let norm = executor.trainStep(rows: data.rows[...], of: data, rate: 1).gradientNorm
      return (norm, zip(before, executor.parameters).map { Double($0) - Double($1) })
    }
    func length(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let free = step(GradientClipping())
    #expect(abs(length(free.change) - free.norm) < 1e-5 && free.norm > 0.1)
    #expect(abs(length(step(GradientClipping(norm: 0.1)).change) - 0.1) < 1e-5)
    #expect(step(GradientClipping(norm: 100)).change == free.change)
    #expect(step(GradientClipping(value: 0.01)).change.allSatisfy { abs($0) < 0.0101 })
    let both = step(GradientClipping(norm: 0.001, value: 0.01))
    #expect(abs(length(both.change) - 0.001) < 1e-5)
  }

  @Test("what is not finite is named, and the parameters stay as they were")
  func nonFinite() throws {
    let graph = try Self.graph([2, 3, 1], activation: .relu)
    let plan = Plan(graph: graph, batch: 2, loss: MeanSquaredError(), optimizer: Adam())
    func place(
      features: [Float] = [1, 2, 3, 4], targets: [Float] = [1, 1],
      change: (inout [NamedTensor]) -> Void = { _ in }
    ) throws -> String? {
      let executor = Executor(plan, seed: 1)
      var tensors = executor.namedTensors()
      change(&tensors)
      try executor.load(tensors)
      let before = executor.parameters.map(\.bitPattern)
      let data = TrainingData(features: features, featureCount: 2, targets: targets)
      let place = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1).nonFinite?.place
      if place != nil { #expect(executor.parameters.map(\.bitPattern) == before) }
      return place
    }
    #expect(try place() == nil)
    #expect(try place(features: [1, .nan, 3, 4]) == "the network's input")
    #expect(try place(targets: [1, .infinity]) == "the loss")
    let broken = try place { $0[0].values[0] = .nan }
    #expect(broken == "the parameters of layer `dense1`")
    let overflowing = try place(features: [1e30, 1e30, 1e30, 1e30]) { tensors in
      tensors[0].values = tensors[0].values.map { _ in 1e30 }
    }
    #expect(overflowing == "the output of layer `dense1`")
  }

  @Test("a parameter that overflows behind a relu does not stay hidden")
  func hiddenOverflow() throws {
    let graph = try Self.graph([2, 3, 1], activation: .relu)
    let plan = Plan(graph: graph, batch: 2, loss: MeanSquaredError(), optimizer: Adam())
    let executor = Executor(plan, seed: 1)
    var tensors = executor.namedTensors()
    tensors[1].values[0] = -.infinity
    try executor.load(tensors)
    #expect(executor.nonFiniteParameters()?.layer == "dense1")
    let data = TrainingData(features: [1, 2, 3, 4], featureCount: 2, targets: [1, 1])
    let places = (0..<64).compactMap { _ in
      executor.trainStep(rows: data.rows[...], of: data, rate: 0.001).nonFinite
    }
    #expect(places.first?.kind == .parameters && places.first?.layer == "dense1")
  }

  @Test("a wide layer, a deep network and a batch larger than the data work")
  func extremes() throws {
    for widths in [[1, 1], [1, 500, 1], [3] + Array(repeating: 4, count: 100) + [2]] {
      let graph = try Self.graph(widths)
      let plan = Plan(graph: graph, batch: 33, loss: MeanSquaredError(), optimizer: SGD())
      let executor = Executor(plan, seed: 1)
      let data = randomData(graph, rows: 1, seed: 1)
      #expect(executor.trainStep(rows: data.rows[...], of: data, rate: 0.01).nonFinite == nil)
      #expect(executor.evaluate(rows: [], of: data).outputs.isEmpty)
    }
  }
}

/// Two half circles, one inside the other, without noise.
func moonData(rows: Int, seed: UInt64) -> TrainingData {
  var source = RandomSource(seed: seed)
  var (features, targets): ([Float], [Float]) = ([], [])
  for row in 0..<rows {
    // A half circle from a random point of a square, thrown onto the rim.
    var (x, y): (Float, Float) = (0, 0)
    repeat { (x, y) = (2 * source.uniform() - 1, source.uniform()) } while x * x + y * y < 0.01
    let radius = (x * x + y * y).squareRoot()
    (x, y) = (x / radius, y / radius)
    let isInner = row % 2 == 1
    features += isInner ? [1 - x, 0.5 - y] : [x, y]
    targets.append(isInner ? 1 : 0)
  }
  return TrainingData(features: features, featureCount: 2, targets: targets)
}
