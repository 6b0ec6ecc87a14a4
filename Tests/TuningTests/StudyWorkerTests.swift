import Foundation
import TestSupport
import Testing

@testable import Tuning

@Suite("Workers that have ended")
struct StudyWorkerTests {
  @Test("a process is gone once it has ended, and not while it lives or stands still")
  func processes() throws {
    #expect(!StudyWorker.isGone(StudyWorker.name))
    guard FileManager.default.fileExists(atPath: "/proc/self/stat") else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["60"]
    try process.run()
    let name = StudyWorker.name(of: process.processIdentifier)
    #expect(!StudyWorker.isGone(name))
    kill(process.processIdentifier, SIGSTOP)
    #expect(!StudyWorker.isGone(name))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(StudyWorker.isGone(name))
  }

  @Test("a number that another process has now is gone, and what is elsewhere is not judged")
  func others() {
    let parts = StudyWorker.name.split(separator: " ").map(String.init)
    guard parts.count == 3 else { return }
    #expect(StudyWorker.isGone("\(parts[0]) \(parts[1]) 1"))
    // Of another machine, of another start of this one, and as earlier versions wrote it.
    #expect(!StudyWorker.isGone("\(parts[0]) elsewhere/\(parts[1]) 1"))
    #expect(!StudyWorker.isGone("node7:4711") && !StudyWorker.isGone("process 4711"))
  }

  @Test("the claims of an owner that is gone are free at once, with the next number")
  func claims() throws {
    for address in try addresses() {
      let first = try DatabaseStore.open(address, mixedSettings(parallel: 4))
      let second = try DatabaseStore.existing(address)
      let (lost, held) = (
        try #require(try claimed(first, owner: "gone")), try #require(try claimed(first, owner: "b"))
      )
      try second.endClaims { $0 == "gone" }
      let again = try #require(try claimed(second, owner: "c"))
      #expect(again.trial == lost.trial && again.attempt == 2)
      #expect(try !first.renew(lost, seconds: 60) && !finished(lost, in: first, values: [1]))
      #expect(try first.renew(held, seconds: 60))
      #expect(try #require(try claimed(second, owner: "c")).trial.number == 2)
    }
  }
}
