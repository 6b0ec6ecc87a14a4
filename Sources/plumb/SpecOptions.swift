import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How a command on a spec prints its result.
struct FormatOption: ParsableArguments {
  @Option(help: "How the result is printed.")
  var format: OutputFormat = .text
}

/// What all commands on a spec take.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The spec; `-` is standard input.")
  var spec: String

  @OptionGroup var values: SpecValues

  /// Compiles the spec as `SpecValues` does.
  func compileWithoutErrors(
    _ bounds: FileBounds = .none, in environment: Environment? = nil
  ) throws -> Compilation {
    try values.compileWithoutErrors(try readSpec(spec), bounds, in: environment)
  }
}

/// What is said of a spec beside its own text.
struct SpecValues: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A value for this run, such as training.batch_size=64; may be repeated.",
      valueName: "key=value"))
  var overrides: [String] = []

  @OptionGroup var project: ProjectOptions

  /// Compiles a spec as the project wants it judged; what keeps it from working is printed, even
  /// if a comment suppresses it, and ends the program.
  ///
  /// - Parameters:
  ///   - environment: what reads files, where several compilations share it.
  ///   - refused: told the mistakes and the exit code that follows.
  func compileWithoutErrors(
    _ text: SourceText, _ bounds: FileBounds = .none, in environment: Environment? = nil,
    refused: (Findings, Exit) -> Void = { _, _ in }
  ) throws -> Compilation {
    try compileWithoutErrors(
      text, further: [], in: environment ?? .files(bounds), refused: refused)
  }

  /// The same with values that other options set, and with files that are found in another way.
  func compileWithoutErrors(
    _ text: SourceText, further: [Override], in environment: Environment,
    refused: (Findings, Exit) -> Void
  ) throws -> Compilation {
    let settings = try project.settings(for: text.name == "<stdin>" ? "-" : text.name)
    let compilation = SpecCompiler.compile(
      text, overrides: overrides.map { Override($0) } + further, in: environment,
      settings: settings.rules)
    guard compilation.hasErrors else {
      return settings.judge(
        compilation, obeysComments: !project.noIgnoreComments, judgesUnused: overrides.isEmpty)
    }
    let errors = compilation.diagnostics.filter { $0.level == .error }
    let findings = Findings(errors, compilation.sources)
    let exit = isUnreadableTable(errors) ? Exit.unusable : Exit.findings
    refused(findings, exit)
    Console.error(findings.text(isColoured: Console.isColoured))
    throw exit
  }

  private func isUnreadableTable(_ errors: [Diagnostic]) -> Bool {
    errors.allSatisfy { $0.code == .unreadableData }
  }
}

/// Whether paths may lead out of the project, for commands that only look at specs.
struct OutsideOption: ParsableArguments {
  @Flag(help: "Follow paths that lead out of the project, as a spec of your own may have.")
  var allowOutside = false

  /// What may be opened for a spec.
  func bounds(for spec: String) -> FileBounds {
    .checking(spec, allowsOutside: allowOutside)
  }
}

/// Findings as text, with a closing line that counts them.
struct Findings {
  let diagnostics: [Diagnostic]
  let sources: [SourceText]

  init(_ diagnostics: [Diagnostic], _ sources: [SourceText]) {
    self.diagnostics = diagnostics
    self.sources = sources
  }

  func text(isColoured: Bool) -> String {
    let style = TextStyle(color: isColoured)
    return diagnostics.map { render($0, in: sources, style: style) }.joined(separator: "\n")
  }

  /// "3 findings (1 error, 2 advice), 1 suppressed".
  static func count(_ diagnostics: [Diagnostic], suppressed: Int = 0) -> String {
    words(
      errors: diagnostics.count { $0.level == .error },
      warnings: diagnostics.count { $0.level == .warning },
      advice: diagnostics.count { $0.level == .advice }, suppressed: suppressed)
  }

  /// The same of numbers of findings.
  static func words(errors: Int, warnings: Int, advice: Int, suppressed: Int) -> String {
    let rest = suppressed == 0 ? "" : ", \(suppressed) suppressed"
    let total = errors + warnings + advice
    guard total > 0 else { return "no findings" + rest }
    let parts = [
      errors == 0 ? nil : errors == 1 ? "1 error" : "\(errors) errors",
      warnings == 0 ? nil : warnings == 1 ? "1 warning" : "\(warnings) warnings",
      advice == 0 ? nil : "\(advice) advice",
    ].compactMap { $0 }
    let noun = total == 1 ? "finding" : "findings"
    return "\(total) \(noun) (\(parts.joined(separator: ", ")))" + rest
  }
}
