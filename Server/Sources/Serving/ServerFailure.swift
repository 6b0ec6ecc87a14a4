/// Why a server cannot start: what is wrong and what to do.
public struct ServerFailure: Error, Sendable, Hashable {
  /// Lower case, no full stop, code in backticks.
  public var message: String
  public var hints: [String]

  public init(_ message: String, hints: [String] = []) {
    (self.message, self.hints) = (message, hints)
  }

  /// The lines for standard error.
  public var text: String {
    (["error: \(message)"] + hints.map { "help: \($0)" }).joined(separator: "\n")
  }
}
