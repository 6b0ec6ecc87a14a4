#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Who connects where, with all that an address left open found as PostgreSQL's own programs find
/// it: in the environment, in `~/.pgpass`, by custom.
struct ServerLogin: Sendable {
  var host: String
  var port: Int
  var user: String
  var password: String?
  var database: String

  init(
    _ server: StudyAddress.Server,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(StudyError) {
    func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    host = server.host ?? named("PGHOST") ?? "/var/run/postgresql"
    port = server.port ?? named("PGPORT").flatMap { Int($0) } ?? 5432
    guard let user = server.user ?? named("PGUSER") ?? named("USER") ?? named("LOGNAME") else {
      throw StudyError(
        "`\(server)`: it does not say as whom to connect",
        hints: ["give a user: postgres://user@\(host)/\(server.database ?? "database")"])
    }
    self.user = user
    database = server.database ?? named("PGDATABASE") ?? user
    let protection = server.protection ?? named("PGSSLMODE") ?? "prefer"
    guard ["disable", "allow", "prefer"].contains(protection) else {
      throw StudyError(
        "`\(server)`: `sslmode=\(protection)` asks for encryption, which plumb has none of",
        hints: [tunnel, "inside a network that you trust: sslmode=disable"])
    }
    password = server.password ?? named("PGPASSWORD")
    if password == nil {
      let file = named("PGPASSFILE") ?? named("HOME").map { $0 + "/.pgpass" }
      let text = file.flatMap { FileManager.default.contents(atPath: $0) }
      password = text.flatMap { self.password(in: String(decoding: $0, as: UTF8.self)) }
    }
  }

  /// How a connection is encrypted all the same.
  var tunnel: String {
    "let ssh encrypt it: ssh -N -L 5433:localhost:\(port) \(host), and then "
      + "postgres://\(user)@localhost:5433/\(database)"
  }

  /// The password of the first line of a `.pgpass` that fits, of
  /// `host:port:database:user:password`, in which `*` fits all and `\` keeps a colon.
  func password(in text: String) -> String? {
    let wanted = [host.hasPrefix("/") ? "localhost" : host, "\(port)", database, user]
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      var (fields, isEscaped): ([String], Bool) = ([""], false)
      for character in line {
        if isEscaped || (character != "\\" && (character != ":" || fields.count == 5)) {
          fields[fields.count - 1].append(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else {
          fields.append("")
        }
      }
      if fields.count == 5, zip(fields, wanted).allSatisfy({ $0 == "*" || $0 == $1 }) {
        return fields[4]
      }
    }
    return nil
  }
}
