import NIOCore
import NIOHTTP1

/// One request of a connection and what becomes of it.
struct Exchange {
  /// Tells the requests of a connection apart.
  let number: Int
  let route: Route
  let method: String
  let path: String
  let started: NIODeadline
  /// Whether the answer has no body.
  let isHead: Bool
  /// Whether the answer has to say that the connection stays open, as version 1.0 wants it.
  let saysKeepAlive: Bool
  /// Whether the connection ends with this answer.
  var closes: Bool
  /// What will be done once the body has come.
  var plan: Plan
  var body: [UInt8] = []
  var receivedBytes = 0
  /// What of the body is counted as memory that is held.
  var heldBytes = 0
  var isReceived = false
  /// What waits for a thread.
  var awaited: AwaitedBody?
  var reply: Reply?

  enum Plan {
    case reply(Reply)
    /// A refusal that the body need not be read for.
    case refuse(Reply)
    case predict(PredictionCall)
  }

  init(_ number: Int, _ head: HTTPRequestHead, _ service: Service) {
    let sides = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    (self.number, started, method) = (number, .now(), head.method.rawValue)
    path = String(sides.first ?? "")
    route = Route(path: path)
    isHead = head.method == .HEAD
    saysKeepAlive = head.version == .http1_0 && head.isKeepAlive
    closes = !head.isKeepAlive
    plan = Self.plan(head, route, query: sides.count > 1 ? sides[1] : "", service)
  }

  /// A request that could not be read.
  init(_ number: Int, unreadable problem: Problem) {
    (self.number, route, method, path) = (number, .unknown, "?", "?")
    (started, isHead, saysKeepAlive, closes) = (.now(), false, false, true)
    plan = .refuse(problem.reply)
  }

  private static func plan(
    _ head: HTTPRequestHead, _ route: Route, query: some StringProtocol, _ service: Service
  ) -> Plan {
    guard route != .unknown else {
      return .reply(
        Problem(.notFound, "nothing is here", hint: "`GET /` tells what there is").reply)
    }
    guard route.methods.contains(head.method.rawValue) else {
      var problem = Problem(
        .methodNotAllowed, "`\(route.path)` is not asked by `\(head.method.rawValue)`",
        hint: "use \(route.methods.map { "`\($0)`" }.joined(separator: ", "))")
      problem.allowed = route.methods.joined(separator: ", ")
      return .reply(problem.reply)
    }
    guard head.method != .OPTIONS else {
      return .reply(Reply(.noContent).with("Allow", route.methods.joined(separator: ", ")))
    }
    guard route == .predict else {
      let accept = head.headers.first(name: "accept") ?? ""
      return .reply(service.reply(to: route, acceptsPages: accept.contains("text/html")))
    }
    do throws(Problem) {
      let maximum = service.settings.maximumBodyBytes
      if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }),
        length > maximum
      {
        service.metrics.count(.body)
        throw .tooLarge(maximum)
      }
      return .predict(
        try PredictionCall(
          contentType: head.headers.first(name: "content-type"),
          encoding: head.headers.first(name: "content-encoding"),
          accept: head.headers[canonicalForm: "accept"].isEmpty
            ? nil : head.headers[canonicalForm: "accept"].joined(separator: ","),
          query: Query(query)))
    } catch {
      return error.status == .contentTooLarge ? .refuse(error.reply) : .reply(error.reply)
    }
  }
}
