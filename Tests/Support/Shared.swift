import Synchronization

/// What several tests take alike and none changes, made once for each key.
public final class Shared<Value: Sendable>: Sendable {
  private let known = Mutex<[String: Value]>([:])

  public init() {}

  public func value<Failure: Error>(
    _ key: String, _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = try make()
    known.withLock { $0[key] = value }
    return value
  }
}
