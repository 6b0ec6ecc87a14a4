/// A connection to a server of PostgreSQL, in version 3 of its protocol
/// (postgresql.org/docs/current/protocol.html), which one thread uses at a time.
///
/// A connection that breaks is made anew with the next transaction.
final class PostgreSQLDatabase: Database {
  let place: String
  let dialect = Dialect(
    words: StudySchema.postgreSQL,
    // Of several that make the tables at the same time, one does.
    preparing: ["SELECT pg_advisory_xact_lock(7264185309)"],
    begin: "BEGIN", clock: "(extract(epoch FROM clock_timestamp())::double precision)",
    localTime: "localtimestamp", locksTrials: " FOR UPDATE",
    locksFreeTrials: " FOR UPDATE OF t SKIP LOCKED", locksStudy: " FOR UPDATE")
  var isBroken: Bool { link == nil }
  private(set) var work = DatabaseWork()
  private let login: ServerLogin
  private let hasPassword: Bool
  private var link: PostgreSQLLink?

  /// How many seconds to wait for an answer.
  private static let patience = 60.0

  init(_ server: StudyAddress.Server) throws(StudyError) {
    place = server.description
    login = try ServerLogin(server)
    hasPassword = login.password != nil
    link = try connected()
  }

  func rows(_ statement: String, _ values: [SQLValue]) throws(StudyError) -> [SQLRow] {
    let link = try usable()
    do throws(PostgreSQLLink.Failure) {
      let rows = try link.rows(statement, values)
      work.statements += 1
      work.rows += rows.count
      return rows
    } catch {
      if error.code == nil { self.link = nil }
      throw told(error)
    }
  }

  /// The connection, made anew where it broke.
  private func usable() throws(StudyError) -> PostgreSQLLink {
    if let link { return link }
    let link = try connected()
    self.link = link
    return link
  }

  private func connected() throws(StudyError) -> PostgreSQLLink {
    do throws(PostgreSQLLink.Failure) {
      let link = try PostgreSQLLink(login, seconds: Self.patience)
      // A worker that is stopped between two statements keeps others waiting no longer than this.
      for setting in ["idle_in_transaction_session_timeout = 20000", "lock_timeout = 50000"] {
        _ = try link.rows("SET \(setting)", [])
      }
      return link
    } catch {
      throw told(error)
    }
  }

  /// A failure for the one who gave the address (postgresql.org/docs/current/errcodes-appendix).
  private func told(_ failure: PostgreSQLLink.Failure) -> StudyError {
    let message = "`\(place)`: \(failure.reason)"
    switch failure.code ?? "" {
    case "":
      return StudyError(
        "`\(place)` cannot be reached: \(failure.reason)",
        hints: ["does the server answer: pg_isready -h \(login.host) -p \(login.port)"])
    case "28000" where failure.reason.contains("no encryption"):
      return StudyError(message, hints: [login.tunnel])
    case "28P01", "28000":
      return StudyError(
        message,
        hints: hasPassword
          ? ["the password came from the address, PGPASSWORD or ~/.pgpass"]
          : ["give a password in PGPASSWORD or ~/.pgpass"])
    case "3D000":
      return StudyError(message, hints: ["make it: createdb -h \(login.host) \(login.database)"])
    case "42501":
      return StudyError(
        message, hints: ["GRANT CREATE ON SCHEMA public TO \"\(login.user)\", once, by its owner"])
    case "53100": return StudyError("`\(place)`: the server's disk is full")
    case "55P03":
      return StudyError(
        "`\(place)` is locked by another program", hints: ["run the same command again"])
    default: return StudyError(message)
    }
  }
}
