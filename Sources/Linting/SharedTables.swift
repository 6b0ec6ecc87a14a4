internal import Synchronization
public import Tables

/// The tables of many specs: each is read once, by whichever spec needs it first.
///
/// Specs that are checked at the same time wait for a table that another is reading. Of a table
/// only its facts are kept. A spec that declares of each column what is found there anyhow gets the
/// facts of the reading that declares nothing; only another type needs a reading of its own. Why a
/// column has its type (`evidence`) is then said as if it had been found.
public final class SharedTables: Sendable {
  private let places = Mutex([Key: Place]())
  private let isForMany: Bool

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

  /// Tables of one spec, each read once as declared, or of many, which share what they can.
  public init(forMany isForMany: Bool = true) { self.isForMany = isForMany }

  /// The facts of a table, from `read` with the options it is given if nobody has asked before.
  public func facts(
    path: String, labels: String?, options: TableOptions, target: String? = nil,
    read: (TableOptions) -> Outcome
  ) -> Outcome {
    let key = Key(path: path, labels: labels, options: options, target: target)
    guard isForMany, !options.types.isEmpty else { return outcome(key, read) }
    var undeclared = key
    undeclared.options.types = [:]
    guard case .facts(let found) = outcome(undeclared, read) else { return outcome(key, read) }
    var other = undeclared
    other.options.types = options.types.filter { name, type in
      found.profile.column(name).map { $0.type != type } ?? false
    }
    return other == undeclared ? .facts(found) : outcome(other, read)
  }

  private func outcome(_ key: Key, _ read: (TableOptions) -> Outcome) -> Outcome {
    let place = places.withLock { places in
      if let place = places[key] { return place }
      let place = Place()
      places[key] = place
      return place
    }
    return place.outcome.withLock { outcome in
      if let outcome { return outcome }
      let new = read(key.options)
      outcome = new
      return new
    }
  }
}
