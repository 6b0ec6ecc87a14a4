/// The messages that go to and from a server of PostgreSQL.
final class PostgreSQLLink {
  private let socket: ServerSocket

  /// What went wrong.
  struct Failure: Error {
    /// The server's code; nil when the connection is gone.
    var code: String?
    var reason: String
  }

  /// A message by its kind.
  private struct Message {
    var kind: UInt8
    var body: ArraySlice<UInt8>
  }

  /// Connects and logs in.
  init(_ login: ServerLogin, seconds: Double) throws(Failure) {
    do throws(ServerSocket.Failure) {
      socket = try ServerSocket(host: login.host, port: login.port, seconds: seconds)
    } catch {
      throw Failure(reason: error.reason)
    }
    var body = Self.bytes(Int32(196_608))
    for text in [
      "user", login.user, "database", login.database, "application_name", "plumb",
      "client_encoding", "UTF8", "",
    ] { body += Self.text(text) }
    try send(Self.bytes(Int32(body.count + 4)) + body)
    try logIn(login)
    _ = try answer()
  }

  deinit { try? send([UInt8(ascii: "X"), 0, 0, 0, 4]) }

  private func logIn(_ login: ServerLogin) throws(Failure) {
    var scram = SCRAM(password: login.password ?? "", nonce: SCRAM.randomNonce())
    while true {
      let message = try receive()
      guard message.kind == UInt8(ascii: "R") else { throw failure(of: message) }
      let (kind, rest) = (Self.int32(message.body), message.body.dropFirst(4))
      if [3, 10].contains(kind), login.password == nil {
        throw Failure(code: "28P01", reason: "the server wants a password")
      }
      switch kind {
      case 0: return
      case 3: try send("p", Self.text(login.password ?? ""))
      case 10:
        guard Self.texts(rest).contains("SCRAM-SHA-256") else { throw Self.otherLogin }
        let first = Array(scram.first.utf8)
        try send("p", Self.text("SCRAM-SHA-256") + Self.bytes(Int32(first.count)) + first)
      case 11:
        guard let answer = scram.answer(to: String(decoding: rest, as: UTF8.self)) else {
          throw Failure(code: "28000", reason: "the server's challenge cannot be answered")
        }
        try send("p", Array(answer.utf8))
      case 12:
        guard scram.isServer(String(decoding: rest, as: UTF8.self)) else {
          throw Failure(code: "28000", reason: "the server does not know the password itself")
        }
      default: throw Self.otherLogin
      }
    }
  }

  private static var otherLogin: Failure {
    Failure(
      code: "28000",
      reason: "the server wants a login that plumb does not know; it knows scram-sha-256, password "
        + "and trust (in pg_hba.conf)")
  }

  /// Runs one statement and gives its rows, each value as text.
  func rows(_ statement: String, _ values: [SQLValue]) throws(Failure) -> [SQLRow] {
    // No portal and no statement with a name; all values are text.
    var bind: [UInt8] = [0, 0] + Self.bytes(Int16(0)) + Self.bytes(Int16(values.count))
    for value in values {
      guard let text = value.text else {
        bind += Self.bytes(Int32(-1))
        continue
      }
      let bytes = Array(text.utf8)
      bind += Self.bytes(Int32(bytes.count)) + bytes
    }
    bind += Self.bytes(Int16(0))
    try send(
      Self.message("P", Self.text("") + Self.text(statement) + Self.bytes(Int16(0)))
        + Self.message("B", bind) + Self.message("E", Self.text("") + Self.bytes(Int32(0)))
        + Self.message("S", []))
    return try answer()
  }

  /// Reads up to where the server is ready for more, and gives the rows on the way.
  private func answer() throws(Failure) -> [SQLRow] {
    var (rows, failed): ([SQLRow], Failure?) = ([], nil)
    while true {
      let message = try receive()
      switch message.kind {
      case UInt8(ascii: "Z"):
        if let failed { throw failed }
        return rows
      case UInt8(ascii: "D"): rows.append(Self.row(message.body))
      case UInt8(ascii: "E"):
        let failure = failure(of: message)
        // After these the server ends the connection.
        if ["57P01", "57P02", "57P05", "25P03"].contains(failure.code) {
          throw Failure(code: nil, reason: failure.reason)
        }
        failed = failure
      default: break
      }
    }
  }

  private func failure(of message: Message) -> Failure {
    guard message.kind == UInt8(ascii: "E") else {
      return Failure(reason: "what answers there is no PostgreSQL")
    }
    var (code, reason) = ("XX000", "it gives no reason")
    for field in Self.texts(message.body) {
      if field.hasPrefix("C") { code = String(field.dropFirst()) }
      if field.hasPrefix("M") { reason = String(field.dropFirst()) }
    }
    return Failure(code: code, reason: reason)
  }
}

extension PostgreSQLLink {
  private func send(_ bytes: [UInt8]) throws(Failure) {
    do throws(ServerSocket.Failure) { try socket.send(bytes) } catch {
      throw Failure(reason: error.reason)
    }
  }

  private func send(_ kind: Unicode.Scalar, _ body: [UInt8]) throws(Failure) {
    try send(Self.message(kind, body))
  }

  private func receive() throws(Failure) -> Message {
    do throws(ServerSocket.Failure) {
      let head = try socket.receive(5)
      let (kind, count) = (head[head.startIndex], Int(Self.int32(head.dropFirst())))
      guard (4...1_000_000_000).contains(count) else {
        throw ServerSocket.Failure(reason: "what answers there is no PostgreSQL")
      }
      return Message(kind: kind, body: try socket.receive(count - 4))
    } catch {
      throw Failure(reason: error.reason)
    }
  }

  private static func message(_ kind: Unicode.Scalar, _ body: [UInt8]) -> [UInt8] {
    [UInt8(ascii: kind)] + bytes(Int32(body.count + 4)) + body
  }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> Number($0))
    }
  }

  private static func int32(_ bytes: ArraySlice<UInt8>) -> Int32 {
    Int32(bitPattern: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
  }

  /// Texts that each end with a zero.
  private static func texts(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func row(_ body: ArraySlice<UInt8>) -> SQLRow {
    var rest = body.dropFirst(2)
    let count = body.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    return (0..<count).map { _ in
      let length = Int(int32(rest))
      rest = rest.dropFirst(4)
      guard length >= 0 else { return .null }
      defer { rest = rest.dropFirst(length) }
      return .text(String(decoding: rest.prefix(length), as: UTF8.self))
    }
  }
}
