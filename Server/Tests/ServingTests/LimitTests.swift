import Foundation
import Testing

@testable import Serving

@Suite("limits")
struct LimitTests {
  private static let row =
    #"{"size": 1.5, "colour": "red", "new": true, "day": "2003-03-04"}"#
  private static let json = ["Content-Type: application/json"]

  /// A table that takes a while to predict.
  private static let long: String = {
    let lines = Trained.table.split(separator: "\n")
    return ([lines[0]] + (0..<40_000).map { lines[1 + $0 % 120] }).joined(separator: "\n") + "\n"
  }()

  private static func slow(_ change: @escaping (inout ServerSettings) -> Void = { _ in })
    -> ServerSettings
  {
    .test {
      ($0.threads, $0.queueLength) = (1, 1)
      ($0.maximumRows, $0.maximumBodyBytes) = (1_000_000, 50_000_000)
      change(&$0)
    }
  }

  /// The value of a sample of the metrics.
  private func sample(_ name: String, _ server: HTTPServer) throws -> Double? {
    let lines = try server.ask("GET", "/metrics").body.split(separator: "\n")
    return lines.first { $0.hasPrefix("\(name) ") }.flatMap {
      Double($0.split(separator: " ").last ?? "")
    }
  }

  @Test("longer bodies are refused, told their length or not, and before they have come")
  func bodies() throws {
    try withServer(.test { $0.maximumBodyBytes = 1000 }) { server in
      let told = try RawConnection(server.port)
      told.send(request("POST", "/predict", Self.json + ["Content-Length: 1001"]))
      let response = told.response()
      #expect(response?.status == 413 && response?.fields["connection"] == "close")
      #expect(told.closes(within: 5))

      let chunked = try RawConnection(server.port)
      chunked.send(request("POST", "/predict", Self.json + ["Transfer-Encoding: chunked"]))
      for _ in 0..<30 { chunked.send("64\r\n" + String(repeating: " ", count: 100) + "\r\n") }
      #expect(chunked.response()?.status == 413)
      #expect(chunked.closes(within: 5))

      let useless = try RawConnection(server.port)
      useless.send(
        request("POST", "/nowhere", body: String(repeating: "x", count: 5000)))
      #expect(useless.response()?.status == 413)
      #expect(try sample("plumb_rejected_total{limit=\"body\"}", server) == 3)
    }
  }

  @Test("more rows than allowed are refused in every form")
  func rows() throws {
    try withServer(.test { $0.maximumRows = 2 }) { server in
      let three = [Self.row, Self.row, Self.row]
      for (type, body) in [
        ("application/json", "[\(three.joined(separator: ","))]"),
        ("application/json", "{\"rows\": [\(three.joined(separator: ","))]}"),
        ("application/x-ndjson", three.joined(separator: "\n")),
        ("text/csv", Trained.table),
      ] {
        let response = try server.predict(body, type)
        #expect(response.status == 413 && response.body.contains("more than 2 rows"), "\(type)")
      }
      #expect(try server.predict("[\(three[0]),\(three[0])]").status == 200)
      #expect(try sample("plumb_rejected_total{limit=\"rows\"}", server) == 4)
    }
  }

  @Test("what the queue has no room for is refused with Retry-After, and the rest is answered")
  func queue() throws {
    try withServer(Self.slow { $0.timeoutSeconds = 60 }) { server in
      let connections = try (0..<5).map { _ in try RawConnection(server.port) }
      for connection in connections {
        connection.send(
          request("POST", "/predict", ["Content-Type: text/csv"], body: Self.long))
      }
      let responses = connections.compactMap { $0.response(within: 60) }
      let statuses = responses.map(\.status).sorted()
      #expect(statuses.first == 200 && statuses.last == 503 && statuses.count == 5, "\(statuses)")
      for response in responses where response.status == 503 {
        #expect(response.fields["retry-after"] == "1")
      }
      let refused = statuses.count { $0 == 503 }
      #expect(try sample("plumb_rejected_total{limit=\"queue\"}", server) == Double(refused))
      #expect(try sample("plumb_rows_predicted_total", server) == Double(40_000 * (5 - refused)))
      #expect(try sample("plumb_held_bytes", server) == 0)
    }
  }

  @Test("an answer that takes too long is 503, and the connection goes on")
  func slowAnswer() throws {
    // Without threads nothing is ever predicted.
    try withServer(Self.slow { ($0.threads, $0.timeoutSeconds) = (0, 1) }) { server in
      let first = try RawConnection(server.port)
      first.send(request("POST", "/predict", Self.json, body: Self.row))
      while try sample("plumb_queue_waiting", server) == 0 {}
      #expect(try server.ask("GET", "/health").status == 503)
      #expect(try server.ask("GET", "/health/live").status == 200)
      let second = try server.predict(Self.row)
      #expect(second.status == 503 && second.body.contains("a request waits already"))
      let response = first.response()
      #expect(response?.status == 503 && response?.body.contains("no answer within 1 s") == true)
      #expect(response?.fields["retry-after"] == "1")
      first.send(request("GET", "/health/live"))
      #expect(first.response()?.status == 200)
      #expect(try sample("plumb_held_bytes", server) == 0)
    }
  }

  @Test("a client that stalls, drips or does not read holds nothing for long")
  func stalling() throws {
    let settings = ServerSettings.test {
      ($0.timeoutSeconds, $0.idleSeconds) = (0.5, 1)
      ($0.maximumRows, $0.maximumBodyBytes) = (1_000_000, 50_000_000)
    }
    try withServer(settings) { server in
      let silent = try RawConnection(server.port)
      let half = try RawConnection(server.port)
      half.send("POST /predict HTTP/1.1\r\nContent-Le")
      let stalled = try RawConnection(server.port)
      stalled.send(request("POST", "/predict", Self.json + ["Content-Length: 100"]) + "{")
      let dripping = try RawConnection(server.port)
      dripping.send(request("POST", "/predict", Self.json + ["Content-Length: 100"]))
      for _ in 0..<20 {
        dripping.send(" ")
        Thread.sleep(forTimeInterval: 0.05)
      }
      #expect(silent.closes(within: 5) && half.closes(within: 5))
      for connection in [stalled, dripping] {
        let response = connection.response()
        #expect(response?.status == 408 && response?.fields["connection"] == "close")
        #expect(connection.closes(within: 5))
      }
      let idle = try RawConnection(server.port)
      idle.send(request("GET", "/health/live"))
      #expect(idle.response()?.status == 200 && idle.closes(within: 5))
    }
  }

  @Test("an answer that is not taken is given up")
  func unread() throws {
    let settings = Self.slow { $0.timeoutSeconds = 3 }
    try withServer(settings) { server in
      let deaf = try RawConnection(server.port, reads: false)
      // Some hundred answers of the whole description fill every buffer on the way.
      for _ in 0..<4_000 { deaf.send(request("GET", "/openapi.json")) }
      var open: Double?
      for _ in 0..<200 {
        Thread.sleep(forTimeInterval: 0.05)
        open = try sample("plumb_connections", server)
        // The one that asks is open itself.
        if open == 1 { break }
      }
      #expect(open == 1)
      #expect(try sample("plumb_requests_total{route=\"/openapi.json\",status=\"499\"}", server) == 1)
      deaf.close()
    }
  }

  @Test("further connections wait until others end")
  func connections() throws {
    try withServer(.test { ($0.maximumConnections, $0.idleSeconds) = (2, 1) }) { server in
      let open = try (0..<2).map { _ in try RawConnection(server.port) }
      for connection in open {
        connection.send(request("GET", "/health/live"))
        #expect(connection.response()?.status == 200)
      }
      let third = try RawConnection(server.port)
      third.send(request("GET", "/health/live"))
      #expect(third.response(within: 0.3) == nil)
      open[0].close()
      #expect(third.response()?.status == 200)
    }
  }

  @Test("a server that stops answers what it has begun and takes no more")
  func stopping() throws {
    let server = try HTTPServer.start(.test())
    let idle = try RawConnection(server.port)
    idle.send(request("GET", "/health/live"))
    #expect(idle.response()?.status == 200)
    let begun = try RawConnection(server.port)
    let length = Self.row.utf8.count
    begun.send(request("POST", "/predict", Self.json + ["Content-Length: \(length)"]))
    begun.send(String(Self.row.prefix(10)))
    Thread.sleep(forTimeInterval: 0.2)
    let stopped = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      server.stop()
      stopped.signal()
    }
    #expect(idle.closes(within: 5))
    #expect(throws: (any Error).self) { try RawConnection(server.port) }
    begun.send(String(Self.row.dropFirst(10)))
    let response = begun.response()
    #expect(response?.status == 200 && response?.fields["connection"] == "close")
    #expect(begun.closes(within: 5))
    #expect(stopped.wait(timeout: .now() + 5) == .success)
  }

  @Test("the grace time ends what takes longer")
  func grace() throws {
    let server = try HTTPServer.start(.test { ($0.graceSeconds, $0.timeoutSeconds) = (0.3, 60) })
    let stalled = try RawConnection(server.port)
    stalled.send(request("POST", "/predict", Self.json + ["Content-Length: 100"]) + "{")
    Thread.sleep(forTimeInterval: 0.2)
    server.stop()
    #expect(stalled.closes(within: 2))
  }
}
