import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables

/// Prints sizes and advice.
struct Advise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Prints the sizing table and all advice, with reasons and sources.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var outside: OutsideOption

  func run() throws {
    let compilation = try options.compileWithoutErrors(outside.bounds(for: options.spec))
    switch options.format {
    case .json:
      try Console.json(
        Report(
          sizing: compilation.facts?.sizing,
          findings: compilation.diagnostics.map { $0.json(in: compilation.sources) }))
    case .text:
      Console.print(text(of: compilation))
    }
  }

  private struct Report: Encodable {
    var sizing: Sizing?
    var findings: [JSONValue]
  }

  private func text(of compilation: Compilation) -> String {
    var parts = [compilation.dataWords]
    if let sizing = compilation.facts?.sizing { parts.append(sizing.text) }
    parts += compilation.notChecked.map { "not known: \($0)" }
    let findings = compilation.diagnostics.sorted { $0.level > $1.level }
    let suppressed = compilation.suppressed.count
    if findings.isEmpty {
      parts.append(
        "nothing else to advise on this spec"
          + (suppressed == 0 ? "" : ": \(suppressed) suppressed by comments"))
    } else {
      parts.append(
        Findings(findings, compilation.sources).text(isColoured: Console.isColoured))
      parts.append(Findings.count(findings, suppressed: suppressed))
    }
    parts.append("next: plumb explain CODE for the reasons, plumb train \(options.spec) to see")
    return parts.joined(separator: "\n\n")
  }
}
