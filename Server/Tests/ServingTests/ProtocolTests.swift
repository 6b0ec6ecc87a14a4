import Foundation
import Testing

@testable import Serving

@Suite("HTTP")
struct ProtocolTests {
  private static let row =
    #"{"size": 1.5, "colour": "red", "new": true, "day": "2003-03-04"}"#
  private static let json = ["Content-Type: application/json"]

  @Test("unknown paths, wrong methods and types are answered by their statuses")
  func statuses() throws {
    try withServer(.test()) { server in
      #expect(try server.ask("GET", "/nowhere").status == 404)
      let get = try server.ask("GET", "/predict")
      #expect(get.status == 405 && get.fields["allow"] == "POST, OPTIONS")
      let post = try server.ask("POST", "/health", body: "x")
      #expect(post.status == 405 && post.fields["allow"] == "GET, HEAD, OPTIONS")
      let options = try server.ask("OPTIONS", "/predict")
      #expect(options.status == 204 && options.fields["allow"] == "POST, OPTIONS")
      #expect(try server.ask("POST", "/predict", body: Self.row).status == 415)
      let packed = try server.ask(
        "POST", "/predict", Self.json + ["Content-Encoding: gzip"], body: Self.row)
      #expect(packed.status == 415)
      let picky = try server.ask(
        "POST", "/predict", Self.json + ["Accept: image/png"], body: Self.row)
      #expect(picky.status == 406)
      let parameter = try server.ask("POST", "/predict?kep=x", Self.json, body: Self.row)
      #expect(parameter.status == 400 && parameter.body.contains("`kep`"))
    }
  }

  @Test("health, metrics, the card and a page are there, and HEAD tells their length")
  func reading() throws {
    try withServer(.test()) { server in
      for path in ["/", "/openapi.json", "/health", "/health/live", "/health/ready", "/metrics"] {
        let get = try server.ask("GET", path)
        #expect(get.status == 200 && !get.body.isEmpty, "\(path)")
        #expect(get.fields["date"]?.hasSuffix(" GMT") == true)
        let connection = try RawConnection(server.port)
        connection.send(request("HEAD", path) + request("GET", "/health/live"))
        let head = try #require(connection.response(isHead: true))
        #expect(head.status == 200 && head.fields["content-type"] == get.fields["content-type"])
        // What follows shows that no body was sent.
        #expect(connection.response()?.body == "{\"status\":\"live\"}\n")
      }
      #expect(try server.ask("GET", "/health").object["status"] as? String == "ready")
      let card = try server.ask("GET", "/").object
      #expect(card["target"] as? [String] == ["place"] && card["classes"] as? [String] == ["in", "out"])
      let page = try server.ask("GET", "/", ["Accept: text/html,*/*;q=0.8"])
      #expect(page.fields["content-type"] == "text/html; charset=utf-8")
      #expect(page.body.contains("<code>colour</code>"))
    }
  }

  @Test("requests follow each other on a connection, also before their answers are read")
  func pipelining() throws {
    try withServer(.test()) { server in
      let connection = try RawConnection(server.port)
      let many = (0..<50).map { number in
        number % 2 == 0
          ? request("POST", "/predict", Self.json, body: Self.row) : request("GET", "/nowhere")
      }
      connection.send(many.joined())
      for number in 0..<50 {
        #expect(connection.response()?.status == (number % 2 == 0 ? 200 : 404), "\(number)")
      }
      connection.send(request("GET", "/health", ["Connection: close"]))
      let last = connection.response()
      #expect(last?.status == 200 && last?.fields["connection"] == "close")
      #expect(connection.closes(within: 5))
    }
  }

  @Test("version 1.0 is answered and closed, or kept open if asked")
  func versionOne() throws {
    try withServer(.test()) { server in
      let closing = try RawConnection(server.port)
      closing.send("GET /health/live HTTP/1.0\r\n\r\n")
      #expect(closing.response()?.status == 200)
      #expect(closing.closes(within: 5))
      let open = try RawConnection(server.port)
      for _ in 0..<2 {
        open.send("GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(open.response()?.fields["connection"] == "keep-alive")
      }
    }
  }

  @Test("a client that ends its side gets its answers")
  func halfClosed() throws {
    try withServer(.test()) { server in
      let connection = try RawConnection(server.port)
      connection.send(request("POST", "/predict", Self.json, body: Self.row))
      connection.closeOutput()
      #expect(connection.response()?.status == 200)
      #expect(connection.closes(within: 5))
    }
  }

  @Test("bodies come in chunks, and after a word where the client waits for one")
  func bodies() throws {
    try withServer(.test { $0.maximumBodyBytes = 1000 }) { server in
      let chunked = try RawConnection(server.port)
      chunked.send(request("POST", "/predict", Self.json + ["Transfer-Encoding: chunked"]))
      for character in Self.row { chunked.send("1\r\n\(character)\r\n") }
      chunked.send("0\r\n\r\n")
      #expect(chunked.response()?.status == 200)

      let waiting = try RawConnection(server.port)
      let fields = Self.json + ["Expect: 100-continue", "Content-Length: \(Self.row.utf8.count)"]
      waiting.send(request("POST", "/predict", fields))
      #expect(waiting.response()?.status == 100)
      waiting.send(Self.row)
      #expect(waiting.response()?.status == 200)

      let refused = try RawConnection(server.port)
      refused.send(request("POST", "/predict", ["Expect: 100-continue", "Content-Length: 5"]))
      #expect(refused.response()?.status == 415)
      #expect(refused.closes(within: 5))
    }
  }

  @Test("bytes that are no request are answered with 400 or 431 and the end", arguments: [
    ("hello\r\n\r\n", 400), ("GET / HTTP/9.9\r\n\r\n", 400), ("\u{0}\u{1}\u{2}\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost\r\n\r\n", 400),
    ("POST /predict HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n", 400),
    ("POST /predict HTTP/1.1\r\nContent-Type: application/json\r\n"
      + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ("GET / HTTP/1.1\r\nX: " + String(repeating: "y", count: 100_000) + "\r\n\r\n", 431),
    ("GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 1000) + "\r\n", 431),
  ])
  func noRequests(bytes: String, status: Int) throws {
    try withServer(.test()) { server in
      let connection = try RawConnection(server.port)
      connection.send(bytes)
      #expect(connection.response()?.status == status)
      #expect(connection.closes(within: 5))
      #expect(try server.ask("GET", "/health/live").status == 200)
    }
  }

  @Test("random bytes never end the server")
  func randomBytes() throws {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &random)
    var draw = Draw(state: seed)
    try withServer(.test()) { server in
      let forms = BodyForm.allCases.map { $0.mediaTypes[0] }
      for round in 0..<300 {
        var body = Array((round % 2 == 0 ? Self.row : Trained.table).utf8.prefix(300))
        for _ in 0..<draw.below(8) + 1 {
          let place = draw.below(body.count)
          switch draw.below(3) {
          case 0: body[place] = UInt8(draw.below(256))
          case 1: body.remove(at: place)
          default: body.insert(contentsOf: body[place...].prefix(draw.below(20)), at: place)
          }
          if body.isEmpty { body = [0] }
        }
        let connection = try RawConnection(server.port)
        connection.send(
          Array(
            request(
              "POST", "/predict",
              ["Content-Type: \(forms[round % forms.count])", "Content-Length: \(body.count)"]
            ).utf8) + body)
        let status = connection.response()?.status
        #expect([200, 400, 415, 422].contains(status), "seed \(seed), round \(round)")
        let noise = try RawConnection(server.port)
        noise.send((0..<draw.below(200)).map { _ in UInt8(draw.below(256)) })
        noise.close()
      }
      #expect(try server.ask("GET", "/health").status == 200)
    }
  }
}

/// Numbers from a seed.
private struct Draw {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }
}
