import Foundation
import TestSupport
import Testing

@Suite("help")
struct HelpTests {
  /// The commands that the program's own help names.
  static func commands() throws -> [String] {
    let lines = try Tool.run(["--help"]).output.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "SUBCOMMANDS:"))
    return lines[(start + 1)...].prefix { !$0.isEmpty }.compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
      return line.split(separator: " ").first.map(String.init)
    }
  }

  @Test("the page of commands is what the program prints")
  func page() throws {
    var parts = [
      "# Commands",
      "What `plumb --help` and `plumb help COMMAND` print.",
      "```text\n\(try trimmedHelp([]))\n```",
    ]
    for command in try Self.commands() {
      parts.append("## plumb \(command)")
      parts.append("```text\n\(try trimmedHelp([command]))\n```")
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
      let lines = try trimmedHelp([command]).components(separatedBy: "\n")
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
      let help = try trimmedHelp([command])
      let usage = try #require(help.components(separatedBy: "\n").first { $0.hasPrefix("USAGE") })
      for line in help.components(separatedBy: "\n") where line.hasPrefix("  --") {
        let name = line.split { " ,/".contains($0) }.first ?? ""
        guard name != "--version", name != "--help" else { continue }
        #expect(help.contains("[\(name)") || usage.contains(name), "\(command): \(name)")
      }
    }
  }
}
