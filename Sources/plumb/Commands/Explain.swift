import ArgumentParser
import SpecCompiler
import SpecSyntax

/// Explains a code, a rule or a key.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule, a finding's code, or a key of the language.",
    discussion: """
      For example `plumb explain A203`, `plumb explain unknown-key`, `plumb explain epochs`.
      """)

  @Argument(help: "A code such as A203, a name such as unknown-key, or a key such as batch_size.")
  var subject: String

  func run() throws {
    guard let text = explanation(of: subject) else {
      let similar = nearest(to: subject, among: explainableNames)
      let hint = similar.isEmpty
        ? "codes are a letter and three digits; `plumb lint` prints them"
        : "did you mean " + similar.map { "`\($0)`" }.joined(separator: " or ") + "?"
      throw Failure(
        "there is nothing called `\(escapedForTerminal(subject))` to explain", hint: hint)
    }
    Console.print(text)
  }
}
