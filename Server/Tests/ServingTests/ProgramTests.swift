import Foundation
import Testing

@testable import Serving

@Suite("plumb-serve")
struct ProgramTests {
  /// The program beside the tests that are running.
  private static let program =
    (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/plumb-serve"

  /// A server of its own, and what it says.
  private final class Running {
    let process = Process()
    private let errors = Pipe()

    init(_ settings: ServerSettings) throws {
      process.executableURL = URL(fileURLWithPath: ProgramTests.program)
      let json = try JSONEncoder().encode(settings)
      process.arguments = [String(decoding: json, as: UTF8.self)]
      process.standardError = errors
      try process.run()
    }

    /// The port that the start line tells.
    func port() -> Int {
      var text = ""
      while !text.contains("\n") {
        let data = errors.fileHandleForReading.availableData
        if data.isEmpty { break }
        text += String(decoding: data, as: UTF8.self)
      }
      let behind = text.range(of: "127.0.0.1:").map { text[$0.upperBound...] } ?? ""
      return Int(behind.prefix { $0.isNumber }) ?? 0
    }

    /// Waits for its end; the code and what else it said.
    func end() -> (code: Int32, errors: String) {
      let data = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
  }

  @Test("a run that is absent, damaged or foreign, and an address in use, end it with 2")
  func failures() throws {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(atPath: Trained.mixed, toPath: "\(folder)/damaged")
    try "{".write(toFile: "\(folder)/damaged/manifest.json", atomically: true, encoding: .utf8)
    for (run, words) in [
      ("\(folder)/absent", "`\(folder)/absent`"), ("\(folder)/damaged", "manifest.json"),
      (folder, "`\(folder)"),
    ] {
      let result = try Running(.test(run)).end()
      #expect(result.code == 2 && result.errors.hasPrefix("error: "), "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
    try withServer(.test()) { server in
      let result = try Running(.test { $0.port = server.port }).end()
      #expect(result.code == 2)
      #expect(
        result.errors == """
          error: `127.0.0.1`, port \(server.port): another program listens there already
          help: name another port with `--port`; 0 takes a free one

          """)
    }
    let elsewhere = try Running(.test { $0.host = "198.51.100.1" }).end()
    #expect(elsewhere.code == 2 && elsewhere.errors.contains("this machine has no such address"))
    let told = try shell("\(Self.program) x 2>&1; \(Self.program) '{}' 2>&1; echo $?")
    #expect(told.contains("write `plumb serve RUN`") && told.contains("scripts/build-server"))
    #expect(told.hasSuffix("2\n"))
  }

  @Test("a signal ends it, with 0 or 130, and a second one at once", arguments: [
    (SIGTERM, Int32(0)), (SIGINT, Int32(130)),
  ])
  func signals(number: Int32, code: Int32) throws {
    let server = try Running(.test { $0.logsRequests = true })
    let port = server.port()
    let connection = try RawConnection(port)
    connection.send(request("GET", "/health/live?x=1"))
    #expect(connection.response()?.status == 200)
    kill(server.process.processIdentifier, number)
    let result = server.end()
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.contains("\"method\":\"GET\",\"path\":\"/health/live\",\"status\":200"))

    let stalled = try Running(.test { ($0.graceSeconds, $0.timeoutSeconds) = (60, 60) })
    let held = try RawConnection(stalled.port())
    held.send(request("POST", "/predict", ["Content-Type: text/csv", "Content-Length: 9"]) + "x")
    Thread.sleep(forTimeInterval: 0.3)
    kill(stalled.process.processIdentifier, number)
    Thread.sleep(forTimeInterval: 0.3)
    #expect(stalled.process.isRunning)
    kill(stalled.process.processIdentifier, number)
    #expect(stalled.end().code == 128 + number)
    held.close()
  }
}
