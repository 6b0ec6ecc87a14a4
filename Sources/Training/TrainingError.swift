public import NetworkGraph
public import Tables

/// Why a run could not be made, opened or used: what is wrong and what to do.
public struct TrainingError: Error, Sendable {
  /// What kind of failure it is, which decides the program's exit code.
  public enum Kind: Sendable {
    /// The spec, the data or a folder cannot be used as they are.
    case input
    /// A number of the network became infinite or undefined.
    case diverged(NonFinite)
    /// The user stopped before it was over.
    case interrupted
  }

  public var kind: Kind
  /// The folder with which the run can be resumed, if it was saved.
  public var unfinished: String?
  /// Lower case, no full stop, code in backticks.
  public var message: String
  /// What to do about it, best first.
  public var hints: [String]

  public init(_ message: String, kind: Kind = .input, hints: [String] = []) {
    self.kind = kind
    self.message = message
    self.hints = hints
  }

  /// A failure of a table, with its place.
  public init(_ error: TableError) {
    let place = error.line.map { "\(error.path):\($0)" } ?? error.path
    self.init("\(place): \(error.message)", hints: error.hint.map { [$0] } ?? [])
  }
}

extension TrainingError {
  /// The metric that decides when to stop is not defined on the validation rows.
  static func unmeasurable(_ metric: Metric) -> TrainingError {
    TrainingError(
      "`validation.\(metric.name)` cannot be monitored: it is not defined on these validation rows",
      hints: [
        "they may hold one class or one value only: give `data.split.validation` more rows",
        "or monitor `validation.loss`, which always has a value",
      ])
  }
}

/// Runs something on tables, whose errors become errors of training.
func onTables<Value>(_ body: () throws(TableError) -> Value) throws(TrainingError) -> Value {
  do {
    return try body()
  } catch {
    throw TrainingError(error)
  }
}
