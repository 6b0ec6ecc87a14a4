import ArgumentParser
import SpecCompiler
import SpecSyntax

/// Prints the complete spec.
struct Resolve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Prints the complete spec, each value with its origin.",
    discussion: """
      Every value that the spec leaves open is decided by a rule or a named default, which the \
      comment beside it names. The text is a spec again: saved and trained, it gives the same model.
      """)

  @OptionGroup var options: SpecOptions
  @OptionGroup var output: FormatOption
  @OptionGroup var outside: OutsideOption

  func run() throws {
    let compilation = try options.compileWithoutErrors(outside.bounds(for: options.spec))
    guard let resolution = compilation.resolution else { throw Exit.findings }
    switch output.format {
    case .text: Console.print(resolution.text)
    case .json: try Console.json(Report(name: compilation.name, values: resolution.values))
    }
    for reason in compilation.notChecked { Console.error("not decided: \(reason)") }
  }

  private struct Report: Encodable {
    var name: String
    var values: [Resolution.Value]
  }
}
