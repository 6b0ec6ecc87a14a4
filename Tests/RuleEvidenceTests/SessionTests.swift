import Foundation
import SpecCompiler
import Synchronization
import TestSupport
import Testing

@testable import RuleEvidence

@Suite("runs of plumb-evidence")
struct SessionTests {
  private func options(_ folder: String, _ more: [String] = []) throws -> Options {
    try Options(
      [
        folder, "--output", folder + "/evidence.jsonl", "--tables", "iris", "--rules",
        "B506,O403,E601", "--seeds", "2", "--natural", "1", "--trials", "2", "--rows", "150",
      ] + more)
  }

  /// The lines of the file without what a clock measured, in order.
  private func lines(_ folder: String) -> [String] {
    let text = (try? String(contentsOfFile: folder + "/evidence.jsonl", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      guard let start = line.range(of: "\"seconds\":"),
        let end = line[start.upperBound...].firstIndex(of: ",")
      else { return String(line) }
      return String(line[..<start.upperBound] + line[end...])
    }.sorted()
  }

  private func page(_ assessment: Assessment) -> String { assessment.effectsText }

  @Test("a run that was stopped goes on where it was, to the same figures, whatever the jobs")
  func resumption() async throws {
    let (whole, parts) = (try TableFolder.make(["iris"]), try TableFolder.make(["iris"]))
    defer { for folder in [whole, parts] { try? FileManager.default.removeItem(atPath: folder) } }
    let first = try await Session(options(whole)).run { _ in }
    #expect(first.isWhole)
    #expect(!lines(whole).isEmpty)

    let asked = Mutex(0)
    let cut = try await Session(options(parts)).run(
      isStopped: { asked.withLock { $0 += 1; return $0 > 6000 } }, say: { _ in })
    #expect(!cut.isWhole)
    let before = lines(parts)
    #expect(!before.isEmpty && before.count < lines(whole).count)
    // A killed run leaves a torn line.
    let file = try #require(FileHandle(forWritingAtPath: parts + "/evidence.jsonl"))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"training\":{\"_0\":{\"ar".utf8))
    try file.close()
    let rest = try await Session(options(parts, ["--jobs", "2"])).run { _ in }
    #expect(rest.isWhole)
    #expect(lines(parts) == lines(whole))
    #expect(page(rest.assessment) == page(first.assessment))

    let size = try Data(contentsOf: URL(fileURLWithPath: whole + "/evidence.jsonl"))
    let again = try await Session(options(whole)).run { _ in }
    #expect(again.isWhole)
    #expect(try Data(contentsOf: URL(fileURLWithPath: whole + "/evidence.jsonl")) == size)
  }

  @Test("a file of other rows is not mixed with, and what is wrong is said")
  func refusals() async throws {
    let folder = try TableFolder.make(["iris"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/evidence.jsonl"
    _ = try EvidenceFile(at: file, for: RunRecord(cap: TableCap(), trials: 2))
    await #expect(throws: EvidenceError.self) {
      _ = try await Session(options(folder)).run { _ in }
    }
    try "no record\n".write(toFile: file, atomically: true, encoding: .utf8)
    await #expect(throws: EvidenceError.self) {
      _ = try await Session(options(folder)).run { _ in }
    }
    for bad in [
      [], ["a", "b"], ["a", "--seeds", "0"], ["a", "--rules", "Z999"], ["a", "--budget", "-1"],
      ["a", "--seeds"], ["a", "--rows", "x"], ["a", "--what", "1"],
    ] {
      #expect(throws: EvidenceError.self, "\(bad)") { try Options(bad) }
    }
    #expect(throws: EvidenceError.self) { try Session(Options([folder, "--tables", "none"])) }
    #expect(throws: EvidenceError.self) { try Session(Options(["/nowhere"])) }
  }

  @Test("failed runs count as failed, and the page has every rule, case and table")
  func assessment() async throws {
    let folder = try TableFolder.make(["iris"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let options = try options(folder)
    let (assessment, _) = try await Session(options).run { _ in }
    let results = assessment.results()
    #expect(results.map(\.effect.rule.code) == ["B506", "O403", "E601"])
    let full = try #require(results.first { $0.effect.rule.code == "B506" })
    #expect(full.record.tables == 1 && full.record.seeds == 2)
    #expect(full.record.finding == .notEnough, "one table gives no verdict")
    #expect((full.record.effect?.median ?? 0) > 0, "a few steps learn too little")
    let text = EvidencePage(assessment: assessment).text
    for part in ["| O403 |", "| 5 epochs |", "| iris | 150 | 150 |", "not enough evidence"] {
      #expect(text.contains(part), "\(part)")
    }
    let source = try Session(options).source(of: assessment, on: Date(timeIntervalSince1970: 0))
    #expect(source.date == "1 January 1970")
    #expect(source.text.contains("made[\"B506\"] = RuleRecord(\n      .notEnough, tables: 1, "))
    #expect(!source.text.contains(folder))
  }
}
