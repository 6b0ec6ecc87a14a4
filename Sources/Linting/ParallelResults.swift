internal import Parallel

/// The results of `body` for `0 ..< count` in order, computed on all processors at the same time.
public func parallelResults<Result: Sendable>(
  _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  Workers.results(count, body)
}
