import Foundation
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("repeated runs that are stopped and resumed give the measures of those that never stopped")
struct RepeatsResumeTests {
  /// Trains into a folder until it is stopped after so many steps; the error, nil at the end.
  private func sit(
    _ text: String, _ repeats: Repeats, _ place: RunPlace, steps: Int, version: String = "test"
  ) throws -> TrainingError? {
    let stop = StopAfter(steps)
    return refusal {
      _ = try train(
        compiled(text), repeats, at: place, version: version, shouldStop: { stop() })
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body("\(folder)/run")
  }

  @Test("whatever the task, at any step", arguments: [
    irisSpec(), irisSpec("epochs: 3, loss: hinge"),
    "plumb: 1\ndata: {source: diabetes.csv, target: progression}\ntraining: {epochs: 2}\n",
    "plumb: 1\ndata: {source: diabetes.csv, target: progression}\ntraining: {epochs: 2, loss: {quantile: [0.1, 0.5, 0.9]}}\n",
  ])
  func sameBytes(text: String) throws {
    let mistakes = compiled(text).diagnostics.filter { $0.level == .error }.map(\.message)
    try #require(mistakes == [])
    let repeats = Repeats(folds: 3, seeds: 2)
    try inFolder { folder in
      #expect(try sit(text, repeats, .folder(folder), steps: .max) == nil)
      let whole = try contents(folder)
      #expect(whole.keys.sorted() == ["repeats.json", "resolved.yaml", "spec.yaml"])
      for steps in [23, 40] {
        let place = RunPlace.resumed("\(folder)-\(steps)")
        var sittings = 1
        while let error = try sit(text, repeats, place, steps: steps) {
          guard case .interrupted = error.kind else { throw error }
          sittings += 1
          try #require(sittings < 10)
        }
        #expect(sittings > 1)
        #expect(try contents("\(folder)-\(steps)") == whole)
        let timing = try RunFolder(path: "\(folder)-\(steps)").json(
          RunTiming.self, RunFile.timing)
        #expect(timing.sittings ?? 1 <= sittings && timing.timing.train > 0)
      }
    }
  }

  @Test("keep what is over when they are interrupted, and nothing before that")
  func interrupted() throws {
    try inFolder { folder in
      let repeats = Repeats(folds: 4)
      let none = try sit(irisSpec(), repeats, .folder(folder), steps: 0)
      #expect(none?.message == "stopped before the first run was over" && none?.unfinished == nil)
      #expect(!FileManager.default.fileExists(atPath: folder + ".partial"))
      // 85 training rows are 3 steps an epoch and 9 a run: the third is interrupted.
      let some = try sit(irisSpec(), repeats, .folder(folder), steps: 20)
      #expect(some?.message == "interrupted after 2 of 4 runs" && some?.unfinished == folder)
      let result = try train(
        compiled(irisSpec()), repeats, at: .ended(folder), version: "test")
      #expect(result.outcome.isInterrupted && result.outcome.runs.map(\.fold) == [1, 2])
      #expect(try RunPlace.endedRun(folder) == folder)
      #expect(try RunPlace.repeatsResult(of: folder)?.outcome.runs.count == 2)
    }
  }

  @Test("lines of the log that are not whole are trained again; one that says nothing is refused")
  func damage() throws {
    try inFolder { folder in
      let (text, repeats) = (irisSpec(), Repeats(seeds: 3))
      #expect(try sit(text, repeats, .folder(folder), steps: .max) == nil)
      let whole = try contents(folder)
      let place = RunPlace.resumed(folder + "2")
      #expect(try sit(text, repeats, place, steps: 25) != nil)
      let path = "\(folder)2.partial/\(RunFile.repeatsLog)"
      let log = try readFile(at: path, maximumBytes: 1 << 24)
      let lines = log.split(separator: 0x0A)
      try #require(lines.count == 3)
      var head = log
      head[3] ^= 1
      try writeFile(head, to: path)
      let refused = try sit(text, repeats, place, steps: .max)
      #expect(refused?.message.contains("is damaged") == true && refused?.hints.isEmpty == false)
      #expect(try readFile(at: path, maximumBytes: 1 << 24) == head)
      // The first run is left, the second has another byte, a third is cut short.
      var torn = log + Array("0123".utf8)
      torn[lines[0].count + lines[1].count + 300] ^= 1
      try writeFile(torn, to: path)
      var numbers: [Int] = []
      _ = try train(
        compiled(text), repeats, at: place, version: "test",
        report: { if case .repeated(let place) = $0 { numbers.append(place.number) } })
      #expect(numbers == [2, 3])
      #expect(try contents(folder + "2") == whole)
    }
  }

  @Test("another spec, version or number of folds is named, and a run of another kind")
  func refusals() throws {
    try inFolder { folder in
      let (text, repeats) = (irisSpec(), Repeats(folds: 4))
      #expect(try sit(text, repeats, .folder(folder), steps: 20) != nil)
      let before = try contents(folder + ".partial")
      let place = RunPlace.resumed(folder)
      let version = try sit(text, repeats, place, steps: .max, version: "next")
      #expect(version?.message.contains("plumb test") == true)
      let spec = try sit(irisSpec("epochs: 4"), repeats, place, steps: .max)
      #expect(spec?.message.contains("training.epochs: 4") == true)
      let folds = try sit(text, Repeats(folds: 5, seeds: 2), place, steps: .max)
      #expect(folds?.message.contains("is of `--folds 4` and `--seeds 1`") == true)
      let single = refusal { _ = try train(compiled(text), at: place, version: "test") }
      #expect(single?.message.contains("holds repeated runs") == true)
      #expect(try contents(folder + ".partial") == before)
    }
    let (folder, text) = try stoppedRun()
    let error = try sit(text, Repeats(folds: 4), .resumed(folder), steps: .max)
    #expect(error?.message.contains("holds one run") == true)
    #expect(hasCheckpoint(folder))
  }
}
