/// Where a study is kept, as `--store` and `--study` name it.
///
///     studies.db                                  a file of SQLite
///     studies.db?study=NAME                       one study of several in it
///     postgres://user@host/database?study=NAME    a study on a server of PostgreSQL
public struct StudyAddress: Sendable, Hashable {
  public enum Place: Sendable, Hashable {
    case file(String)
    case server(Server)
  }

  /// A database of PostgreSQL. What is absent is taken from the environment and the files that
  /// PostgreSQL's own programs use.
  public struct Server: Sendable, Hashable {
    public var user: String?
    public var password: String?
    /// A name, an address, or a folder with a socket.
    public var host: String?
    public var port: Int?
    public var database: String?
    /// How the connection is to be protected, `sslmode`.
    public var protection: String?
  }

  public var place: Place
  /// The name of the study, where the address has one.
  public var study: String?

  public init(file path: String, study: String? = nil) {
    (place, self.study) = (.file(path), study)
  }

  /// Reads an address.
  public init(_ text: String) throws(StudyError) {
    guard let scheme = text.firstRange(of: "://") else {
      self = try Self.file(text)
      return
    }
    switch text[..<scheme.lowerBound] {
    case "postgres", "postgresql": self = try Self.server(text, after: scheme.upperBound)
    case "sqlite":
      // Optuna writes three slashes before a path, the third of which is not part of it.
      let path = text[scheme.upperBound...]
      self = try Self.file(String(path.hasPrefix("/") ? path.dropFirst() : path))
    default:
      let kind = text[..<scheme.lowerBound]
      throw .address(text, at: text.startIndex, "there is no store of the kind `\(kind)`")
    }
  }

  private static func file(_ text: String) throws(StudyError) -> StudyAddress {
    guard let mark = text.firstRange(of: "?study=") else {
      guard !text.isEmpty else { throw StudyError("a store needs a path or an address") }
      return StudyAddress(file: text)
    }
    let name = try unescaped(text[mark.upperBound...], of: text)
    guard !name.isEmpty else { throw .address(text, at: mark.upperBound, "a name is missing here") }
    return StudyAddress(file: String(text[..<mark.lowerBound]), study: name)
  }

  private static func server(
    _ text: String, after start: String.Index
  ) throws(StudyError) -> StudyAddress {
    var server = Server()
    var address = StudyAddress(file: "")
    let query = text[start...].firstIndex(of: "?") ?? text.endIndex
    let slash = text[start..<query].firstIndex(of: "/") ?? query
    var host = text[start..<slash]
    if let at = host.lastIndex(of: "@") {
      let parts = host[..<at].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      server.user = try unescaped(parts[0], of: text)
      if parts.count == 2 { server.password = try unescaped(parts[1], of: text) }
      host = host[host.index(after: at)...]
    }
    // An address of version 6 stands in brackets, because it has colons itself.
    let closing = host.lastIndex(of: "]") ?? host.startIndex
    if let colon = host[closing...].lastIndex(of: ":") {
      let digits = host[host.index(after: colon)...]
      guard let port = Int(digits), (1...65_535).contains(port) else {
        throw .address(text, at: digits.startIndex, "`\(digits)` is no port: a number up to 65535")
      }
      server.port = port
      host = host[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    server.host = host.isEmpty ? nil : try unescaped(host, of: text)
    if slash < query {
      let name = try unescaped(text[text.index(after: slash)..<query], of: text)
      server.database = name.isEmpty ? nil : name
    }
    if query < text.endIndex {
      for part in text[text.index(after: query)...].split(separator: "&") {
        try take(part, of: text, &server, &address)
      }
    }
    address.place = .server(server)
    return address
  }

  /// Takes one `name=value` of what follows the question mark.
  private static func take(
    _ part: Substring, of text: String, _ server: inout Server, _ address: inout StudyAddress
  ) throws(StudyError) {
    let equals = part.firstIndex(of: "=") ?? part.endIndex
    let value = try unescaped(part[equals...].dropFirst(), of: text)
    guard !value.isEmpty else { throw .address(text, at: equals, "a value is missing here") }
    switch part[..<equals] {
    case "study": address.study = value
    case "host": server.host = value
    case "user": server.user = value
    case "password": server.password = value
    case "dbname": server.database = value
    case "sslmode": server.protection = value
    case "port":
      guard let port = Int(value), (1...65_535).contains(port) else {
        throw .address(text, at: equals, "`\(value)` is no port: a number up to 65535")
      }
      server.port = port
    default:
      throw .address(
        text, at: part.startIndex,
        "there is no `\(part[..<equals])` here; known are study, host, port, user, password, "
          + "dbname and sslmode")
    }
  }

  /// A part of an address, with `%41` for `A`.
  private static func unescaped(
    _ part: Substring, of text: String
  ) throws(StudyError) -> String {
    var bytes: [UInt8] = []
    var place = part.utf8.startIndex
    while place < part.utf8.endIndex {
      let byte = part.utf8[place]
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        place = part.utf8.index(after: place)
        continue
      }
      let digits = part.utf8[place...].dropFirst().prefix(2)
      guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
        throw .address(text, at: place, "two hexadecimal digits are to follow `%`")
      }
      bytes.append(value)
      place = digits.endIndex
    }
    guard let result = String(validating: bytes, as: UTF8.self) else {
      throw .address(text, at: part.startIndex, "this is not UTF-8")
    }
    return result
  }
}

extension StudyAddress: CustomStringConvertible {
  /// The address without a password, as it can be given again.
  public var description: String {
    let name = study.map { "study=\(Self.escaped($0))" }
    switch place {
    case .file(let path): return path + (name.map { "?\($0)" } ?? "")
    case .server(let server):
      let text = server.description
      return text + (name.map { (text.contains("?") ? "&" : "?") + $0 } ?? "")
    }
  }

  /// A part of an address, without what ends it.
  fileprivate static func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      let isKept = byte > 0x20 && byte < 0x7F && ![0x23, 0x25, 0x26, 0x3F].contains(byte)
      let digits = String(byte, radix: 16)
      result += isKept ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }
  }
}

extension StudyAddress.Server: CustomStringConvertible {
  /// The address without a password.
  public var description: String {
    let isLocal = host?.hasPrefix("/") ?? true
    let shownHost = host.map { $0.contains(":") ? "[\($0)]" : $0 } ?? ""
    let place =
      "postgres://" + (user.map { "\(StudyAddress.escaped($0))@" } ?? "")
      + (isLocal ? "" : shownHost) + (port.map { ":\($0)" } ?? "")
      + "/" + (database.map { StudyAddress.escaped($0) } ?? "")
    let options = [
      isLocal ? host.map { "host=\(StudyAddress.escaped($0))" } : nil,
      protection.map { "sslmode=\($0)" },
    ].compactMap { $0 }
    return place + (options.isEmpty ? "" : "?" + options.joined(separator: "&"))
  }
}

extension StudyError {
  /// A part of an address that cannot be read, with the place where it begins, counted from 1.
  fileprivate static func address(
    _ text: String, at place: String.Index, _ reason: String
  ) -> StudyError {
    let column = text[..<place].count + 1
    return StudyError(
      "the store's address, character \(column): \(reason)",
      hints: ["such as postgres://user@host/database?study=NAME, or the path of a file"])
  }
}
