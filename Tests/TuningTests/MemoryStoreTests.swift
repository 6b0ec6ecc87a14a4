import Testing
import Tuning

@Suite("A study in memory")
struct MemoryStoreTests {
  @Test("trials are claimed up to the limit, and late results are refused")
  func claims() throws {
    let space = Space([Dimension("a", .real(low: 0, high: 1, step: nil, isLogarithmic: false))])
    let store = MemoryStore(
      StudySettings(
        name: "s", seed: 1, space: space, sampler: "random", pruner: "none", parallel: 2))
    func next() -> ClaimOutcome {
      store.claim(owner: "me", seconds: 1, limit: 3) { number, _ in [Double(number)] }
    }
    guard case .claimed(let first) = next(), case .claimed(let second) = next() else {
      Issue.record("nothing was claimed")
      return
    }
    #expect(next() == .wait)
    store.release(first)
    guard case .claimed(let again) = next() else {
      Issue.record("what was given back was not claimed")
      return
    }
    #expect(again.trial.number == 0 && again.attempt == 2)
    #expect(!store.report(.init(step: 1, value: 0), of: first))
    var ended = again.trial
    (ended.state, ended.values) = (.complete, [3])
    ended.curve = [.init(step: 1, value: 4), .init(step: 2, value: 3)]
    #expect(store.finish(again, as: ended, notes: ["spec": "{}"]))
    #expect(store.notes(of: 0) == ["spec": "{}"])
    guard case .claimed(let third) = next() else {
      Issue.record("the third trial was not claimed")
      return
    }
    #expect(third.trial.number == 2 && next() == .othersRunning)
    for claim in [second, third] {
      var ended = claim.trial
      ended.state = .failed
      #expect(store.finish(claim, as: ended, notes: [:]))
    }
    #expect(next() == .done)
    #expect(store.trials()[0].curve == ended.curve)
    #expect(store.trials().map(\.state) == [.complete, .failed, .failed])
  }

  @Test("a trial knows the results of those so many before it, and what later ones try")
  func known() {
    let trials = (0..<5).map {
      Trial(number: $0, state: .complete, parameters: [Double($0)], values: [1])
    }
    let known = trials.known(to: 4, parallel: 3)
    #expect(known.map(\.state) == [.complete, .complete, .running, .running])
    #expect(known[3].values.isEmpty && known[3].parameters == [3])
    #expect(trials.known(to: 4, parallel: 1).allSatisfy { $0.state == .complete })
  }
}
