internal import Synchronization
public import Tables

/// The tables of many specs: each is read once, by whichever spec needs it first.
///
/// Specs that are checked at the same time wait for a table that another is reading. Of a table
/// only its facts are kept.
public final class SharedTables: Sendable {
  private let places = Mutex([Key: Place]())

  /// What makes two readings the same.
  private struct Key: Hashable {
    var path: String
    var labels: String?
    var options: TableOptions
    var target: String?
  }

  /// One table, locked while it is being read.
  private final class Place: Sendable {
    let outcome = Mutex<Outcome?>(nil)
  }

  /// What became of reading a table.
  public enum Outcome: Sendable {
    case facts(TableFacts)
    case refused(TableError)
  }

  public init() {}

  /// The facts of a table, from `read` if nobody has asked for them before.
  public func facts(
    path: String, labels: String?, options: TableOptions, target: String? = nil, read: () -> Outcome
  ) -> Outcome {
    let key = Key(path: path, labels: labels, options: options, target: target)
    let place = places.withLock { places in
      if let place = places[key] { return place }
      let place = Place()
      places[key] = place
      return place
    }
    return place.outcome.withLock { outcome in
      if let outcome { return outcome }
      let new = read()
      outcome = new
      return new
    }
  }
}
