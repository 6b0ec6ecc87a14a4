import Foundation
import ModelExchange
import TestSupport
import Testing

@testable import Training

@Suite("the event file of a run")
struct EventLogTests {
  private func report(_ epoch: Int) -> RunEvent {
    .epoch(
      EpochReport(
        epoch: epoch, step: epoch, trainingLoss: 1, validationLoss: nil, metrics: [:],
        learningRate: 0.1, gradientNorm: 1, isBest: true))
  }

  private var start: RunEvent {
    .started(
      RunStart(
        name: "iris", trainRows: 105, validationRows: 0, testRows: 0, parameters: 1, epochs: 9,
        stepsPerEpoch: 1, monitor: "training.loss", mayStopEarly: false))
  }

  @Test("a run that goes on keeps the epochs that are over, and says the rest once")
  func continued() throws {
    let outcome = try trained(irisSpec("epochs: 1")).result.outcome
    let job = try Job(compiled(irisSpec()))
    let folder = try Repository.temporaryFolder()
    func sitting(after epochs: Int, _ range: ClosedRange<Int>) throws -> [UInt8] {
      var log = EventLog(job, in: folder, after: epochs)
      log.take(start)
      for epoch in range { log.take(report(epoch)) }
      try log.end(outcome)
      return Array(try Data(contentsOf: URL(filePath: "\(folder)/\(RunFile.events)")))
    }
    let whole = try sitting(after: 0, 1...5)
    // Killed in the middle of a record of epoch 4.
    let third = EventFile.wholeBytes(of: whole, upTo: 3)
    try Data(whole.prefix(third + 20)).write(to: URL(filePath: "\(folder)/\(RunFile.events)"))
    let resumed = try sitting(after: 2, 3...5)
    #expect(resumed.count == whole.count)
    #expect(EventFile.wholeBytes(of: resumed, upTo: 5) == EventFile.wholeBytes(of: whole, upTo: 5))
    #expect(EventFile.wholeBytes(of: resumed, upTo: .max) == resumed.count)
    let anew = try sitting(after: 0, 1...5)
    #expect(anew.count == whole.count)
  }
}
