import Parallel
import Synchronization
import Testing

@Suite("threads share work")
struct WorkersTests {
  @Test("every part is done once, whatever the number of threads", arguments: [1, 2, 3, 8])
  func everyPart(count: Int) {
    let workers = Workers(count: count)
    for parts in [0, 1, 2, 7, 100] {
      let calls = Mutex([Int](repeating: 0, count: parts))
      workers.run(parts: parts) { part in calls.withLock { $0[part] += 1 } }
      #expect(calls.withLock { $0 } == [Int](repeating: 1, count: parts))
    }
  }

  @Test("what a part writes can be read when the work is done")
  func visible() {
    let workers = Workers(count: 2)
    let total = Mutex(0)
    for round in 0..<20_000 {
      workers.run(parts: 2) { part in total.withLock { $0 += round * part } }
    }
    #expect(total.withLock { $0 } == (0..<20_000).reduce(0, +))
  }

  @Test("a thread that has fallen asleep is woken", arguments: [1, 2])
  func woken(rounds: Int) async throws {
    let workers = Workers(count: 2)
    for _ in 0..<rounds {
      try await Task.sleep(for: .milliseconds(20))
      let calls = Mutex(0)
      workers.run(parts: 2) { _ in calls.withLock { $0 += 1 } }
      #expect(calls.withLock { $0 } == 2)
    }
  }

  @Test("more threads than processors still finish")
  func manyThreads() {
    let workers = Workers(count: 4 * Workers.processorCount)
    let calls = Mutex(0)
    for _ in 0..<50 { workers.run(parts: workers.count) { _ in calls.withLock { $0 += 1 } } }
    #expect(calls.withLock { $0 } == 50 * workers.count)
  }

  @Test("there is at least one processor")
  func processors() {
    #expect(Workers.processorCount >= 1)
  }
}
