internal import CSQLite

/// A connection to a file of SQLite, which one thread uses at a time.
@safe final class SQLiteDatabase: Database {
  let place: String
  let dialect = Dialect(
    words: StudySchema.sqlite, begin: "BEGIN IMMEDIATE",
    clock: "((julianday('now') - 2440587.5) * 86400.0)",
    localTime: "(strftime('%Y-%m-%d %H:%M:%f', 'now', 'localtime') || '000')",
    locksTrials: "", locksFreeTrials: "", locksStudy: "")
  let isBroken = false
  private(set) var work = DatabaseWork()
  private var connection: OpaquePointer?
  /// Those that are prepared; some have numbers of trials in them, so there are ever new ones.
  private var statements: [String: OpaquePointer] = unsafe [:]

  /// How a file is opened.
  enum Access { case creating, changing, reading }

  /// - Parameter patience: how many seconds to wait for others that write.
  init(_ path: String, _ access: Access, patience: Double) throws(StudyError) {
    place = path
    let kind =
      switch access {
      case .creating: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .changing: SQLITE_OPEN_READWRITE
      case .reading: SQLITE_OPEN_READONLY
      }
    let code = unsafe sqlite3_open_v2(path, &connection, kind | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK else {
      let error = failure(code)
      _ = unsafe sqlite3_close_v2(connection)
      unsafe connection = nil
      throw error
    }
    _ = unsafe sqlite3_extended_result_codes(connection, 1)
    _ = unsafe sqlite3_busy_timeout(connection, Int32(patience * 1000))
    guard sqlite3_libversion_number() >= 3_035_000 else {
      throw StudyError("SQLite 3.35 or later is needed to keep studies")
    }
  }

  deinit {
    forgetStatements()
    if let connection = unsafe connection { _ = unsafe sqlite3_close_v2(connection) }
  }

  func rows(_ statement: String, _ values: [SQLValue]) throws(StudyError) -> [SQLRow] {
    let prepared = try unsafe prepared(statement)
    defer {
      work.steps += Int(
        unsafe sqlite3_stmt_status(prepared, SQLITE_STMTSTATUS_VM_STEP, 1))
      _ = unsafe sqlite3_reset(prepared)
    }
    for (index, value) in values.enumerated() {
      let place = unsafe sqlite3_bind_parameter_index(prepared, "$\(index + 1)")
      precondition(place > 0, "a statement has no place for its value \(index + 1)")
      unsafe bind(value, to: prepared, at: place)
    }
    var result: [SQLRow] = []
    while true {
      let code = unsafe sqlite3_step(prepared)
      switch code {
      case SQLITE_ROW: unsafe result.append(row(of: prepared))
      case SQLITE_DONE:
        work.statements += 1
        work.rows += result.count
        return result
      default: throw failure(code)
      }
    }
  }

  /// A statement ready to run, which is kept for the next time.
  private func prepared(_ statement: String) throws(StudyError) -> OpaquePointer {
    if let known = unsafe statements[statement] { return unsafe known }
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, statement, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else { throw failure(code) }
    if unsafe statements.count == 64 { forgetStatements() }
    unsafe statements[statement] = prepared
    return unsafe prepared
  }

  private func forgetStatements() {
    for unsafe statement in unsafe statements.values { _ = unsafe sqlite3_finalize(statement) }
    unsafe statements = [:]
  }

  private func bind(_ value: SQLValue, to statement: OpaquePointer, at place: Int32) {
    switch value {
    case .null: _ = unsafe sqlite3_bind_null(statement, place)
    case .integer(let value): _ = unsafe sqlite3_bind_int64(statement, place, Int64(value))
    case .real(let value): _ = unsafe sqlite3_bind_double(statement, place, value)
    case .text(let text):
      _ = unsafe plumb_sqlite_bind_text(statement, place, text, Int32(text.utf8.count))
    }
  }

  private func row(of statement: OpaquePointer) -> SQLRow {
    let count = unsafe sqlite3_column_count(statement)
    return (0..<count).map { column in unsafe value(of: statement, column) }
  }

  private func value(of statement: OpaquePointer, _ column: Int32) -> SQLValue {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(Int(unsafe sqlite3_column_int64(statement, column)))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(statement, column))
    case SQLITE_NULL: return .null
    default: return .text(unsafe text(of: statement, column))
    }
  }

  private func text(of statement: OpaquePointer, _ column: Int32) -> String {
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return "" }
    return unsafe String(cString: bytes)
  }

  private func failure(_ code: Int32) -> StudyError {
    let words = unsafe String(cString: sqlite3_errmsg(connection))
    return .sqlite(code & 0xFF, place, words: words)
  }
}
