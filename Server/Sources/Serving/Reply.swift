/// What is answered to a request.
struct Reply: Sendable {
  var status: Status
  var contentType: String?
  /// Further header fields.
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// How many rows were predicted.
  var rows = 0

  init(_ status: Status, _ contentType: String? = nil, body: [UInt8] = []) {
    (self.status, self.contentType, self.body) = (status, contentType, body)
  }

  static func json(_ value: JSONValue, _ status: Status = .ok) -> Reply {
    Reply(status, "application/json", body: value.bytes + [0x0A])
  }

  func with(_ name: String, _ value: String) -> Reply {
    var reply = self
    reply.fields.append((name, value))
    return reply
  }
}

/// The statuses that this server gives, with their names from RFC 9110 and 6585.
enum Status: Int, Sendable, Hashable, CaseIterable {
  case ok = 200
  case noContent = 204
  case badRequest = 400
  case notFound = 404
  case methodNotAllowed = 405
  case notAcceptable = 406
  case requestTimeout = 408
  case contentTooLarge = 413
  case unsupportedMediaType = 415
  case unprocessableContent = 422
  case headersTooLarge = 431
  case internalError = 500
  case unavailable = 503

  var phrase: String {
    switch self {
    case .ok: "OK"
    case .noContent: "No Content"
    case .badRequest: "Bad Request"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .notAcceptable: "Not Acceptable"
    case .requestTimeout: "Request Timeout"
    case .contentTooLarge: "Content Too Large"
    case .unsupportedMediaType: "Unsupported Media Type"
    case .unprocessableContent: "Unprocessable Content"
    case .headersTooLarge: "Request Header Fields Too Large"
    case .internalError: "Internal Server Error"
    case .unavailable: "Service Unavailable"
    }
  }
}
