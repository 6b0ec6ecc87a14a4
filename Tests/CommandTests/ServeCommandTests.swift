import Foundation
import TestSupport
import Testing

@Suite("plumb serve")
struct ServeCommandTests {
  /// Runs a line of a shell with a server that only prints what it is told.
  private func serve(_ arguments: String, environment: String? = nil) throws -> String {
    let folder = try Repository.temporaryFolder()
    let script = "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\"\n"
    try script.write(toFile: "\(folder)/server", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/server")
    let variable = environment ?? "PLUMB_SERVE=\(folder)/server"
    return try Tool.shell("\(variable) plumb serve \(arguments) 2>&1; echo $?", in: folder)
  }

  @Test("the server is started with all settings as one argument")
  func start() throws {
    let lines = try serve(
      "runs/iris/1 --port 0 --threads 3 --max-body 500KB --timeout 500ms --idle 2m --strict --log")
      .split(separator: "\n")
    #expect(lines.first == "1" && lines.last == "0")
    let settings = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]
    let found = try #require(settings)
    #expect(found["run"] as? String == "runs/iris/1" && found["host"] as? String == "127.0.0.1")
    #expect(found["port"] as? Int == 0 && found["threads"] as? Int == 3)
    #expect(found["maximumBodyBytes"] as? Int == 500_000)
    #expect(found["timeoutSeconds"] as? Double == 0.5 && found["idleSeconds"] as? Int == 120)
    #expect(found["isStrict"] as? Bool == true && found["logsRequests"] as? Bool == true)
  }

  @Test("settings have the names that the server reads")
  func names() throws {
    let lines = try serve("run").split(separator: "\n")
    let settings = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]
    let source = Repository.text("Server/Sources/Serving/ServerSettings.swift")
    let declared = source.components(separatedBy: "\n").compactMap { line -> [String]? in
      guard line.hasPrefix("  public var ") else { return nil }
      let names = line.dropFirst("  public var ".count).prefix { $0 != ":" }
      return names.components(separatedBy: ", ")
    }
    #expect(Set(declared.flatMap { $0 }) == Set(try #require(settings).keys))
  }

  @Test("the page about serving has every option with its default")
  func page() throws {
    let page = Repository.text("specs/serve.md")
    let help = try Tool.run(["serve", "--help"]).output
    let options = help.split { " []\n".contains($0) }.filter { $0.hasPrefix("--") }
    #expect(options.count > 10)
    for option in Set(options) where option != "--help" && option != "--version" {
      #expect(page.contains("`\(option)") || page.contains(" \(option) "), "\(option)")
    }
    for option in ["--queue", "--max-body", "--max-rows", "--timeout", "--idle", "--grace"] {
      let parts = help.components(separatedBy: "  \(option) ")
      let words = try #require(parts.last).components(separatedBy: "(default: ")
      let value = try #require(words.dropFirst().first).prefix { $0 != ")" }
      #expect(page.contains("| `\(option)` | \(value) |"), "\(option): \(value)")
    }
  }

  @Test("values that make no sense are wrong usage", arguments: [
    "--port 65536", "--port x", "--threads 0", "--max-body 0", "--max-body 4XB", "--max-rows 0",
    "--queue 0", "--timeout 0", "--timeout 10y", "--idle nan", "--grace -1", "--max-connections 0",
  ])
  func values(option: String) throws {
    let told = try serve("run \(option)")
    let name = try #require(option.split(separator: " ").first)
    #expect(told.contains(name) && told.contains("Usage") && told.hasSuffix("\n2\n"), "\(told)")
  }

  @Test("where the server is not built, a line says how to build it")
  func absent() throws {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(atPath: Tool.path, toPath: "\(folder)/plumb")
    let told = try Tool.shell("PATH=; \(folder)/plumb serve run 2>&1; echo $?", in: folder)
    #expect(
      told == """
        error: `plumb-serve`, which answers over HTTP, is not built
        help: build it once, in a checkout of plumb, with `scripts/build-server`
        2

        """)
    let wrong = try serve("run", environment: "PLUMB_SERVE=\(folder)/none")
    #expect(wrong.contains("which PLUMB_SERVE names") && wrong.hasSuffix("2\n"))
  }
}
