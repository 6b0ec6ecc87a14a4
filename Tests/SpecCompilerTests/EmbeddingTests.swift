import NetworkGraph
import SpecSyntax
import Tables
import Tensors
import Testing

@testable import SpecCompiler

@Suite("columns become inputs")
struct EmbeddingTests {
  let files = MemoryFiles()

  private func flowers(_ data: String, model: String = "hidden_layers: [8]") -> Compilation {
    files.compile(
      "plumb: 1\ndata: {source: flowers.csv, target: kind, \(data)}\nmodel: {\(model)}\n")
  }

  @Test("an embedded category has a row for each level, and the size of its rule")
  func category() throws {
    let result = flowers("category: {encode: embedding}")
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    // 1.6 · 2^0.56 is 2.36.
    #expect(result.value("data.features.colour.size") == "2")
    #expect(result.value("data.features.colour.type") == "category")
    let graph = try #require(result.graph)
    let embedding = try #require(graph.nodes.first { $0.name == "embedding.colour" })
    // Two colours and a row for unknown ones.
    #expect(embedding.parameterCount == 3 * 2)
    #expect(graph.inputShape == [3] && result.facts?.inputWidth == 4)
    #expect(graph.nodes.first { $0.name == "hidden1" }?.inputShapes == [[4]])
    let origin = result.resolution?.values.first { $0.path == "data.features.colour.size" }
    #expect(origin?.rule == "embedding-size" && origin?.reason.contains("2 levels") == true)
  }

  @Test("sizes follow the rule, and the author's word goes before it", arguments: [
    ("category: {encode: embedding, size: 5}", 5),
    ("features: {colour: {type: category, encode: embedding, size: 7}, length: numeric}", 7),
    ("category: {encode: embedding, size: 5}, features: {colour: {encode: embedding, size: 3}}", 3),
    ("features: {colour: {encode: embedding}}, category: {size: 4}", 4),
  ])
  func sizes(data: String, size: Int) throws {
    let result = flowers(data)
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    let node = try #require(result.graph?.nodes.first { $0.op is Embedding })
    #expect(node.outputShape == [size])
  }

  @Test("the rule for sizes grows slower than the levels", arguments: [
    (1, 2), (2, 2), (5, 4), (10, 6), (100, 21), (1000, 77), (1_000_000, 600),
  ])
  func rule(levels: Int, size: Int) {
    #expect(Embedding.usualSize(levels: levels) == size)
  }

  @Test("unknown levels get no row where they are zeros or an error", arguments: ["zeros", "error"])
  func unknown(treatment: String) throws {
    let result = flowers("category: {encode: embedding, unknown: \(treatment), size: 3}")
    let node = try #require(result.graph?.nodes.first { $0.op is Embedding })
    #expect(node.parameterCount == 2 * 3)
  }

  @Test("numbers become periodic or piecewise-linear inputs", arguments: [
    ("numeric: {embed: periodic}", 2 * 24 + 3),
    ("numeric: {embed: {periodic: {frequencies: 4, size: 5, shared: true}}}", 2 * 5 + 3),
    // Seven lengths and five widths have six and four bins between them.
    ("numeric: {embed: piecewise_linear}", 6 + 4 + 3),
    ("numeric: {embed: {piecewise_linear: {bins: 3}}}", 3 + 3 + 3),
    ("numeric: {embed: {piecewise_linear: {bins: 8, size: 6}}}", 2 * 6 + 3),
    ("features: {length: {type: numeric, embed: periodic}, width: numeric}", 24 + 1),
    ("numeric: {embed: periodic}, features: {length: {embed: none}, width: numeric}", 24 + 1),
    ("numeric: {clip: smooth, scale: robust}", 2 + 3),
  ])
  func numbers(data: String, width: Int) throws {
    let result = flowers(data)
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    #expect(result.facts?.inputWidth == width)
    let first = try #require(result.graph?.nodes.first { $0.name == "hidden1" })
    #expect(first.inputShapes == [[width]])
  }

  @Test("what is decided is written so that it decides the same again", arguments: [
    "category: {encode: embedding}, numeric: {embed: periodic, clip: smooth}",
    "features: {colour: {encode: embedding}, length: {embed: {piecewise_linear: {bins: 4}}}}",
    "features: {length: {scale: none, impute: mean}, width: {type: numeric, clip: smooth}}",
  ])
  func fixedPoint(data: String) throws {
    let first = flowers(data)
    let written = try #require(first.resolution?.text)
    let second = files.compile(written)
    #expect(second.problems.filter { $0 != "D101" } == [], "\(written)")
    #expect(second.features?.plans == first.features?.plans)
    #expect(first.resolution?.open.isEmpty == true)
    #expect(
      second.resolution?.values.map { "\($0.path)=\($0.value)" }
        == first.resolution?.values.map { "\($0.path)=\($0.value)" })
    #expect(second.summary?.parameters == first.summary?.parameters)
  }

  @Test("a column's own `none` goes before what its section says")
  func ownNone() {
    let result = flowers("features: {length: {scale: none}, width: numeric}")
    #expect(result.features?.plans.map(\.scale) == [.none, .standard])
  }

  @Test("columns are selected by name and kind, whatever they have become", arguments: [
    ("select: [width]", "", 1), ("select: {columns: [colour, length]}", "", 4),
    ("select: {kind: numeric}", "", 2), ("select: {kind: [category]}", "", 3),
    ("select: [colour]", "category: {encode: embedding, size: 5}", 5),
    ("select: [length]", "numeric: {embed: {periodic: {size: 9}}}", 9),
    ("select: {positions: [0, 4]}", "", 2),
  ])
  func select(layer: String, data: String, width: Int) throws {
    let result = files.compile(
      """
      plumb: 1
      data: {source: flowers.csv, target: kind\(data.isEmpty ? "" : ", " + data)}
      model:
        layers:
          - dense: {units: 6, activation: relu}
            name: all
          - \(layer)
            name: chosen
            from: input
          - concat: {}
            from: [all, chosen]
      """)
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    let graph = try #require(result.graph)
    #expect(graph.nodes.first { $0.name == "chosen" }?.outputShape == [width])
    #expect(graph.nodes.first { $0.name == "concat1" }?.outputShape == [6 + width])
  }

  @Test("settings that a column cannot use are pointed out", arguments: [
    "features: {colour: {type: category, clip: smooth}}",
    "features: {length: {type: numeric, size: 3}}",
    "features: {colour: {encode: one_hot, size: 3}}",
  ])
  func noEffect(data: String) {
    #expect(flowers(data).diagnostics.contains { $0.message.contains("no effect") })
  }
}
