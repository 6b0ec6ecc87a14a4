import ArgumentParser

@main
struct Plumb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumb",
    abstract: "Checks, sizes and trains neural networks from YAML model specs.",
    version: "0.1.0")
}
