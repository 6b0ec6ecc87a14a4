import Foundation
import TestSupport
import Testing

@testable import Tuning

@Suite("plumb tune after a kill")
struct KilledTuneTests {
  private static let spec = """
    plumb: 1
    name: a
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training: {epochs: 15000, learning_rate: 0.001, early_stopping: none}
    search:
      space: {training.learning_rate.start: {real: [1e-4, 1e-3], scale: log}}
      trials: 1
      sampler: random
    """ + "\n"

  private func folder() throws -> String { try Repository.folder(with: Self.spec) }

  /// The one trial of a study with its curve.
  private func trial(_ folder: String) throws -> Trial {
    let trials = try DatabaseStore.existing(StudyAddress(file: "\(folder)/studies/a.db")).trials()
    #expect(trials.count == 1)
    return try #require(trials.first)
  }

  @Test("a long trial goes on from its checkpoint at once, to what it gives undisturbed")
  func goesOn() throws {
    let (whole, folder) = (try folder(), try folder())
    defer { for path in [whole, folder] { try? FileManager.default.removeItem(atPath: path) } }
    let line = "tune a.yaml --compare 0 --workers 1 --quiet --format jsonl"
    let killed = try Tool.shell(
      """
      (cd \(whole) && plumb \(line) > events) & other=$!
      plumb \(line) > events & pid=$!
      until [ -e studies/a.trials/0.0.checkpoint ]; do kill -0 $pid || exit; sleep 0.02; done
      kill -9 $pid; date +%s; wait $pid; plumb \(line) > events.again; echo $?; wait $other
      """, in: folder)
    let words = killed.split(separator: "\n")
    guard words.count == 2, let second = Double(words[0]) else {
      print("skipped: this machine trains 15000 epochs too fast to be saved on the way")
      return
    }
    #expect(words[1] == "0")
    let events = try String(contentsOfFile: "\(folder)/events.again", encoding: .utf8)
    let resumed = try #require(
      events.split(separator: "\n").first { $0.contains(#""event":"resume""#) })
    #expect(!resumed.contains(#""epochs":0}"#))
    let (found, expected) = (try trial(folder), try trial(whole))
    #expect(found == expected && found.state == .complete)
    // The claim would have held for six seconds at the least.
    let attempts = try SQLiteDatabase("\(folder)/studies/a.db", .reading, patience: 5).rows(
      "SELECT attempt, outcome, started FROM plumb_attempts ORDER BY attempt", [])
    #expect(attempts.map { $0[1].text } == ["lost", "COMPLETE"])
    #expect(try #require(attempts.last?[2].real) - second < 6)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/studies/a.trials"))
  }

  @Test("workers that find nothing to do are told of, with what to change")
  func idle() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = [
      "tune", "a.yaml", "--compare", "0", "--set", "training.epochs=2", "--set",
      "search.parallel=2", "--workers",
    ]
    let words = "4 of 6 workers find nothing to do: `search.parallel` of the study `a` is 2"
    let told = try Tool.run(line + ["6"], in: folder)
    #expect(told.code == 0 && told.errors.contains("note: \(words); begin another study for more"))
    #expect(told.errors.contains("`--set search.parallel=6 --study a-6`"))
    let events = try Tool.run(line + ["6", "--format", "jsonl"], in: folder)
    #expect(events.output.contains(#""event":"note""#) && events.output.contains(words))
    #expect(events.errors.isEmpty)
    #expect(try !Tool.run(line + ["2"], in: folder).errors.contains("find nothing to do"))
  }
}
