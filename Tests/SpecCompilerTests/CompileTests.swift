import NetworkGraph
import SpecSyntax
import Tables
import Tensors
import Testing

@testable import SpecCompiler

/// Files and tables that exist in memory only.
struct MemoryFiles {
  var texts: [String: String] = [:]
  var tables: [String: String] = ["flowers.csv": MemoryFiles.flowers, "prices.csv": prices]

  /// Three classes, two numbers, a word, and a code that names the row.
  static let flowers =
    "length,width,colour,code,kind\n"
    + (0..<90).map { row in
      let kind = ["rose", "tulip", "violet"][row % 3]
      let colour = ["red", "blue"][(row / 2) % 2]
      return "\(1 + Double(row % 7) / 4),\(2 + Double(row % 5) / 8),\(colour),F\(row)x,\(kind)"
    }.joined(separator: "\n") + "\n"

  /// A numeric target with fractions.
  static let prices =
    "area,rooms,price\n"
    + (0..<120).map { "\(40 + $0),\(1 + $0 % 4),\(100.5 + Double(3 * $0 + $0 * 53 % 89))" }
    .joined(separator: "\n") + "\n"

  var environment: Environment {
    let (texts, tables) = (texts, tables)
    return Environment(
      loadText: { path, _ in
        texts[path].map { .text(SourceText(name: path, text: $0)) } ?? .refused("no such file")
      },
      loadTable: { request in
        guard let text = tables[request.path] else {
          return .refused(TableError("there is no such file", path: request.path))
        }
        do throws(TableError) {
          return .table(
            try readTable(
              bytes: Array(text.utf8), name: request.path, options: request.options))
        } catch {
          return .refused(error)
        }
      })
  }

  func compile(_ text: String, _ overrides: [String] = []) -> Compilation {
    SpecCompiler.compile(
      SourceText(name: "model.yaml", text: text), overrides: overrides.map { Override($0) },
      in: environment)
  }
}

extension Compilation {
  /// The codes of errors and warnings, in order.
  var problems: [String] { diagnostics.filter { $0.level > .advice }.map(\.code.code) }

  /// The effective value at a path, as text.
  func value(_ path: String) -> String? { resolution?.values.first { $0.path == path }?.value }
}

@Suite("a spec compiles")
struct CompileTests {
  let files = MemoryFiles()

  @Test("a spec of two lines is complete")
  func minimal() throws {
    let result = files.compile("plumb: 1\ndata: {source: flowers.csv, target: kind}\n")
    #expect(result.problems.isEmpty)
    #expect(result.resolution?.open.isEmpty == true)
    #expect(result.value("data.task") == "classification")
    #expect(result.value("training.loss") == "cross_entropy")
    #expect(result.value("model.hidden_layers") == "[32]")
    #expect(result.value("data.features.code") == "ignore")
    // Two numbers, two colours and their own level for unknown ones.
    #expect(result.graph?.inputShape.count == 5)
    #expect(result.graph?.outputShape.count == 3)
    #expect(result.summary?.parameters == 5 * 32 + 32 + 32 * 3 + 3)
  }

  @Test("two classes need one output, numbers one for each target")
  func outputs() {
    let binary = files.compile("plumb: 1\ndata: {source: flowers.csv, target: colour}\n")
    #expect(binary.value("training.loss") == "binary_cross_entropy")
    #expect(binary.graph?.outputShape.count == 1)
    let numbers = files.compile(
      "plumb: 1\ndata: {source: prices.csv, target: [price, area], task: regression}\n")
    #expect(numbers.problems.isEmpty)
    #expect(numbers.graph?.outputShape.count == 2)
  }

  @Test("a resolved spec resolves to itself", arguments: [
    "plumb: 1\ndata: {source: flowers.csv, target: kind}\n",
    "plumb: 1\nname: houses\ndata: {source: prices.csv, target: price}\ntraining: {loss: huber}\n",
    """
    plumb: 1
    data: {source: flowers.csv, target: kind, features: [length, colour]}
    model:
      layers: [{dense: 8, name: a}, relu, {dense: 8}, {add: {}, from: [a, previous]}, layer_norm]
    training: {learning_rate: {schedule: cosine, start: 0.01, warmup: 5%}}
    """,
  ])
  func fixedPoint(text: String) throws {
    let first = files.compile(text)
    let written = try #require(first.resolution?.text)
    let second = files.compile(written)
    #expect(second.problems.isEmpty, "\(second.diagnostics.map(\.message))\n\(written)")
    #expect(
      second.resolution?.values.map { "\($0.path)=\($0.value)" }
        == first.resolution?.values.map { "\($0.path)=\($0.value)" })
    #expect(second.summary?.parameters == first.summary?.parameters)
  }

  @Test("without its table a spec is checked as far as it goes, and says so")
  func withoutTable() {
    let result = SpecCompiler.compile(
      SourceText(name: "model.yaml", text: "plumb: 1\ndata: {source: a.csv, target: b}\n"))
    #expect(result.problems.isEmpty)
    #expect(result.graph == nil)
    #expect(!result.notChecked.isEmpty)
    #expect(result.resolution?.open.contains("data.task") == true)
  }

  @Test("any bytes compile", arguments: [
    "", "\u{0}", "[", "plumb", "- 1", "plumb: 1", "plumb: [1]\ndata: 3\nmodel: x\ntraining: []",
    "plumb: 1\ndata: {source: flowers.csv, target: kind}\nmodel: {layers: [{}, 3, [a], relu: 1]}",
    "plumb: 1\ndata: {source: flowers.csv, target: [kind, kind]}\ntraining: {metrics: [1, []]}",
  ])
  func total(text: String) {
    let result = files.compile(text)
    #expect(result.hasErrors)
  }
}

@Suite("specs reuse each other")
struct InheritanceTests {
  static let base = """
    plumb: 1
    data: {source: flowers.csv, target: kind, split: {validation: 30%}}
    model: {hidden_layers: [48]}
    training: {batch_size: 16, optimizer: {adamw: {weight_decay: 0.1}}, metrics: [accuracy, f1]}
    """

  @Test("a spec takes the values of its base where it is silent")
  func silent() {
    let files = MemoryFiles(texts: ["base.yaml": Self.base])
    let result = files.compile("plumb: 1\nextends: base.yaml\ntraining: {batch_size: 64}\n")
    #expect(!result.hasErrors)
    #expect(result.value("training.batch_size") == "64")
    #expect(result.value("model.hidden_layers") == "[48]")
    #expect(result.value("data.split.validation") == "30%")
    #expect(result.value("training.optimizer.adamw.weight_decay") == "0.1")
  }

  @Test("choices and lists are taken whole, not mixed with those of the base")
  func whole() {
    let files = MemoryFiles(texts: ["base.yaml": Self.base])
    let result = files.compile(
      """
      plumb: 1
      extends: base.yaml
      model: {layers: [{dense: {units: 4, activation: relu}}]}
      training: {optimizer: sgd, metrics: [log_loss]}
      """)
    #expect(result.problems.isEmpty)
    #expect(result.value("training.metrics") == "[log_loss]")
    #expect(result.value("training.optimizer") == "sgd")
  }

  @Test("a mistake in a base is shown in the base")
  func position() throws {
    let files = MemoryFiles(texts: ["base.yaml": Self.base + "\n  epoks: 3\n"])
    let result = files.compile("plumb: 1\nextends: base.yaml\n")
    let finding = try #require(result.diagnostics.first { $0.level == .error })
    #expect(result.sources[finding.primary.range.source].name == "base.yaml")
  }

  @Test("a missing base and a circle are errors at the key")
  func broken() {
    let circle = MemoryFiles(texts: ["a.yaml": "plumb: 1\nextends: a.yaml\n"])
    #expect(MemoryFiles().compile("plumb: 1\nextends: no.yaml\n").problems.contains("K121"))
    #expect(circle.compile("plumb: 1\nextends: a.yaml\n").problems.contains("K122"))
  }

  @Test("what the command line set is not mended by an edit of the text")
  func overriddenEdits() throws {
    func epochs(_ compilation: Compilation) -> [Help] {
      compilation.diagnostics.flatMap(\.helps)
        .filter { $0.proposed.contains { $0.path == "training.epochs" } }
    }
    let spec = "plumb: 1\ndata: {source: flowers.csv, target: kind}\n"
    let written = epochs(MemoryFiles().compile(spec + "training: {epochs: 2, seed: 1}\n"))
    #expect(written.contains { $0.fix != nil })
    for values in ["training.epochs=2", "training={epochs: 2}"] {
      let set = epochs(MemoryFiles().compile(spec + "training: {seed: 1}\n", [values]))
      #expect(!set.isEmpty && set.allSatisfy { $0.fix == nil }, "\(values)")
    }
  }

  @Test("values of the command line win, and their mistakes are shown in them")
  func overrides() throws {
    let text = "plumb: 1\ndata: {source: flowers.csv, target: kind}\n"
    let good = MemoryFiles().compile(text, ["training.batch_size=64", "model.hidden_layers=[8, 4]"])
    #expect(good.problems.isEmpty)
    #expect(good.value("training.batch_size") == "64")
    #expect(good.value("model.hidden_layers") == "[8, 4]")
    let bad = MemoryFiles().compile(text, ["training.batch_size=many"])
    let finding = try #require(bad.diagnostics.first { $0.level == .error })
    #expect(bad.sources[finding.primary.range.source].name == "--set training.batch_size")
    #expect(MemoryFiles().compile(text, ["batch"]).problems == ["K123"])
    // Advice on a value that two of them make.
    let twice = MemoryFiles().compile(text, ["model.hidden_layers=[8, 4]", "model.hidden_layers[0]=9"])
    #expect(twice.value("model.hidden_layers") == "[9, 4]")
    #expect(twice.diagnostics.contains { $0.code.code == "A202" })
  }
}

@Suite("a starter spec")
struct StarterSpecTests {
  @Test("compiles without errors or warnings and says why", arguments: [
    ("flowers.csv", "kind"), ("flowers.csv", "colour"), ("prices.csv", "price"),
  ])
  func clean(file: String, target: String) throws {
    let files = MemoryFiles()
    let text = try #require(files.tables[file])
    let table = try readTable(bytes: Array(text.utf8), name: file)
    let starter = StarterSpec(table: table, path: file, target: [target])
    #expect(starter.problems.isEmpty)
    let result = files.compile(starter.text)
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    #expect(starter.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(result.resolution?.open.isEmpty == true)
    let commented = starter.text.split(separator: "\n").count { $0.contains("# ") }
    #expect(commented >= 10)
  }

  @Test("names the columns that are no inputs")
  func ignored() throws {
    let table = try readTable(bytes: Array(MemoryFiles.flowers.utf8), name: "flowers.csv")
    let starter = StarterSpec(table: table, path: "flowers.csv", target: ["kind"])
    #expect(starter.text.contains("ignore: [code]"))
  }
}
