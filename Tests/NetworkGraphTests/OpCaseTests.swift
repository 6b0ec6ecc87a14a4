import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Operations, case by case")
struct OpCaseTests {
  /// An executor of one operation on a flat input.
  private func executor(
    _ name: String, _ fields: String, input: Shape, batch: Int
  ) throws -> Executor {
    let op = try read(OpDocument.self, name, fields).op
    var builder = GraphBuilder(input: input)
    var log = DiagnosticLog()
    builder.add(op, into: &log)
    let graph = try finished(&builder, &log)
    return Executor(
      Plan(graph: graph, batch: batch, loss: MeanSquaredError(), optimizer: SGD(momentum: 0)),
      seed: 3)
  }

  private func data(_ features: [Float], width: Int, targets: Int) -> TrainingData {
    TrainingData(
      features: features, featureCount: width,
      targets: Array(repeating: 0, count: features.count / width * targets), targetCount: targets)
  }

  @Test("an embedding gives the rows that its indices name, and zeros for −1")
  func embeddingRows() throws {
    let executor = try executor("embedding", "levels: 4, size: 3", input: [2], batch: 2)
    let table = try #require(executor.namedTensors().first)
    #expect(table.name == "embedding1.weight" && table.shape == [4, 3])
    let data = data([2, 0, -1, 3], width: 2, targets: 6)
    let rows = (0..<4).map { Array(table.values[($0 * 3)..<($0 * 3 + 3)]) }
    let outputs = executor.evaluate(rows: data.rows, of: data).outputs
    #expect(outputs == rows[2] + rows[0] + [0, 0, 0] + rows[3])
  }

  @Test(
    "a number that names no level is reported by place", arguments: [4, -2, 1.5, 1e30] as [Float])
  func badIndex(index: Float) throws {
    let executor = try executor("embedding", "levels: 4, size: 3", input: [2], batch: 2)
    let data = data([0, 1, index, 3], width: 2, targets: 6)
    let before = executor.parameters
    let place = executor.trainStep(rows: data.rows[...], of: data, rate: 1).nonFinite
    #expect(place?.kind == .index && place?.layer == "embedding1")
    #expect(place?.fault?.contains("\(index)") == true)
    #expect(executor.parameters == before)
    #expect(executor.evaluate(rows: data.rows, of: data).nonFinite?.kind == .index)
  }

  @Test("a row for unknown levels starts at zero")
  func unknownRow() throws {
    var builder = GraphBuilder(input: [1])
    var log = DiagnosticLog()
    builder.add(Embedding(levels: 3, size: 2, hasUnknown: true), into: &log)
    let plan = Plan(
      graph: try finished(&builder, &log), batch: 1, loss: MeanSquaredError(), optimizer: Adam())
    let values = Executor(plan, seed: 1).namedTensors()[0].values
    #expect(values[0...1].allSatisfy { $0 == 0 } && values[2...].allSatisfy { $0 != 0 })
  }

  @Test("alpha dropout keeps mean 0 and variance 1")
  func alphaDropout() throws {
    let executor = try executor("alpha_dropout", "rate: 0.3", input: [100], batch: 100)
    var source = RandomSource(seed: 8)
    let normal = data((0..<10_000).map { _ in source.normal() }, width: 100, targets: 100)
    let loss = executor.trainStep(rows: normal.rows[...], of: normal, rate: 0).loss
    #expect(abs(loss - 1) < 0.1)
    // At zero only kept and dropped values remain: their mean is 0 too.
    let zeros = TrainingData(
      features: Array(repeating: 0, count: 10_000), featureCount: 100,
      targets: Array(repeating: 100, count: 10_000), targetCount: 100)
    let far = executor.trainStep(rows: zeros.rows[...], of: zeros, rate: 0).loss
    #expect(abs((10_000 - far) / 200) < 0.05)
    #expect(executor.evaluate(rows: zeros.rows, of: zeros).outputs.allSatisfy { $0 == 0 })
  }

  @Test("one group of a flat row is a layer normalisation")
  func oneGroup() throws {
    let group = try executor("group_norm", "groups: 1", input: [7], batch: 3)
    let layer = try executor("layer_norm", "", input: [7], batch: 3)
    var source = RandomSource(seed: 8)
    let rows = data((0..<21).map { _ in source.normal() }, width: 7, targets: 7)
    #expect(
      group.evaluate(rows: rows.rows, of: rows).outputs
        == layer.evaluate(rows: rows.rows, of: rows).outputs)
  }

  @Test("a layer multiplied by itself has the gradient of a square")
  func square() throws {
    var builder = GraphBuilder(input: [3])
    var log = DiagnosticLog()
    builder.add(Dense(units: 4), name: Located(wrappedValue: "a"), into: &log)
    let a = Reference("a")
    builder.add(Multiply(), from: [a, a, a], into: &log)
    let graph = try finished(&builder, &log)
    let data = randomData(graph, rows: 9, seed: 4)
    #expect(try GradientCheck(graph: graph, rows: 9, seed: 4, data: data).difference() < 2e-3)
  }

  @Test("a shape has to hold as many values", arguments: ["[2, 5]", "[-1, -1]", "[0]", "[5, -1]"])
  func wrongShape(sizes: String) throws {
    let op = try read(OpDocument.self, "reshape", "shape: \(sizes)").op
    #expect(throws: ShapeError.self) { try op.outputShape(for: [[12]]) }
  }

  @Test("an open size is what is left")
  func openSize() throws {
    #expect(try Reshape([2, -1, 3]).outputShape(for: [[12]]) == [2, 2, 3])
  }

  @Test("channels have to be divided into equal groups")
  func unequalGroups() throws {
    let op = try read(OpDocument.self, "group_norm", "groups: 4").op
    #expect(throws: ShapeError.self) { try op.outputShape(for: [[6, 8, 8]]) }
  }

  @Test("a dense layer takes over any activation behind it", arguments: Ops.activations.map { $0.name })
  func fusing(name: String) throws {
    let activation = try #require(
      try read(OpDocument.self, name, "").op as? any ActivationOp).activation
    let outputs = try [true, false].map { isWritten in
      var builder = GraphBuilder(input: [5])
      var log = DiagnosticLog()
      builder.add(
        Dense(units: 6, activation: isWritten ? activation : .linear, initializer: .value(He())),
        into: &log)
      if !isWritten { builder.add(Activate(activation), into: &log) }
      let graph = try finished(&builder, &log)
      let executor = Executor(
        Plan(graph: graph, batch: 20, loss: MeanSquaredError(), optimizer: SGD(momentum: 0)),
        seed: 2)
      let data = randomData(graph, rows: 20, seed: 6)
      for _ in 0..<3 { _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1) }
      return executor.evaluate(rows: data.rows, of: data).outputs
    }
    #expect(outputs[0] == outputs[1])
  }
}
