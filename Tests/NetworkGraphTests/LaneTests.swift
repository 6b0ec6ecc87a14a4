import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Networks in lanes")
struct LaneTests {
  /// A network, what it is trained by, and how many rows a batch has.
  struct Case: Sendable, CustomTestStringConvertible {
    var widths: [Int]
    var activation = Activation.relu
    var loss: any Loss = BinaryCrossEntropy()
    var optimizer: any Optimizer = Adam()
    var batch = 32
    var smoothing = 0.0

    var testDescription: String {
      "\(widths) \(activation) \(loss.name) \(optimizer.name) \(batch) \(smoothing)"
    }

    /// 75 rows: no batch divides them.
    func data(seed: UInt64, rows: Int = 75) -> TrainingData {
      var source = RandomSource(seed: seed)
      let features = (0..<rows * widths[0]).map { _ in source.normal() }
      let outputs = widths[widths.count - 1]
      let count = loss.targetCount(outputs: outputs)
      let targets = (0..<rows * count).map { _ -> Float in
        switch loss.target {
        case .numbers: abs(source.normal())
        case .classIndex: Float(source.next() % UInt64(outputs == 1 ? 2 : outputs))
        case .binary: Float(source.next() % 2)
        }
      }
      return TrainingData(
        features: features, featureCount: widths[0], targets: targets, targetCount: count)
    }
  }

  static let activations: [Activation] = [
    .linear, .relu, .leakyRelu(slope: 0.1), .elu(alpha: 1), .selu, .gelu, .silu, .mish, .softplus,
    .tanh, .sigmoid, .hardSigmoid, .hardSwish, .hardTanh, .relu6,
  ]
  static let cases: [Case] =
    activations.map { Case(widths: [5, 9, 3, 1], activation: $0, batch: 16) }
    + ([
      MeanSquaredError(), MeanAbsoluteError(), Huber(), LogCosh(), Poisson(), BinaryCrossEntropy(),
    ] as [any Loss]).map { Case(widths: [7, 6, 2], activation: .tanh, loss: $0) }
    + ([CrossEntropy(), Focal(), Hinge(), SquaredHinge()] as [any Loss])
    .map { Case(widths: [20, 17, 4], loss: $0, batch: 20, smoothing: 0.1) }
    + ([
      SGD(), Momentum(), Nesterov(), RMSprop(), Adagrad(), Adadelta(), AdamW(), NAdam(), RAdam(),
      Lion(), Adam(amsgrad: true), Adam(weightDecay: 0.01),
    ] as [any Optimizer]).map { Case(widths: [4, 18, 1], optimizer: $0) }
    + [1, 4, 7, 8, 33, 64, 75].map { Case(widths: [33, 21, 1], batch: $0) }
    + [Case(widths: [3, 2]), Case(widths: [300, 40, 16, 15, 1], loss: MeanSquaredError())]

  @Test("a network in a lane has the numbers of the same network alone", arguments: cases)
  func sameNumbers(of test: Case) throws {
    let graph = try ExecutorTests.graph(test.widths, activation: test.activation)
    let plan = Plan(graph: graph, batch: test.batch, loss: test.loss, optimizer: test.optimizer)
    let laneCount = InstructionSet.current.laneCount
    let (data, other) = (test.data(seed: 1), test.data(seed: 2, rows: 40))
    let lanes = try #require(
      LaneExecutor(
        plan, rowCount: data.rowCount, validationCount: 40, labelSmoothing: test.smoothing))
    let alone = (0..<laneCount).map { lane in
      let executor = Executor(plan, seed: UInt64(lane))
      executor.labelSmoothing = test.smoothing
      return executor
    }
    // The last lane stays empty, and one is loaded after an epoch.
    for lane in 0..<laneCount - 2 {
      lanes.load(alone[lane], training: data, validation: other, lane: lane)
    }
    var source = RandomSource(seed: 3)
    for epoch in 0..<3 {
      if epoch == 1 {
        lanes.load(
          alone[laneCount - 2], training: data, validation: other, lane: laneCount - 2)
      }
      let used = epoch == 0 ? laneCount - 2 : laneCount - 1
      let orders = (0..<used).map { _ in
        var order = data.rows
        source.shuffle(&order)
        return order
      }
      for lane in 0..<used { lanes.setOrder(orders[lane], lane: lane) }
      for start in stride(from: 0, to: data.rowCount, by: test.batch) {
        let places = start..<min(start + test.batch, data.rowCount)
        let rates = (0..<laneCount).map { 0.01 * Double(1 + $0 / 2) }
        let losses = lanes.trainStep(places, rates: rates)
        for lane in 0..<used {
          let result = alone[lane].trainStep(
            rows: orders[lane][places], of: data, rate: rates[lane])
          #expect(result.loss == losses[lane], "epoch \(epoch), step at \(start), lane \(lane)")
        }
      }
      let results = lanes.evaluate(wantsOutputs: true)
      for lane in 0..<used {
        let evaluation = alone[lane].evaluate(rows: other.rows, of: other)
        #expect(results[lane].loss == evaluation.loss)
        #expect(results[lane].outputs == evaluation.outputs)
        #expect(isSame(lanes, lane, alone[lane], plan))
      }
    }
    #expect(lanes.nonFiniteLanes().isEmpty)
  }

  /// Whether an executor that goes on where a lane is has another's numbers.
  private func isSame(
    _ lanes: LaneExecutor, _ lane: Int, _ executor: Executor, _ plan: Plan
  ) -> Bool {
    let copy = Executor(plan, seed: 99)
    lanes.unload(lane, into: copy)
    return copy.snapshot() == executor.snapshot()
  }

  @Test("a lane whose numbers run off is named, and the others are left alone")
  func nonFinite() throws {
    let test = Case(widths: [3, 4, 1], loss: MeanSquaredError(), optimizer: SGD())
    let plan = Plan(
      graph: try ExecutorTests.graph(test.widths, activation: .relu), batch: 25, loss: test.loss,
      optimizer: test.optimizer)
    let data = test.data(seed: 1)
    let lanes = try #require(
      LaneExecutor(plan, rowCount: 75, validationCount: 0, labelSmoothing: 0))
    for lane in 0..<lanes.laneCount {
      lanes.load(
        Executor(plan, seed: 1), training: data, validation: nil, lane: lane)
      lanes.setOrder(data.rows, lane: lane)
    }
    var rates = [Double](repeating: 0.01, count: lanes.laneCount)
    rates[2] = 1e30
    for _ in 0..<5 {
      for start in [0, 25, 50] { _ = lanes.trainStep(start..<start + 25, rates: rates) }
    }
    #expect(lanes.nonFiniteLanes() == [2])
    #expect(lanes.parameters(of: 0) == lanes.parameters(of: 3))
    lanes.clear(2)
    #expect(lanes.nonFiniteLanes().isEmpty)
  }

  @Test("only dense layers in a row that are trained by plain steps can be in lanes")
  func shapes() throws {
    let graph = try ExecutorTests.graph([4, 8, 1])
    func plan(
      _ graph: Graph, _ rules: StepRules = StepRules(), _ optimizer: any Optimizer = Adam()
    ) -> Plan {
      Plan(graph: graph, batch: 8, loss: BinaryCrossEntropy(), optimizer: optimizer, rules: rules)
    }
    #expect(plan(graph).laneShape != nil)
    #expect(plan(graph).laneShape != plan(try ExecutorTests.graph([4, 9, 1])).laneShape)
    #expect(plan(graph, StepRules(clipping: GradientClipping(norm: 1))).laneShape == nil)
    #expect(plan(graph, StepRules(accumulation: 2)).laneShape == nil)
    #expect(plan(graph, StepRules(averaging: .exponential(decay: 0.9))).laneShape == nil)
    #expect(plan(graph, StepRules(), LBFGS()).laneShape == nil)
    var builder = GraphBuilder(input: [4])
    var log = DiagnosticLog()
    builder.add(Dense(units: 4), into: &log)
    builder.add(BatchNorm(), into: &log)
    builder.add(Dense(units: 1), into: &log)
    #expect(plan(try finished(&builder, &log)).laneShape == nil)
  }

  @Test("lanes are for many small networks")
  func whereFaster() throws {
    func isFaster(_ widths: [Int], _ count: Int) throws -> Bool {
      Plan(
        graph: try ExecutorTests.graph(widths), batch: 32, loss: BinaryCrossEntropy(),
        optimizer: Adam()
      ).isFasterInLanes(count)
    }
    #expect(try !isFaster([30, 21, 1], 1))
    #expect(try !isFaster([784, 512, 1], 16))
    if InstructionSet.current.laneCount >= 8 { #expect(try isFaster([30, 21, 1], 16)) }
  }
}
