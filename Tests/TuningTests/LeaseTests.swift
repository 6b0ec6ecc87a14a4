import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Tuning

/// What each trial was suggested after, by its number.
private final class Log: Sendable {
  let seen = Mutex<[Int: [String]]>([:])
}

@Suite("Claims on trials")
struct LeaseTests {
  @Test("a trial whose worker is gone is taken up again, and late results are refused")
  func takeover() throws {
    for address in try addresses() {
      let first = try DatabaseStore.open(address, mixedSettings())
      let second = try DatabaseStore.existing(address)
      let claim = try #require(try claimed(first, owner: "a", seconds: 0.2))
      #expect(try first.report(.init(step: 1, value: 3), of: claim))
      #expect(try second.trials()[0].curve.count == 1)
      let other = try #require(try claimed(second, owner: "b"))
      #expect(other.trial.number == 1)
      Thread.sleep(forTimeInterval: 0.3)
      let again = try #require(try claimed(second, owner: "b"))
      #expect(again.trial == claim.trial && again.attempt == 2)
      #expect(try second.trials()[0].curve.isEmpty)
      #expect(try !first.renew(claim, seconds: 60))
      #expect(try !first.report(.init(step: 2, value: 2), of: claim))
      #expect(try !finished(claim, in: first, values: [1]))
      try first.release(claim)
      #expect(try finished(again, in: second, values: [2]))
      #expect(try !finished(again, in: second, values: [3]))
      #expect(try first.trials()[0].values == [2])
    }
  }

  @Test("a claim that is renewed is not taken up by others, one that is dropped is")
  func keeper() throws {
    for address in try addresses() {
      let store = try DatabaseStore.open(address, mixedSettings(parallel: 4))
      let other = try DatabaseStore.existing(address)
      let keeper = ClaimKeeper(store, seconds: 0.6)
      let claim = try #require(try claimed(store, seconds: 0.6))
      keeper.hold(claim)
      Thread.sleep(forTimeInterval: 1.5)
      #expect(try #require(try claimed(other)).trial.number == 1)
      #expect(!keeper.isLost(claim))
      keeper.drop(claim)
      Thread.sleep(forTimeInterval: 0.8)
      #expect(try #require(try claimed(other)).attempt == 2)
      keeper.hold(claim)
      Thread.sleep(forTimeInterval: 0.5)
      #expect(keeper.isLost(claim))
    }
  }

  @Test("a trial whose process dies three times has failed, and says why")
  func crashes() throws {
    for address in try addresses() {
      let store = try DatabaseStore.open(address, mixedSettings(parallel: 1))
      for attempt in 1...3 {
        #expect(try #require(try claimed(store, seconds: 0)).attempt == attempt)
        Thread.sleep(forTimeInterval: 0.01)
      }
      #expect(try #require(try claimed(store)).trial.number == 1)
      #expect(try store.trials()[0].state == .failed)
      #expect(try store.notes(of: 0)["failure"]?.contains("3 times") == true)
    }
  }

  @Test("a server that ends all connections is asked again")
  func reconnects() throws {
    guard let address = try serverAddress(), case .server(let server) = address.place else { return }
    let store = try DatabaseStore.open(address, mixedSettings())
    let claim = try #require(try claimed(store))
    try PostgreSQLDatabase(server).run(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """)
    #expect(try finished(claim, in: store, values: [1]))
    #expect(try store.trials().map(\.values) == [[1]])
  }

  @Test("giving a trial back is no crash")
  func releases() throws {
    for address in try addresses() {
      let store = try DatabaseStore.open(address, mixedSettings(parallel: 1))
      for attempt in 1...5 {
        let claim = try #require(try claimed(store))
        #expect(claim.trial.number == 0 && claim.attempt == attempt)
        try store.release(claim)
      }
    }
  }

  @Test("workers beside each other lose nothing and count nothing twice, and see one history")
  func workers() async throws {
    for address in try addresses() {
      let settings = mixedSettings(parallel: 4)
      _ = try DatabaseStore.open(address, settings)
      let log = Log()
      await withTaskGroup(of: Void.self) { group in
        for worker in 0..<4 {
          group.addTask { @Sendable in
            do {
              let store = try DatabaseStore.existing(address)
              while true {
                let outcome = try store.claim(owner: "\(worker)", seconds: 60, limit: 60) {
                  number, history in
                  let seen = history.map { "\($0.state) \($0.parameters) \($0.values)" }
                  log.seen.withLock { $0[number, default: []].append("\(seen)") }
                  return RandomSampler().parameters(
                    of: number, after: history, in: settings.space, seed: settings.seed)
                }
                switch outcome {
                case .claimed(let claim):
                  #expect(try finished(claim, in: store, values: [Double(claim.trial.number)]))
                case .wait, .othersRunning: await Task.yield()
                case .done: return
                }
              }
            } catch {
              Issue.record("\(error)")
            }
          }
        }
      }
      let trials = try DatabaseStore.existing(address).trials()
      #expect(trials.map(\.number) == Array(0..<60))
      #expect(trials.map(\.values) == (0..<60).map { [Double($0)] })
      // Each trial was suggested once, after what one worker alone would know of those before it.
      let seen = log.seen.withLock { $0 }
      for number in 0..<60 {
        let known = trials.known(to: number, parallel: 4).map {
          "\($0.state) \($0.parameters) \($0.values)"
        }
        #expect(seen[number] == ["\(known)"])
      }
    }
  }
}
