import Foundation
import TestSupport
import Testing

@Suite("the tour in README.md")
struct ReadmeTests {
  /// A command and the lines that it should print; `…` stands for anything.
  struct Step: Sendable, CustomTestStringConvertible {
    var command: String
    var expected: [String]
    var testDescription: String { command }
  }

  /// The commands of all console blocks, in order.
  static let steps: [Step] = {
    var steps: [Step] = []
    var isConsole = false
    for line in Repository.text("README.md").components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isConsole = line == "```console"
      } else if isConsole, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: []))
      } else if isConsole, !steps.isEmpty {
        steps[steps.count - 1].expected.append(line)
      }
    }
    return steps
  }()

  @Test("prints what the page shows")
  func tour() throws {
    #expect(Self.steps.count >= 9)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in Repository.files(below: "specs/examples", ending: ".csv") {
      let name = (file as NSString).lastPathComponent
      try FileManager.default.copyItem(
        atPath: Repository.path(file), toPath: "\(folder)/\(name)")
    }
    for step in Self.steps {
      let printed = try Tool.shell(step.command, in: folder)
      let place = Self.firstMismatch(printed.components(separatedBy: "\n"), step.expected)
      #expect(place == nil, "\(step.command): no line like `\(place ?? "")` in\n\(printed)")
    }
  }

  /// The first expected line that the output does not have in its place; nil if all are there.
  static func firstMismatch(_ lines: [String], _ expected: [String]) -> String? {
    var position = 0
    var mayPass = false
    for line in expected {
      if line == "…" {
        mayPass = true
        continue
      }
      let rest = lines[min(position, lines.count)...]
      guard let found = rest.firstIndex(where: { matches($0, line) }),
        mayPass || found == position
      else { return line }
      position = found + 1
      mayPass = false
    }
    return nil
  }

  private static func matches(_ line: String, _ pattern: String) -> Bool {
    guard !line.isEmpty || pattern.isEmpty, pattern.contains("…"), line != pattern else {
      return line == pattern
    }
    var rest = line[...]
    let parts = pattern.components(separatedBy: "…")
    for (index, part) in parts.enumerated() where !part.isEmpty {
      let blank = part.hasSuffix(" ") ? String(part.dropLast()) : part
      guard let range = rest.range(of: blank), index > 0 || range.lowerBound == rest.startIndex
      else { return false }
      rest = rest[range.upperBound...]
    }
    return parts.last?.isEmpty == true || rest.isEmpty
  }

  @Test("a page that shows something else would be found")
  func notices() {
    #expect(Self.firstMismatch(["a", "b", "c"], ["a", "…", "c"]) == nil)
    #expect(Self.firstMismatch(["a", "b", "c"], ["a", "c"]) == "c")
    #expect(Self.firstMismatch(["accuracy 0.9"], ["accuracy …"]) == nil)
    #expect(Self.firstMismatch(["f1 0.9"], ["accuracy …"]) == "accuracy …")
  }
}
