import Parallel
import Testing

@testable import Training

struct ThreadChoiceTests {
  @Test("small steps take one thread, and a number that is asked for is kept")
  func settled() {
    #expect(ThreadChoice(nil, stepFlops: 1_000_000).workers.count == 1)
    #expect(!ThreadChoice(nil, stepFlops: 1_000_000).isOpen)
    let asked = ThreadChoice(3, stepFlops: 1_000_000_000)
    #expect(asked.workers.count == 3 && !asked.isOpen)
  }

  @Test("of large steps the faster number of threads is kept", arguments: [true, false])
  func trial(sharingWins: Bool) {
    var choice = ThreadChoice(nil, stepFlops: 1_000_000_000)
    let all = choice.workers.count
    guard choice.isOpen else { return #expect(all == 1) }
    for _ in 0..<100 where choice.isOpen {
      choice.observe((choice.workers.count > 1) == sharingWins ? 1 : 2)
    }
    #expect(!choice.isOpen)
    #expect(choice.workers.count == (sharingWins ? all : 1))
  }
}
