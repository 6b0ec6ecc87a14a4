/// A value of a row, or of a place in a statement.
enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  /// As a whole number, from text too, in which some databases answer.
  var integer: Int? {
    switch self {
    case .null: nil
    case .integer(let value): value
    case .real(let value): Int(exactly: value)
    case .text(let text): Int(text)
    }
  }

  var real: Double? {
    switch self {
    case .null: nil
    case .integer(let value): Double(value)
    case .real(let value): value
    case .text(let text): Double(text)
    }
  }

  var text: String? {
    switch self {
    case .null: nil
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .text(let text): text
    }
  }

  /// Null where there is no value.
  init(_ value: Double?) { self = value.map { .real($0) } ?? .null }
}

/// A row of an answer.
typealias SQLRow = [SQLValue]

/// A connection to a database that keeps studies: SQLite or PostgreSQL.
///
/// Statements are the same for all; `$1`, `$2`, … stand for values. Where databases differ, the
/// statement takes its words from the `dialect`.
protocol Database: AnyObject {
  var dialect: Dialect { get }

  /// What to call the database in a message: a path, or an address without a password.
  var place: String { get }

  /// Whether the connection has gone; the next statement makes it anew.
  var isBroken: Bool { get }

  /// What has been done so far.
  var work: DatabaseWork { get }

  /// Runs one statement and gives its rows.
  func rows(_ statement: String, _ values: [SQLValue]) throws(StudyError) -> [SQLRow]
}

/// What a connection has done, by which it is told whether that grows with the study.
struct DatabaseWork: Sendable, Hashable {
  var statements = 0
  /// Rows of answers.
  var rows = 0
  /// Steps of SQLite's machine, which looks at rows; 0 where it is another database.
  var steps = 0
}

/// Words in which databases differ.
struct Dialect: Sendable {
  /// The types of columns.
  var words: StudySchema.Words
  /// Statements at the start of a transaction that may make tables.
  var preparing: [String] = []
  /// Begins a transaction that is going to write.
  var begin: String
  /// The seconds since 1970, by the clock that all who use the database share.
  var clock: String
  /// The local time, as Optuna keeps it.
  var localTime: String
  /// After a query: keeps others from its rows of `trials` until the end of the transaction.
  var locksTrials: String
  /// The same, without rows that others keep.
  var locksFreeTrials: String
  /// After a query of a study: keeps others from it.
  var locksStudy: String
}

extension Database {
  /// Runs statements that all hold or none.
  func transaction<Value>(_ body: () throws(StudyError) -> Value) throws(StudyError) -> Value {
    _ = try rows(dialect.begin, [])
    do {
      let value = try body()
      _ = try rows("COMMIT", [])
      return value
    } catch {
      // What failed is reported; after some failures there is nothing left to take back.
      _ = try? rows("ROLLBACK", [])
      throw error
    }
  }

  /// Runs a statement that has no rows of interest.
  func run(_ statement: String, _ values: SQLValue...) throws(StudyError) {
    _ = try rows(statement, values)
  }
}
