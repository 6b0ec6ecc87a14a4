import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Rules of a step")
struct StepRulesTests {
  static func executor(
    _ graph: Graph, batch: Int, _ rules: StepRules, optimizer: any Optimizer = SGD()
  ) -> Executor {
    Executor(
      Plan(
        graph: graph, batch: batch, loss: MeanSquaredError(), optimizer: optimizer, rules: rules),
      seed: 1)
  }

  static func areNear(_ a: [Float], _ b: [Float], within bound: Float = 1e-6) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= bound }
  }

  @Test("a step of several batches is the step of one large batch, whatever the rows weigh",
    arguments: [(5, 20), (5, 17), (16, 33), (7, 8), (1, 3)])
  func accumulation(batch: Int, rows: Int) throws {
    let graph = try ExecutorTests.graph([3, 7, 2])
    let plain = randomData(graph, rows: rows, seed: 4)
    var source = RandomSource(seed: 5)
    let weighted = TrainingData(
      features: (0..<rows * 3).map { _ in source.normal() }, featureCount: 3,
      targets: (0..<rows * 2).map { _ in source.normal() }, targetCount: 2,
      weights: (0..<rows).map { $0 < batch ? 0 : Float($0 % 3) + 0.5 })
    for data in [plain, weighted] {
      let rules = StepRules(accumulation: (rows + batch - 1) / batch)
      let (parts, whole) = (
        Self.executor(graph, batch: batch, rules), Self.executor(graph, batch: rows, StepRules())
      )
      for _ in 0..<3 {
        let first = parts.trainStep(rows: data.rows[...], of: data, rate: 0.1)
        let second = whole.trainStep(rows: data.rows[...], of: data, rate: 0.1)
        #expect(abs(first.loss - second.loss) < 1e-6 && first.nonFinite == nil)
        #expect(abs(first.gradientNorm - second.gradientNorm) < 1e-6)
      }
      #expect(Self.areNear(parts.parameters, whole.parameters))
      #expect(parts.stepCount == 3)
    }
  }

  @Test("dropout draws anew for each batch of a step")
  func dropout() throws {
    var builder = GraphBuilder(input: [3])
    var log = DiagnosticLog()
    builder.add(Dense(units: 32), into: &log)
    builder.add(Dropout(rate: 0.5), into: &log)
    builder.add(Dense(units: 1), into: &log)
    let graph = try finished(&builder, &log)
    let data = randomData(graph, rows: 4, seed: 2)
    let losses = [data.rows, data.rows + data.rows].map { rows in
      Self.executor(graph, batch: 4, StepRules(accumulation: 2))
        .trainStep(rows: rows[...], of: data, rate: 0.1).loss
    }
    #expect(losses[0] != losses[1])
  }

  @Test("what is not finite in the first of several batches is named")
  func nonFinite() throws {
    let graph = try ExecutorTests.graph([2, 3, 1])
    let data = TrainingData(
      features: [1, .nan, 3, 4, 5, 6], featureCount: 2, targets: [1, 2, 3])
    let executor = Self.executor(graph, batch: 1, StepRules(accumulation: 3))
    let before = executor.parameters
    let result = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1)
    #expect(result.nonFinite?.kind == .input && executor.parameters == before)
  }

  @Test("a penalty moves weights to zero, spares biases, and is not part of the loss")
  func penalty() throws {
    let graph = try ExecutorTests.graph([3, 7, 2])
    let data = randomData(graph, rows: 8, seed: 1)
    func step(_ penalty: WeightPenalty) -> (loss: Double, before: [NamedTensor], [NamedTensor]) {
      let executor = Self.executor(graph, batch: 8, StepRules(penalty: penalty))
      let before = executor.namedTensors()
      let loss = executor.trainStep(rows: data.rows[...], of: data, rate: 0.5).loss
      return (loss, before, executor.namedTensors())
    }
    let (loss, before, plain) = step(WeightPenalty())
    for penalty in [WeightPenalty(l1: 0.1), WeightPenalty(l2: 0.2), WeightPenalty(l1: 0.1, l2: 0.2)]
    {
      let (penalisedLoss, _, penalised) = step(penalty)
      #expect(penalisedLoss == loss)
      for (index, tensor) in penalised.enumerated() {
        let isWeight = tensor.name.hasSuffix("weight")
        let expected = zip(plain[index].values, before[index].values).map { value, weight in
          let slope = Float(penalty.l2) * weight + Float(penalty.l1) * (weight < 0 ? -1 : 1)
          return value - (isWeight ? 0.5 * slope : 0)
        }
        #expect(Self.areNear(tensor.values, expected), "\(tensor.name)")
      }
    }
  }

  @Test("the mean of the weights is that of the formula, and training goes on without it",
    arguments: [0, 0.5, 0.9, 1])
  func averages(decay: Double) throws {
    var builder = GraphBuilder(input: [3])
    var log = DiagnosticLog()
    builder.add(Dense(units: 5), into: &log)
    builder.add(BatchNorm(), into: &log)
    builder.add(Dense(units: 2), into: &log)
    let graph = try finished(&builder, &log)
    let data = randomData(graph, rows: 8, seed: 1)
    let isMean = decay == 1
    let averaging = isMean
      ? WeightAveraging.epochs(start: .count(0)) : .exponential(decay: decay)
    let averaged = Self.executor(graph, batch: 8, StepRules(averaging: averaging))
    let plain = Self.executor(graph, batch: 8, StepRules())
    let start = averaged.parameters
    #expect(averaged.withAveragedWeights { averaged.parameters } == start)
    var (sum, total) = (start.map { _ in 0.0 }, 0.0)
    var stateSum = plain.state.map { _ in 0.0 }
    for step in 1...6 {
      _ = averaged.trainStep(rows: data.rows[...], of: data, rate: 0.05)
      _ = plain.trainStep(rows: data.rows[...], of: data, rate: 0.05)
      if isMean { averaged.endEpoch(step, of: 6) }
      #expect(averaged.parameters == plain.parameters && averaged.state == plain.state)
      sum = zip(sum, plain.parameters).map { $0 * decay + Double($1) }
      stateSum = zip(stateSum, plain.state).map { $0 * decay + Double($1) }
      total = total * decay + 1
    }
    let mean = averaged.withAveragedWeights { (averaged.parameters, averaged.state) }
    #expect(Self.areNear(mean.0, sum.map { Float($0 / total) }))
    #expect(Self.areNear(mean.1, stateSum.map { Float($0 / total) }))
    #expect(averaged.parameters == plain.parameters)
    averaged.keepAveragedWeights()
    #expect(averaged.parameters == mean.0 && averaged.state == mean.1)
  }

  @Test("only epochs after the start join the mean")
  func start() throws {
    let graph = try ExecutorTests.graph([3, 2])
    let data = randomData(graph, rows: 8, seed: 1)
    let executor = Self.executor(
      graph, batch: 8, StepRules(averaging: .epochs(start: .share(0.75))))
    var weights: [[Float]] = []
    for epoch in 1...8 {
      _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1)
      executor.endEpoch(epoch, of: 8)
      weights.append(executor.parameters)
      if epoch == 6 { #expect(executor.withAveragedWeights { executor.parameters } == weights[5]) }
    }
    let mean = zip(weights[6], weights[7]).map { ($0 + $1) / 2 }
    #expect(Self.areNear(executor.withAveragedWeights { executor.parameters }, mean))
  }

  @Test("what rules need is in the plan's memory")
  func memory() throws {
    let graph = try ExecutorTests.graph([3, 7, 2])
    let bytes = [
      StepRules(), StepRules(accumulation: 4), StepRules(penalty: WeightPenalty(l1: 1)),
      StepRules(averaging: .exponential(decay: 0.9)),
    ].map { rules in
      let executor = Self.executor(graph, batch: 8, rules)
      #expect(executor.memoryBytes == executor.plan.memoryBytes)
      return executor.memoryBytes
    }
    let parameters = Self.executor(graph, batch: 8, StepRules()).parameters.count
    #expect(bytes.dropFirst().allSatisfy { $0 == bytes[0] + 4 * parameters })
  }
}
