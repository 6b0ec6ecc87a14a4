import Foundation
import NetworkGraph
import SpecCompiler
import SpecSyntax
import Synchronization
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("a probe of a real spec on a real table")
struct ProbeTests {
  /// An hour is more than any of these needs, so that nothing depends on the clock.
  private func probed(_ text: String, against earlier: String? = nil) throws -> ProbeResult {
    try probe(compiled(text), against: earlier.map { compiled($0) }, seconds: 3600)
  }

  /// Probes of specs alone, of which many tests take the same.
  private static let known = Shared<ProbeResult>()

  private func probedOnce(_ text: String) throws -> ProbeResult {
    try Self.known.value(text) { try probed(text) }
  }

  /// The codes of what is found once a probe is known.
  private func codes(_ text: String, against earlier: String? = nil) throws -> Set<String> {
    let result = try earlier.map { try probed(text, against: $0) } ?? probedOnce(text)
    let known = compiled(text).knowing(probe: result.probe)
    return Set(known.diagnostics.map(\.code.code))
  }

  private static func spec(
    _ table: String, _ target: String, data: String = "", model: String = "hidden_layers: [16]",
    _ training: String
  ) -> String {
    """
    plumb: 1
    data: {source: \(table).csv, target: \(target)\(data)}
    model: {\(model)}
    training: {\(training), seed: 1}
    """
  }

  private static let calm = spec("iris", "species", "epochs: 60, learning_rate: 0.003")
  private static let calmNumbers = spec(
    "diabetes", "progression", "epochs: 40, learning_rate: 0.003")

  /// A rule, a spec on which a probe makes it speak, and one on which it does not.
  struct Case: CustomTestStringConvertible {
    var code: String
    var fires: String
    var silent: String
    var testDescription: String { code }
  }

  static let cases = [
    Case(
      code: "O406", fires: spec("iris", "species", "epochs: 5, learning_rate: 5"),
      silent: calmNumbers),
    Case(
      code: "O406", fires: spec("diabetes", "progression", "epochs: 40, learning_rate: 1e-6"),
      silent: calmNumbers),
    Case(
      code: "O407",
      fires: spec("diabetes", "progression", "epochs: 5, optimizer: sgd, learning_rate: 1000"),
      silent: calmNumbers),
    Case(
      code: "O414",
      fires: spec("iris", "species", "epochs: 30, gradient_clipping: {norm: 0.001}"),
      silent: calm),
    Case(
      code: "B509", fires: spec("digits", "digit", "epochs: 6, batch_size: 512"),
      silent: spec("digits", "digit", "epochs: 6, batch_size: 32")),
    Case(
      code: "L312",
      fires: spec(
        "breast_cancer", "diagnosis", data: ", numeric: {scale: none}", "epochs: 3"),
      silent: spec("breast_cancer", "diagnosis", "epochs: 3")),
    Case(
      code: "L316",
      fires: spec(
        "digits", "digit", data: ", split: {validation: 1000, test: 0}", "epochs: 3"),
      silent: spec(
        "digits", "digit", data: ", split: {validation: 1000, test: 0}",
        model: "hidden_layers: [32]", "epochs: 15, learning_rate: 0.005")),
    Case(
      code: "S904", fires: spec("diabetes", "progression", "epochs: 3, learning_rate: 1e-9"),
      silent: calmNumbers),
    Case(
      code: "S905",
      fires: spec(
        "iris", "species",
        model: "hidden_layers: [16, 16, 16, 16, 16, 16, 16, 16, 16, 16], activation: sigmoid",
        "epochs: 3"), silent: calm),
  ]

  @Test("makes each rule speak where it should, and not where it should not", arguments: cases)
  func rules(_ item: Case) throws {
    #expect(try codes(item.fires).contains(item.code))
    #expect(try !codes(item.silent).contains(item.code))
  }

  @Test("a difference within its noise is told, and a clear one is not")
  func comparison() throws {
    let other = Self.calm.replacing("hidden_layers: [16]", with: "hidden_layers: [17]")
    #expect(try codes(Self.calm, against: other).contains("S902"))
    let slow = Self.calmNumbers.replacing("0.003", with: "1e-6")
    let result = try probed(Self.calmNumbers, against: slow)
    let found = try #require(result.probe.comparison)
    #expect(found.runs == 5 && found.otherRuns == 5 && found.difference > 0)
    #expect(
      !compiled(Self.calmNumbers).knowing(probe: result.probe).diagnostics
        .contains { $0.code.code == "S902" })
  }

  @Test("is the same twice, but for what the clock decides, and changes nothing of a training")
  func repeatable() throws {
    let (first, second) = (try probedOnce(Self.calm), try probed(Self.calm))
    #expect(first.probe == second.probe)
    #expect(first.measurements == second.measurements)
    #expect(first.rateTest == second.rateTest)
    let trained = try trained(Self.calm).result.outcome.probe
    #expect(first.probe.validationLosses == trained.validationLosses)
    #expect(first.probe.validationLossError == trained.validationLossError)
  }

  @Test("what the budget has no time for is left out and said to be")
  func budget() throws {
    let result = try probe(compiled(Self.calm), seconds: 0)
    #expect(result.rateTest == nil && result.probe.smallBatchLosses == nil)
    #expect(result.probe.validationLosses.isEmpty && result.probe.validationScore == nil)
    #expect(result.measurements.contains { $0.words.contains("too few to judge the network by") })
  }

  @Test("a stop ends it with an error, whatever is measured")
  func stopped() throws {
    for limit in [0, 10, 700, 2500] {
      let asked = Mutex(0)
      do throws(TrainingError) {
        _ = try probe(
          compiled(Self.calm), seconds: 3600,
          shouldStop: {
            asked.withLock { count in
              count += 1
              return count > limit
            }
          })
        Issue.record("the probe went on after \(limit) steps")
      } catch {
        guard case .interrupted = error.kind else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test("a run knows its first loss, the constant's loss and how sure its own is")
  func known() throws {
    let outcome = try trained(Self.calmNumbers).result.outcome
    // A standardised target varies by about 1, and its mean is the best constant.
    let constant = try #require(outcome.probe.constantValidationLoss)
    #expect(constant > 0.7 && constant < 1.4)
    #expect(try #require(outcome.probe.initialLoss) > 0.5)
    let least = try #require(outcome.probe.validationLosses.min())
    #expect(try #require(outcome.probe.validationLossError) < least / 2)
    #expect(outcome.probe.calibrationError == nil)
    let classes = try trained(Self.calm).result.outcome.probe
    // Three classes of equal size have an entropy of ln 3.
    #expect(abs(try #require(classes.constantValidationLoss) - 1.0986) < 0.02)
    #expect((0...1).contains(try #require(classes.calibrationError)))
  }
}

@Suite("the best constant")
struct ConstantOutputsTests {
  @Test(
    "is the mean for squared, the median for absolute error, the level for a quantile",
    arguments: [("mse", 3.0), ("mae", 2.0), ("{quantile: 0.8}", 4.0)])
  func numbers(_ loss: String, _ expected: Double) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let targets: [Float] = [0, 1, 2, 4, 8]
    let rows = PreparedRows(
      features: FeatureRows(values: [1, 2, 3, 4, 5], stride: 1, width: 1), targets: targets,
      truth: .numbers(targets.map(Double.init)), targetCount: 1)
    let text = Self.text(loss)
    let recipe = try Recipe(try #require(compiled(text).spec).training)
    let found = ConstantOutputs(recipe, count: 1, train: rows, weights: nil)
    let own = try #require(RowLosses(constant: found.values, of: rows, recipe.loss).mean)
    let best = try #require(
      RowLosses(constant: [Float(expected)], of: rows, recipe.loss).mean)
    #expect(abs(own - best) < 1e-3, "\(found.values)")
  }

  private static func text(_ loss: String) -> String {
    """
    plumb: 1
    data: {source: diabetes.csv, target: progression}
    training: {loss: \(loss), epochs: 1}
    """
  }
}

@Suite("runs beside a run")
struct RunHistoryTests {
  /// Trains into numbered folders: rates that differ, then seeds that differ.
  private func runs(_ rates: [Double], seeds: Int, epochs: Int) throws -> String {
    let folder = try Repository.temporaryFolder()
    let texts =
      rates.map { "epochs: \(epochs), learning_rate: \($0), seed: 1" }
      + (2..<(2 + seeds)).map { "epochs: \(epochs), learning_rate: \(rates[0]), seed: \($0)" }
    for (index, training) in texts.enumerated() {
      _ = try train(
        compiled(irisSpec(training)), at: .folder("\(folder)/\(index + 1)"), version: "test")
    }
    return folder
  }

  private func codes(_ folder: String, _ number: Int) throws -> Set<String> {
    let record = try RunRecord.open("\(folder)/\(number)")
    var probe = record.probe
    probe.trials = record.trials
    let known = compiled(record.specText).knowing(probe: probe)
    return Set(known.diagnostics.map(\.code.code))
  }

  @Test("twenty tries of which the last gained nothing ask for an ensemble; fewer do not")
  func tries() throws {
    let rates = (0..<22).map { 0.03 - 0.0005 * Double($0) }
    let folder = try runs(rates, seeds: 3, epochs: 8)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trials = try RunRecord.open("\(folder)/1").trials
    #expect(trials.scores.count == 22 && trials.seedScores.count == 4)
    #expect(try codes(folder, 1).contains("R707"))
    for number in 12...22 { try FileManager.default.removeItem(atPath: "\(folder)/\(number)") }
    #expect(try !codes(folder, 1).contains("R707"))
  }

  @Test("a run knows its table again, and one that changed")
  func table() throws {
    let (folder, _) = try trained(irisSpec())
    let record = try RunRecord.open(folder)
    #expect(record.isTrained(on: compiled(record.resolvedText)))
    let changed = record.resolvedText.replacing("iris.csv", with: "breast_cancer.csv")
    #expect(!record.isTrained(on: compiled(changed)))
    #expect(!record.isTrained(on: compile(.init(name: "a", text: record.resolvedText))))
  }
}
