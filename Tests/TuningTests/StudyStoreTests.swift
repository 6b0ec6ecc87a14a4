import Foundation
import SpecSyntax
import TestSupport
import Testing

@testable import Tuning

/// A space with every kind of dimension, one of them conditional.
let mixedSpace = Space([
  Dimension("rate", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true)),
  Dimension("drop", .real(low: 0, high: 0.5, step: 0.1, isLogarithmic: false)),
  Dimension("units", .integer(low: 2, high: 8, step: 3, isLogarithmic: false)),
  Dimension("kind", .choice(["sgd", .null, 3, true, .number(2.5), [64, 32]])),
  Dimension(
    "momentum", .real(low: 0, high: 1, step: nil, isLogarithmic: false),
    when: .init(name: "kind", values: [0])),
])

func mixedSettings(
  _ name: String = "study", space: Space = mixedSpace, seed: UInt64 = 1,
  directions: [StudySettings.Direction] = [.minimize], parallel: Int = 2,
  identity: [String: String] = ["spec": "a", "table": "b"]
) -> StudySettings {
  StudySettings(
    name: name, seed: seed, space: space, directions: directions, sampler: "random",
    pruner: "none", prunerOptions: ["startup": 5, "p": 0.1], parallel: parallel, identity: identity)
}

/// Claims a trial as the random sampler suggests it.
func claimed(
  _ store: any StudyStore, owner: String = "me", seconds: Double = 60, limit: Int = 1_000_000
) throws -> Claim? {
  let settings = store.settings
  let outcome = try store.claim(owner: owner, seconds: seconds, limit: limit) { number, history in
    RandomSampler().parameters(of: number, after: history, in: settings.space, seed: settings.seed)
  }
  guard case .claimed(let claim) = outcome else { return nil }
  return claim
}

/// Ends a claim with a value and a curve that leads to it.
@discardableResult
func finished(
  _ claim: Claim, in store: any StudyStore, as state: Trial.State = .complete,
  values: [Double], violations: [Double] = [], notes: [String: String] = [:]
) throws -> Bool {
  var trial = claim.trial
  (trial.state, trial.values, trial.violations) = (state, values, violations)
  trial.curve = (values.first.map { [$0 + 1, $0] } ?? []).enumerated().map {
    Trial.Point(step: $0.offset + 1, value: $0.element)
  }
  return try store.finish(claim, as: trial, notes: notes)
}

/// The message of what a body throws.
func message(of body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StudyError)?.message ?? "\(error)"
  }
}

/// The stores to test: a file, and a database of its own on the server that `PLUMB_POSTGRES` names.
func addresses() throws -> [StudyAddress] {
  let file = StudyAddress(file: try Repository.temporaryFolder() + "/studies.db")
  return try [file] + (serverAddress().map { [$0] } ?? [])
}

/// An empty database on the server that `PLUMB_POSTGRES` names; without one, says that PostgreSQL
/// is not tested.
func serverAddress() throws -> StudyAddress? {
  guard let named = ProcessInfo.processInfo.environment["PLUMB_POSTGRES"],
    case .server(var server) = try StudyAddress(named).place
  else {
    print("skipped: PLUMB_POSTGRES names no server; scripts/test starts one where it is installed")
    return nil
  }
  let name = "plumb_test_\(UUID().uuidString.prefix(8).lowercased())"
  try PostgreSQLDatabase(server).run("CREATE DATABASE \(name)")
  server.database = name
  var address = StudyAddress(file: "")
  address.place = .server(server)
  return address
}

@Suite("A study in a database")
struct StudyStoreTests {
  @Test("trials come back as they were kept, in this process and in the next")
  func roundTrip() throws {
    for address in try addresses() {
      let settings = mixedSettings(directions: [.minimize, .maximize], parallel: 4)
      let store = try DatabaseStore.open(address, settings, texts: ["spec": "a: \"b\"\n"])
      #expect(store.isNew)
      let ends: [(Trial.State, [Double], [Double])] = [
        (.complete, [0.5, -3], [-1, 2]), (.pruned, [1.5], []), (.failed, [], []),
        (.complete, [.infinity, -.infinity], []),
      ]
      var kept: [Trial] = []
      for (state, values, violations) in ends {
        let claim = try #require(try claimed(store))
        #expect(try store.report(.init(step: 1, value: 9), of: claim))
        #expect(
          try finished(
            claim, in: store, as: state, values: values, violations: violations,
            notes: ["seconds": "1.5"]))
        var trial = claim.trial
        (trial.state, trial.values, trial.violations) = (state, values, violations)
        trial.curve = values.isEmpty ? [] : [.init(step: 1, value: values[0] + 1), .init(step: 2, value: values[0])]
        kept.append(trial)
      }
      #expect(try store.trials() == kept)
      let again = try DatabaseStore.existing(address)
      #expect(again.settings == settings && !again.isNew && again.texts == ["spec": "a: \"b\"\n"])
      #expect(try again.trials() == kept)
      #expect(try again.notes(of: 1) == ["seconds": "1.5"])
      #expect(try DatabaseStore.open(address, settings).trials() == kept)
    }
  }

  @Test("a database does what memory does")
  func sameAsMemory() throws {
    for address in try addresses() {
      let settings = mixedSettings(parallel: 3)
      let stores: [any StudyStore] = [
        MemoryStore(settings), try DatabaseStore.open(address, settings),
      ]
      var seen: [[String]] = []
      for store in stores {
        var log: [String] = []
        var held: [Claim] = []
        func step(limit: Int = 8) throws {
          let outcome = try store.claim(owner: "a", seconds: 60, limit: limit) { number, history in
            log.append("\(number): \(history.map { "\($0.state)\($0.values)" })")
            return RandomSampler().parameters(
              of: number, after: history, in: settings.space, seed: settings.seed)
          }
          if case .claimed(let claim) = outcome {
            held.append(claim)
            log.append("\(claim)")
          } else {
            log.append("\(outcome)")
          }
        }
        for _ in 0..<4 { try step() }
        try store.release(held[1])
        try step()
        try finished(held.removeFirst(), in: store, values: [1])
        try step()
        try store.enqueue([0.5, 0.1, 5, 0, 0.25])
        try step()
        while let claim = held.popLast() {
          log.append("\(try finished(claim, in: store, as: .failed, values: []))")
        }
        for _ in 0..<4 { try step() }
        while let claim = held.popLast() { try finished(claim, in: store, values: [2]) }
        try step(limit: 3)
        log.append("\(try store.trials().map { "\($0.number) \($0.state) \($0.parameters)" })")
        seen.append(log)
      }
      #expect(seen[0] == seen[1])
    }
  }

  @Test("what is enqueued comes first, with suggestions for what it leaves open")
  func queue() throws {
    for address in try addresses() {
      let store = try DatabaseStore.open(address, mixedSettings())
      try store.enqueue([0.5, nil, nil, 0, nil])
      let claim = try #require(try claimed(store))
      #expect(claim.trial.parameters[0] == 0.5 && claim.trial.parameters[3] == 0)
      #expect(claim.trial.parameters.allSatisfy { $0 != nil })
    }
  }

  @Test("another study is refused by what differs, and more workers are not another study")
  func identity() throws {
    for address in try addresses() {
      _ = try DatabaseStore.open(address, mixedSettings())
      let table = message { _ = try DatabaseStore.open(address, mixedSettings(identity: ["spec": "a", "table": "c"])) }
      #expect(table?.contains("`table` was `b`, and is `c` now") == true, "\(table ?? "")")
      let seed = message { _ = try DatabaseStore.open(address, mixedSettings(seed: 2)) }
      #expect(seed?.contains("`seed` was `1`, and is `2` now") == true)
      let objectives = message { _ = try DatabaseStore.open(address, mixedSettings(directions: [.maximize])) }
      #expect(objectives?.contains("`objectives` was `minimize`, and is `maximize` now") == true)
      #expect(message { _ = try DatabaseStore.open(address, mixedSettings()) } == nil)
      _ = try DatabaseStore.open(address, mixedSettings("second"))
      let several = message { _ = try DatabaseStore.existing(address) }
      #expect(several?.contains("holds 2 studies: `study`, `second`") == true, "\(several ?? "")")
      var third = address
      third.study = "third"
      #expect(message { _ = try DatabaseStore.existing(third) }?.contains("there is no study `third`") == true)
    }
  }

  @Test("with another space, trials that lie in it are kept and the others left out")
  func migration() throws {
    for address in try addresses() {
      func space(_ high: Double, _ choices: [JSONValue]) -> Space {
        Space([
          Dimension("x", .real(low: 0, high: high, step: nil, isLogarithmic: false)),
          Dimension("c", .choice(choices)),
        ])
      }
      let before = try DatabaseStore.open(address, mixedSettings(space: space(1, ["a", "b"])))
      for (x, c) in [(0.2, 0.0), (0.8, 1), (0.4, 1)] {
        try before.enqueue([x, c])
        let claim = try #require(try claimed(before))
        try finished(claim, in: before, values: [x])
      }
      let after = try DatabaseStore.open(address, mixedSettings(space: space(0.5, ["new", "b", "a"])))
      #expect(after.outsideCount == 1)
      #expect(try after.trials().map(\.parameters) == [[0.2, 2], [nil, nil], [0.4, 1]])
      #expect(try after.trials().map(\.state) == [.complete, .failed, .complete])
      #expect(try claimed(after)?.trial.number == 3)
      #expect(try DatabaseStore.existing(address).settings.space == space(0.5, ["new", "b", "a"]))
    }
  }

  @Test("what a claim reads and runs does not grow with the trials there are")
  func growth() throws {
    func work(after count: Int) throws -> DatabaseWork {
      let address = StudyAddress(file: try Repository.temporaryFolder() + "/studies.db")
      let space = Space([
        Dimension("x", .real(low: 0, high: 1e6, step: nil, isLogarithmic: false))
      ])
      let settings = mixedSettings(space: space, parallel: 1)
      try DatabaseStore.open(address, settings).locked { state throws(StudyError) in
        for rows in [
          "trials (number, study_id, state) SELECT i, 1, 'COMPLETE'",
          """
          trial_params (trial_id, param_name, param_value, distribution_json)
          SELECT i + 1, 'x', i, '\(space.dimensions[0].domain.optunaJSON)'
          """,
          "trial_values (trial_id, objective, value, value_type) SELECT i + 1, 0, i, 'FINITE'",
          "plumb_attempts SELECT i + 1, 1, 'me', 0, 0, 0, 'COMPLETE'",
        ] {
          try state.database.run(
            """
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < \(count))
            INSERT INTO \(rows) FROM n
            """)
        }
      }
      let store = try DatabaseStore.open(address, settings)
      #expect(try store.trials().count == count)
      let before = store.work
      let claim = try #require(try claimed(store))
      #expect(claim.trial.number == count)
      #expect(try store.report(.init(step: 1, value: 1), of: claim))
      #expect(try store.renew(claim, seconds: 60))
      #expect(try finished(claim, in: store, values: [0]))
      #expect(try store.trials().last?.values == [0])
      let after = store.work
      return DatabaseWork(
        statements: after.statements - before.statements, rows: after.rows - before.rows,
        steps: after.steps - before.steps)
    }
    let (few, many) = (try work(after: 100), try work(after: 10_000))
    #expect(few.statements == many.statements && few.rows == many.rows, "\(few) \(many)")
    #expect(few.statements < 50)
    // Whoever looks at all trials takes a hundred times as many steps.
    #expect(Double(many.steps) < 1.1 * Double(few.steps), "\(few) \(many)")
  }
}
