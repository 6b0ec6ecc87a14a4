import Foundation
import TestSupport
import Testing

@testable import Reporting
@testable import Training
@testable import Tuning

@Suite("the page of an experiment")
struct ExperimentPageTests {
  private static let hostile = "a\"]; <script>x</script> & \\ \u{202E}"

  /// An experiment whose scores are fixed sums with a little that goes up and down.
  static func result(diverging: [Int]? = nil, name: String = "batch_size") throws -> FactorialResult {
    let factors = [
      Factor(key: "training.learning_rate", levels: ["0.001", "0.01"], base: 0),
      Factor(key: "training.\(name)", levels: ["16", "64"], base: 1),
      Factor(key: "training.optimizer", levels: ["adam", "sgd", hostile], base: 0),
    ]
    let trainer = ExperimentTrainer(overlap: 0, metric: "rmse", isClasses: false, threads: 1) {
      cell, block, _, _ in
      guard let cell else { return .scored(["rmse": 5 + Double(block % 3) / 10]) }
      if cell == diverging { return .diverged }
      let code = cell[0] + 2 * cell[1] + 4 * cell[2]
      let wave = Double((block * 37 + code * 23) % 17 - 8) / 40
      let own = -0.8 * Double(cell[0]) + Double(cell[0] * cell[1]) + 0.05 * Double(cell[2])
      return .scored(["rmse": 5 + Double(block) / 20 + own + wave])
    }
    var settings = ExperimentSettings()
    (settings.margin, settings.seeds) = (0.3, 12)
    var session = FactorialSession(
      factors, FactorialDesign.candidates(levelCounts: [2, 2, 3], limit: 64), trainer, settings,
      ProbeLimits(seconds: 1e9, shouldStop: { false }, report: { _ in }))
    try session.run()
    var place = ExperimentPlace()
    (place.rows, place.heldOutRows, place.folds, place.seed) = (400, 42, 10, 7)
    place.base = [0, 1, 0]
    place.movesAlong = [.init(key: "training.batch_size", values: ["16", "32"])]
    return session.result(place)
  }

  private func page(_ result: FactorialResult) -> String {
    ExperimentPage(result, spec: "models/<a>.yaml", version: "0").html
  }

  @Test("it is well formed, stands alone, and is the same each time")
  func wellFormed() throws {
    for result in [try Self.result(), try Self.result(diverging: [1, 1, 2], name: Self.hostile)] {
      let html = page(result)
      StudyPageTests.check(html)
      #expect(html == page(result))
      for id in ["answer", "effects", "interactions", "cells", "basis"] {
        #expect(html.contains("<section id=\"\(id)\""))
      }
    }
  }

  @Test("it is the page that is kept")
  func golden() throws {
    let html = page(try Self.result())
    if let folder = ProcessInfo.processInfo.environment["PLUMB_PAGES"] {
      try html.write(toFile: "\(folder)/experiment.html", atomically: true, encoding: .utf8)
    }
    let start = try #require(html.range(of: "<header>"))
    let end = try #require(html.range(of: "</body>"))
    let body = String(html[start.lowerBound..<end.lowerBound])
    #expect(Golden.matches(body, "Tests/ReportingTests/Golden/experiment.html"))
  }

  @Test("it shows the interaction, the cells that diverged and what moves along")
  func words() throws {
    let html = page(try Self.result())
    #expect(html.contains("helps with <code>batch_size</code> 16: −0.792 ± 0.054, but harms with"))
    #expect(html.contains("<code>training.batch_size</code> is left open and differs"))
    let diverged = page(try Self.result(diverging: [1, 1, 2]))
    #expect(diverged.contains(">diverged<") && diverged.contains("the loss was no number with"))
  }
}
