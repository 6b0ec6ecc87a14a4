import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Graphs")
struct GraphTests {
  @Test("layers take the one above, and are named after their operation")
  func chain() throws {
    var builder = GraphBuilder(input: [4])
    var log = DiagnosticLog()
    builder.add(Dense(units: 8, activation: .relu), into: &log)
    builder.add(Dropout(rate: 0.1), into: &log)
    builder.add(Dense(units: 3), into: &log)
    let graph = try finished(&builder, &log)
    #expect(graph.nodes.map(\.name) == ["dense1", "dropout1", "dense2"])
    #expect(graph.nodes.map(\.inputs) == [[.input], [.node(0)], [.node(1)]])
    #expect(graph.outputShape == [3])
    #expect(graph.parameterCount == 4 * 8 + 8 + 8 * 3 + 3)
  }

  @Test("every mistake of one network is reported, each once")
  func mistakes() {
    var builder = GraphBuilder(input: [1, 28, 28])
    var log = DiagnosticLog()
    func at(_ line: Int) -> SourceRange { SourceRange(lower: line * 10, upper: line * 10 + 5) }
    builder.add(Dense(units: 8), at: at(1), into: &log)
    builder.add(Dense(units: 8), name: Located(wrappedValue: "a", at: at(2)), at: at(2), into: &log)
    builder.add(Dense(units: 9), name: Located(wrappedValue: "a", at: at(3)), at: at(3), into: &log)
    builder.add(Add(), from: [Reference("a"), Reference("previous")], at: at(4), into: &log)
    builder.add(Add(), from: [Reference("nobody", at: at(5)), Reference("a")], into: &log)
    builder.add(Add(), at: at(6), into: &log)
    builder.add(
      Flatten(), name: Located(wrappedValue: "input", at: at(7)), from: [Reference("input")],
      at: at(7), into: &log)
    builder.add(Dense(units: 1_000_000), at: at(8), into: &log)
    builder.add(Dense(units: 1_000_000), at: at(9), into: &log)
    let graph = builder.finish(into: &log)
    let codes = log.sorted.map { "\($0.code.code) \($0.primary.range.lower)" }
    #expect(graph == nil)
    #expect(codes.contains("G102 10") && codes.contains("G103 30") && codes.contains("G102 40"))
    #expect(codes.contains("G101 50") && codes.contains("G105 60") && codes.contains("G103 70"))
    #expect(codes.contains("G106 90"))
    #expect(codes.count { !$0.hasPrefix("G104") } == 7)
  }

  @Test("a layer that nothing uses is a warning and is left out")
  func unused() throws {
    var builder = GraphBuilder(input: [4])
    var log = DiagnosticLog()
    builder.add(Dense(units: 8), name: Located(wrappedValue: "trunk"), into: &log)
    builder.add(Dense(units: 5), name: Located(wrappedValue: "dead"), into: &log)
    builder.add(Dense(units: 3), from: [Reference("trunk")], into: &log)
    let graph = try #require(builder.finish(into: &log))
    #expect(log.diagnostics.map(\.code.code) == ["G104"])
    #expect(!log.hasErrors)
    #expect(graph.nodes.map(\.name) == ["trunk", "dense3"])
    #expect(graph.nodes[1].inputs == [.node(0)])
  }

  @Test("an unknown name gets the nearest known one as help")
  func suggestion() throws {
    var builder = GraphBuilder(input: [4])
    var log = DiagnosticLog()
    builder.add(Dense(units: 4), name: Located(wrappedValue: "trunk"), into: &log)
    builder.add(Add(), from: [Reference("trnk"), Reference("previous")], into: &log)
    let diagnostic = try #require(log.diagnostics.first)
    #expect(diagnostic.helps.first?.fix?.edits.first?.replacement == "trunk")
    #expect(builder.finish(into: &log) == nil)
  }

  @Test("joining doubles a width without end and is stopped, not overflowed")
  func doubling() {
    var builder = GraphBuilder(input: [4])
    var log = DiagnosticLog()
    for _ in 0..<80 {
      builder.add(Concat(), from: [Reference("previous"), Reference("previous")], into: &log)
    }
    #expect(builder.finish(into: &log) == nil)
    #expect(log.diagnostics.map(\.code.code) == ["G106"])
  }

  @Test("generated graphs keep their order, and fusing changes no output", arguments: 0..<20)
  func generated(seed: UInt64) throws {
    let graph = try generatedGraph(seed: seed)
    for (index, node) in graph.nodes.enumerated() {
      #expect(node.id == index)
      for case .node(let id) in node.inputs { #expect(id < index) }
    }
    let plan = Plan(graph: graph, batch: 6, loss: MeanSquaredError(), optimizer: Adam())
    #expect(plan.summary.parameters == graph.parameterCount)
    #expect(plan.summary.layers.count == graph.nodes.count)
    let executor = Executor(plan, seed: seed)
    let stored = executor.namedTensors().filter { !$0.name.contains("running") }
    #expect(stored.reduce(0) { $0 + $1.values.count } == graph.parameterCount, "seed \(seed)")
    let data = randomData(graph, rows: 6, seed: seed)
    let check = GradientCheck(graph: graph, rows: 6, seed: seed, data: data)
    let difference = try check.difference()
    #expect(difference < 5e-3, "seed \(seed)")
  }

  @Test("a separate activation computes what the layer's own does")
  func fusion() throws {
    func outputs(_ layers: [any Op]) throws -> [Float] {
      var builder = GraphBuilder(input: [3])
      var log = DiagnosticLog()
      for layer in layers { builder.add(layer, into: &log) }
      let graph = try finished(&builder, &log)
      let plan = Plan(graph: graph, batch: 4, loss: MeanSquaredError(), optimizer: SGD())
      let executor = Executor(plan, seed: 9)
      let data = randomData(graph, rows: 4, seed: 1)
      _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.1)
      return executor.evaluate(rows: data.rows, of: data).outputs
    }
    let glorot = Setting<any Initializer>.value(Glorot())
    let own = try outputs([Dense(units: 5, activation: .gelu, initializer: glorot)])
    #expect(try outputs([Dense(units: 5), Activate(.gelu)]) == own)
    #expect(try outputs([Dense(units: 5), Dropout(rate: 0), Activate(.gelu)]) == own)
  }

  @Test("the summary's memory is what the arena takes, and grows with the batch")
  func memory() throws {
    let graph = try generatedGraph(seed: 1)
    let small = graph.summary(batch: 16, loss: MeanSquaredError(), optimizer: SGD(momentum: 0))
    let large = graph.summary(batch: 17, loss: MeanSquaredError(), optimizer: SGD(momentum: 0))
    let adam = graph.summary(batch: 16, loss: MeanSquaredError(), optimizer: Adam())
    #expect(large.memoryBytes > small.memoryBytes)
    #expect(adam.memoryBytes > small.memoryBytes)
    let plan = Plan(graph: graph, batch: 16, loss: MeanSquaredError(), optimizer: Adam())
    #expect(Executor(plan, seed: 0).memoryBytes == adam.memoryBytes)
  }
}

/// A random network of 1 to 8 layers with branches, residuals and joins.
func generatedGraph(seed: UInt64) throws -> Graph {
  var source = RandomSource(seed: seed)
  var builder = GraphBuilder(input: [4])
  var log = DiagnosticLog()
  var widths = [4]
  for layer in 0..<1 + source.below(7) {
    let above = widths.count - 1
    let other = source.below(widths.count)
    let references = [above, other].map { Reference($0 == 0 ? "input" : "layer\($0)") }
    let name = Located(wrappedValue: "layer\(layer + 1)")
    switch source.below(6) {
    case 0 where widths[above] == widths[other]:
      builder.add(Add(), name: name, from: references, into: &log)
      widths.append(widths[above])
    case 1:
      builder.add(Concat(), name: name, from: references, into: &log)
      widths.append(widths[above] + widths[other])
    case 2:
      builder.add(LayerNorm(), name: name, from: [references[0]], into: &log)
      widths.append(widths[above])
    case 3:
      builder.add(Activate(.tanh), name: name, from: [references[0]], into: &log)
      widths.append(widths[above])
    default:
      let units = 2 + source.below(20)
      builder.add(Dense(units: units), name: name, from: [references[0]], into: &log)
      widths.append(units)
    }
  }
  builder.add(Dense(units: 2), into: &log)
  return try finished(&builder, &log)
}
