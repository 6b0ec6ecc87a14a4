import Foundation
import TestSupport
import Testing

@testable import Tuning

@Suite("workers on one file")
struct SeveralWorkersTests {
  private static let spec = """
    plumb: 1
    name: a
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training: {epochs: 1500, learning_rate: 0.001, early_stopping: none}
    search:
      space: {training.learning_rate.start: {real: [1e-4, 1e-2], scale: log}}
      trials: 9
      sampler: random
      parallel: 3
    """ + "\n"

  private func values(_ folder: String, _ study: String) throws -> [[Double]] {
    try DatabaseStore.existing(StudyAddress(file: "\(folder)/a.db", study: study)).trials()
      .map(\.values)
  }

  @Test("three processes, one of which is killed, lose no trial and count none twice")
  func killed() throws {
    let folder = try Repository.folder(with: Self.spec)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let begun = try Tool.run(["tune", "a.yaml", "--compare", "0", "--store", "a.db"], in: folder)
    #expect(begun.code == 0, "\(begun.errors)")
    let first = try DatabaseStore.existing(StudyAddress(file: "\(folder)/a.db", study: "a"))
    var settings = first.settings
    settings.name = "b"
    let second = try DatabaseStore.open(
      StudyAddress(file: "\(folder)/a.db"), settings, texts: first.texts)
    for trial in try first.trials() { try second.enqueue(trial.parameters) }
    let workers = try (0..<3).map { _ in try worker(in: folder) }
    defer { for worker in workers where worker.isRunning { worker.terminate() } }
    // Each is to be within a trial.
    let database = try SQLiteDatabase("\(folder)/a.db", .reading, patience: 10)
    let victim = "\(StudyWorker.machine):\(workers[1].processIdentifier) "
    let limit = Date() + 60
    while Date() < limit {
      let owners = try database.rows(
        "SELECT DISTINCT owner FROM plumb_attempts WHERE outcome IS NULL", []
      ).compactMap { $0[0].text }
      if owners.count == 3, owners.contains(where: { $0.hasPrefix(victim) }) { break }
      Thread.sleep(forTimeInterval: 0.01)
    }
    kill(workers[1].processIdentifier, SIGKILL)
    for worker in workers { worker.waitUntilExit() }
    #expect(workers[0].terminationStatus == 0 && workers[2].terminationStatus == 0)
    #expect(workers[1].terminationReason == .uncaughtSignal)
    #expect(try values(folder, "b") == values(folder, "a"))
    let outcomes = try database.rows(
      """
      SELECT t.number, a.outcome FROM plumb_attempts a JOIN trials t ON t.trial_id = a.trial_id
      JOIN studies s ON s.study_id = t.study_id WHERE s.study_name = 'b' ORDER BY t.number
      """, [])
    #expect(outcomes.filter { $0[1].text == "COMPLETE" }.map { $0[0].integer } == Array(0..<9))
    #expect(outcomes.count { $0[1].text == "lost" } == 1)
    // A trial is given back where those it knows are not there yet.
    #expect(Set(outcomes.map { $0[1].text }).isSubset(of: ["COMPLETE", "lost", "WAITING"]))
  }

  private func worker(in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = ["worker", "--study", "a.db?study=b", "--workers", "1", "--quiet"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }
}
