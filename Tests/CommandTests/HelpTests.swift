import Foundation
import TestSupport
import Testing

@Suite("help")
struct HelpTests {
  /// The commands that the program's own help names, each followed by those that its help names.
  static func commands(below path: [String] = []) throws -> [[String]] {
    let lines = try Tool.run(path + ["--help"]).output.components(separatedBy: "\n")
    guard let start = lines.firstIndex(of: "SUBCOMMANDS:") else { return [] }
    let names = lines[(start + 1)...].prefix { !$0.isEmpty }.compactMap { line -> String? in
      guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
      return line.split(separator: " ").first.map(String.init)
    }
    return try names.flatMap { name in
      try [path + [name]] + commands(below: path + [name])
    }
  }

  @Test("the page of commands is what the program prints")
  func page() throws {
    var parts = [
      "# Commands",
      "What `plumb --help` and `plumb help COMMAND` print.",
      "```text\n\(try trimmedHelp([]))\n```",
    ]
    let commands = try Self.commands()
    #expect(commands.contains(["train"]) && commands.contains(["runs", "rm"]))
    for command in commands {
      let mark = String(repeating: "#", count: command.count + 1)
      parts.append("\(mark) plumb \(command.joined(separator: " "))")
      parts.append("```text\n\(try trimmedHelp(command))\n```")
    }
    let text = parts.joined(separator: "\n\n") + "\n"
    #expect(Golden.matches(text, "specs/reference/commands.md"))
  }

  private func trimmedHelp(_ command: [String]) throws -> String {
    let result = try Tool.run(command + ["--help"])
    #expect(result.code == 0)
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("every argument and option of every command has words")
  func words() throws {
    for command in try Self.commands() {
      let lines = try trimmedHelp(command).components(separatedBy: "\n")
      for (index, line) in lines.enumerated()
      where line.hasPrefix("  -") || line.hasPrefix("  <") {
        let beside = line.dropFirst(26).contains { $0.isLetter }
        let below = index + 1 < lines.count && lines[index + 1].hasPrefix("      ")
        #expect(beside || below, "\(command): \(line)")
      }
    }
  }

  @Test("usage names every option that the options list")
  func usage() throws {
    for command in try Self.commands() {
      let help = try trimmedHelp(command)
      let usage = try #require(help.components(separatedBy: "\n").first { $0.hasPrefix("USAGE") })
      for line in help.components(separatedBy: "\n") where line.hasPrefix("  --") {
        let name = line.split { " ,/".contains($0) }.first ?? ""
        guard name != "--version", name != "--help" else { continue }
        let first = "plumb \(command.joined(separator: " ")) \(name)"
        let isNamed =
          help.contains("[\(name)") || help.contains(first) || usage.contains(name)
        #expect(isNamed, "\(command): \(name)")
      }
    }
  }
}
