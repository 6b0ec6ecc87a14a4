internal import Parallel
internal import Synchronization

/// The results of `body` for `0 ..< count` in order, computed on all processors at the same time.
public func parallelResults<Result: Sendable>(
  _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard count > 1 else { return (0..<count).map { body($0) } }
  let workers = Workers(count: min(count, Workers.processorCount))
  let next = Mutex(0)
  let results = Mutex([Int: Result]())
  workers.run(parts: workers.count) { _ in
    while true {
      let index = next.withLock { number in
        defer { number += 1 }
        return number
      }
      guard index < count else { return }
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
  let done = results.withLock { $0 }
  return (0..<count).compactMap { done[$0] }
}
