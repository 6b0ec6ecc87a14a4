import Foundation
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Tensors
import Testing

@testable import Training

/// A spec compiled over a table that is given as text.
private func compiling(
  _ table: String, data: String = "target: y", model: String = "hidden_layers: [4]",
  training: String = "epochs: 3"
) throws -> Compilation {
  let folder = try Repository.temporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try table.write(toFile: "\(folder)/table.csv", atomically: true, encoding: .utf8)
  let text = """
    plumb: 1
    data: {source: table.csv, \(data)}
    model: {\(model)}
    training: {\(training), early_stopping: none}
    """
  return compile(
    SourceText(name: "exact.yaml", text: text),
    in: Environment(
      loadText: { _, _ in .refused("there are no bases here") },
      loadTable: { request in
        do throws(TableError) {
          return .table(try readTable(at: "\(folder)/\(request.path)", options: request.options))
        } catch {
          return .refused(error)
        }
      }))
}

/// A run on that table, without its folder.
private func outcome(_ compilation: Compilation) throws -> (run: Trainer.Outcome, job: Job) {
  try #require(!compilation.hasErrors, "\(compilation.diagnostics.map(\.message))")
  let job = try Job(compilation)
  let trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
  return (try trainer.run(shouldStop: { false }, report: { _ in }), job)
}

/// `a` and `b` scattered, `y` their difference; some cells replaced.
private func table(rows: Int = 30, replacing cells: [Int: String] = [:]) -> String {
  let lines = (0..<rows).map { row in
    let (a, b) = (Double(row * 7 % 11) / 4, Double(row * 5 % 13) / 8)
    return "\(cells[row] ?? "\(a)"),\(b),\(a - b)"
  }
  return "a,b,y\n" + lines.joined(separator: "\n") + "\n"
}

/// As `table`, but every value of `a` is another one, so that it might be a name of the row.
private func scattered(replacing cells: [Int: String]) -> String {
  let all = (0..<30).map { row in (row, cells[row] ?? "\(Double(row * row) / 7 - 3)") }
  return table(replacing: Dictionary(uniqueKeysWithValues: all))
}

private let numbers = "target: y, task: regression, features: {a: numeric, b: numeric}"
private let noParts = "\(numbers), split: {validation: 0, test: 0}"

@Suite("the edges of training")
struct ExactTests {
  @Test("every batch size works, and one beyond the rows is a batch of all of them")
  func batches() throws {
    func losses(_ batch: Int) throws -> [Double] {
      let training = "epochs: 3, batch_size: \(batch)"
      let run = try outcome(try compiling(table(), data: noParts, training: training)).run
      return run.epochs.map(\.trainingLoss)
    }
    for batch in [1, 2, 7, 16, 29, 30] {
      let found = try losses(batch)
      #expect(found.count == 3 && found.allSatisfy { $0.isFinite && $0 > 0 }, "batch \(batch)")
      #expect(found[2] < found[0], "batch \(batch)")
    }
    let whole = try losses(30)
    for batch in [31, 1_000_000] {
      let beyond = try losses(batch)
      #expect(beyond == whole, "batch \(batch)")
    }
  }

  @Test("two rows are enough, one row is not, and says so")
  func fewRows() throws {
    let pair = try outcome(try compiling(table(rows: 2), data: noParts)).run
    #expect(pair.epochs.count == 3)
    let single = try compiling(table(rows: 1), data: noParts)
    #expect(single.diagnostics.contains { $0.message == "the target `y` has one value" })
  }

  @Test("one class is nothing to learn, and says so")
  func oneClass() throws {
    let rows = (0..<30).map { "\($0 % 7),x" }.joined(separator: "\n")
    let compilation = try compiling("a,y\n\(rows)\n")
    #expect(compilation.hasErrors)
    #expect(compilation.diagnostics.contains { $0.message == "the target `y` has one value" })
  }

  @Test(
    "a column that never varies gives finite inputs under every scale",
    arguments: ["standard", "robust", "quantile", "min_max", "none"])
  func zeroVariance(scale: String) throws {
    let cells = Dictionary(uniqueKeysWithValues: (0..<30).map { ($0, "5") })
    let data = "\(noParts), numeric: {scale: \(scale)}"
    let (run, job) = try outcome(try compiling(table(replacing: cells), data: data))
    #expect(job.preparation.train.features.values.view.array.allSatisfy { $0.isFinite })
    #expect(run.epochs.allSatisfy { $0.trainingLoss.isFinite })
  }

  @Test(
    "layers of one and of ten thousand units, no layers and a hundred of them train",
    arguments: [[], [1], [10_000], Array(repeating: 3, count: 100)])
  func sizes(layers: [Int]) throws {
    let model = "hidden_layers: [\(layers.map(String.init).joined(separator: ", "))]"
    let run = try outcome(try compiling(table(), data: noParts, model: model)).run
    #expect(run.epochs.count == 3 && run.epochs.allSatisfy { $0.trainingLoss.isFinite })
  }

  @Test("subnormal cells are numbers like any other")
  func subnormal() throws {
    let cells = [3: "5e-324", 4: "1e-310", 5: "-1e-40", 6: "1e-400"]
    for scale in ["standard", "none"] {
      let data = "\(noParts), numeric: {scale: \(scale)}"
      let (run, job) = try outcome(try compiling(table(replacing: cells), data: data))
      #expect(job.preparation.train.features.values.view.array.allSatisfy { $0.isFinite })
      #expect(run.epochs.allSatisfy { $0.trainingLoss.isFinite })
    }
  }

  @Test(
    "an infinite cell is reported by its place and counts as missing",
    arguments: ["inf", "-Infinity", "1e400"])
  func infiniteCell(cell: String) throws {
    let data = "target: y, task: regression, split: {validation: 0, test: 0}"
    let compilation = try compiling(scattered(replacing: [5: cell]), data: data)
    let ending = "table.csv` holds `\(cell)` in the numeric column `a`"
    let finding = compilation.diagnostics.first { $0.message.hasSuffix(ending) }
    #expect(finding?.message.hasPrefix("row 6 (line 7) of `") == true)
    let (_, job) = try outcome(compilation)
    #expect(job.preparation.train.features.values.view.array.allSatisfy { $0.isFinite })
  }

  @Test("a number too large to compute with is refused by its place, wherever it is")
  func tooLarge() throws {
    for part in [noParts, "\(numbers), split: {validation: 20, test: 0}"] {
      let data = "\(part), numeric: {scale: none}"
      let error = #expect(throws: TrainingError.self) {
        _ = try outcome(try compiling(table(replacing: [5: "1e39"]), data: data))
      }
      #expect(error?.message.hasSuffix("row 6, column `a`: 1e+39 is too large to compute with") == true)
      #expect(error?.message.contains(":7:") == true)
      #expect(error?.hints.isEmpty == false)
    }
    let target = table().replacingOccurrences(of: "0.0,0.0,0.0\n", with: "0.0,0.0,1e300\n")
    let error = #expect(throws: TrainingError.self) {
      _ = try outcome(try compiling(target, data: "\(noParts), target_scale: none"))
    }
    #expect(
      error?.message.hasSuffix("row 1: the target 1e+300 in `y` is too large to compute with") == true)
  }

  @Test("numbers that run off in training are reported by layer, step and epoch")
  func divergence() throws {
    let training = "epochs: 50, learning_rate: 1e30, batch_size: 8, optimizer: sgd"
    let error = #expect(throws: TrainingError.self) {
      _ = try outcome(try compiling(table(), data: noParts, training: training))
    }
    let message = error?.message ?? ""
    #expect(message.hasPrefix("the numbers ran off at step 2, in epoch 1: "), "\(message)")
    #expect(message.hasSuffix("is not finite") && message.contains("layer `"), "\(message)")
  }

  @Test("a network that needs more memory than there is says how much it needs")
  func memory() throws {
    try checkMemory(bytes: 1_000, available: 1_000)
    let error = #expect(throws: TrainingError.self) {
      try checkMemory(bytes: 25_650_000_000, available: 24_000_000_000)
    }
    #expect(
      error?.message == "the network takes 25.7 GB to train, and this machine has 24.0 GB"
        && error?.hints.isEmpty == false)
  }
}
