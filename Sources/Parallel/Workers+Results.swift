internal import Synchronization

extension Workers {
  /// The results of `body` for `0 ..< count` in order, computed on so many threads at a time.
  ///
  /// A thread that is free takes the next number, so that lower ones begin first.
  public static func results<Result: Sendable>(
    _ count: Int, threads: Int = processorCount, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1, threads > 1 else { return (0..<count).map { body($0) } }
    let workers = Workers(count: min(count, threads))
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
}
