import Foundation
import SpecSyntax
import Tensors
import Testing
import Tuning

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("the page of a study")
struct StudyPageTests {
  static let hostile = "a\"]; <script>x</script> & \\ \u{202E}"
  static let space = Space([
    Dimension("training.optimizer", .choice(["adam", "sgd", .string(hostile)])),
    Dimension(
      "training.learning_rate.start", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true)),
    Dimension(
      "model.hidden_layers[0]", .integer(low: 8, high: 128, step: 1, isLogarithmic: true)),
    Dimension(
      "training.optimizer.momentum", .real(low: 0, high: 0.99, step: nil, isLogarithmic: false),
      when: .init(name: "training.optimizer", values: [1])),
  ])

  /// Trials of a bowl in the rate, of which each third ends early; one is failed, one infeasible.
  static func study(trials count: Int, objectives: Int) -> ReportedStudy {
    let sampler = RandomSampler()
    let trials = (0..<count).map { number -> Trial in
      let parameters = sampler.parameters(of: number, after: [], in: space, seed: 3) ?? []
      let miss = log10(parameters[1] ?? 1) + 2
      let loss = 0.2 + miss * miss / 10 + (parameters[0] == 1 ? 0.05 : 0)
      let state: Trial.State = number == 3 ? .failed : number % 3 == 2 ? .pruned : .complete
      let curve = (1...10).map {
        Trial.Point(step: $0, value: -(1 - loss - 0.5 / Double($0)))
      }
      return Trial(
        number: number, state: state, parameters: parameters,
        values: state == .failed
          ? [] : [-(1 - loss), Double(parameters[2] ?? 0) * 30].prefix(objectives).map { $0 },
        curve: state == .pruned ? Array(curve.prefix(4)) : curve,
        violations: number == 4 ? [12] : [])
    }
    return ReportedStudy(
      StudySettings(
        name: hostile, seed: 3, space: space,
        directions: objectives == 1 ? [.maximize] : [.maximize, .minimize], sampler: "random",
        pruner: "none"),
      objectives: ["validation.accuracy", "parameters"].prefix(objectives).map { $0 },
      trials: trials)
  }

  /// Whether a document is well formed, stands alone, and runs nothing.
  static func check(_ html: String) {
    let body = html.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
    let parser = XMLParser(data: Data(body.utf8))
    #expect(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    for word in ["<script", "http:", "https:", "\u{202E}", "NaN", "nan\""] {
      #expect(!html.contains(word), "the page contains \(word)")
    }
  }

  @Test("it is well formed and holds every part", arguments: [(80, 1), (40, 2), (1, 1), (0, 1)])
  func parts(trials: Int, objectives: Int) {
    let study = Self.study(trials: trials, objectives: objectives)
    let html = StudyPage(study).html
    Self.check(html)
    if let folder = ProcessInfo.processInfo.environment["PLUMB_PAGES"] {
      try? html.write(
        toFile: "\(folder)/study-\(trials)-\(objectives).html", atomically: true, encoding: .utf8)
    }
    #expect(html.contains("id=\"front\"") == (objectives == 2))
    #expect(html.contains("id=\"curves\"") == (trials > 0))
    #expect(html.contains("Too few trials") == (trials < 80))
    #expect(html.contains("learning_rate × ") == (trials == 80))
    #expect(html == StudyPage(study).html)
  }

  @Test("the best is the largest of what is to be large, and keeps the constraints")
  func best() throws {
    let study = Self.study(trials: 40, objectives: 1)
    let best = try #require(study.ranked.first)
    let values = study.trials.filter { $0.state == .complete && $0.isFeasible }
      .compactMap(\.value).map { study.shown($0) }
    #expect(study.shown(best.values[0]) == values.max())
    #expect(!study.ranked.contains { $0.number == 3 || $0.number == 4 })
    #expect(StudyPage(study).html.contains("Trial \(best.number): "))
  }

  @Test("the front holds what no other beats in both")
  func front() {
    let study = Self.study(trials: 40, objectives: 2)
    let front = study.front
    #expect(front.count > 1)
    for trial in study.ranked {
      let isBeaten = study.ranked.contains { other in
        other.values[0] <= trial.values[0] && other.values[1] <= trial.values[1]
          && other.values != trial.values
      }
      #expect(front.contains(trial) == !isBeaten)
    }
  }

  @Test("labels are the shortest that tell keys apart")
  func labels() {
    let study = Self.study(trials: 0, objectives: 1)
    #expect(
      study.space.dimensions.indices.map(study.label)
        == ["optimizer", "learning_rate", "hidden_layers[0]", "momentum"])
  }
}
