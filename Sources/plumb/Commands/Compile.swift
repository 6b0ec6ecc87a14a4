import ArgumentParser
import NetworkGraph
import SpecCompiler
import SpecSyntax

/// Prints the network.
struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Prints the network: layers, shapes, parameters, operations, memory.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var output: FormatOption
  @OptionGroup var outside: OutsideOption

  func run() throws {
    let compilation = try options.compileWithoutErrors(outside.bounds(for: options.spec))
    guard let summary = compilation.summary else {
      throw Failure(
        "the network cannot be built without the table",
        hint: compilation.notChecked.first)
    }
    switch output.format {
    case .json: try Console.json(summary)
    case .text: Console.print(summary.text)
    }
  }
}
