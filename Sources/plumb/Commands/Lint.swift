import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// Checks specs: the arguments of `LintJob`.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Named as a part of plumb, it is not asked for completions of its own when read alone.
    commandName: "lint", _superCommandName: "plumb",
    abstract: "Checks specs: every mistake, located, at once.",
    usage: """
      plumb lint [<path> ...] [--set <key=value> ...] [--no-data]
                 [--max-table-size <megabytes>] [--no-cache] [--allow-outside]
                 [--format <format[=file]> ...] [--statistics] [--show-files]
                 [--config <file>] [--isolated] [--no-ignore-comments]
                 [--baseline <file>] [--write-baseline <file>] [--sarif-suppressed]
                 [--fail-on <level>] [--max-warnings <number>] [--exit-zero]
                 [--exclude <pattern> ...] [--force-exclude] [--no-ignore]
                 [--allow-no-files] [--stdin-filename <path>]
                 [--fix] [--diff] [--unsafe-fixes] [--fix-only <code> ...]
      """,
    discussion: """
      In a folder, files whose first key is `plumb` are specs; a file that is named always is. \
      What .gitignore names is passed over. The nearest .plumb.yaml in a spec's folder or above \
      it sets levels, thresholds and more; `plumb config show` prints what holds.

      Exit code 1 when a finding is at or above the threshold of --fail-on, 2 when a spec cannot \
      be read. Advice is printed but does not fail unless asked.
      """)

  /// The thresholds of a configuration, as an argument.
  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error, warning, advice, never

    var level: Level? { FailThreshold(rawValue: rawValue)?.level }
  }

  @Argument(
    help: ArgumentHelp(
      "Specs, folders, or quoted patterns such as 'specs/**/*.yaml'; `-` is standard input.",
      valueName: "path"))
  var paths: [String] = ["."]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A value for this check; may be repeated.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "How findings are written, and to which file; may be repeated.",
      valueName: "format[=file]"))
  var format: [LintFormat] = []

  @OptionGroup var project: ProjectOptions

  @Option(
    help: ArgumentHelp(
      "Findings that are known and not reported: a file of --write-baseline.", valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write what is found to a baseline, and report what it cannot hold.", valueName: "file"))
  var writeBaseline: String?

  @Flag(help: "Put suppressed findings into SARIF, marked as such.")
  var sarifSuppressed = false

  @Option(
    help: ArgumentHelp(
      "The least level that makes the exit code 1; error unless configured.", valueName: "level"))
  var failOn: Threshold?

  @Option(help: ArgumentHelp("More warnings than this make the exit code 1.", valueName: "number"))
  var maxWarnings: Int?

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What is passed over in folders, as in .gitignore; may be repeated.", valueName: "pattern"))
  var exclude: [String] = []

  @Flag(help: "Pass over files that --exclude matches even when they are named.")
  var forceExclude = false

  @Flag(help: "Check files that .gitignore names, too.")
  var noIgnore = false

  @Flag(help: "Exit with 0 when there is no spec to check.")
  var allowNoFiles = false

  @Flag(help: "List the specs that would be checked, and end.")
  var showFiles = false

  @Option(
    help: ArgumentHelp(
      "The name of standard input in reports; paths in it are relative to its folder.",
      valueName: "path"))
  var stdinFilename: String?

  @Flag(help: "Print how often each kind of finding occurs, in place of the findings.")
  var statistics = false

  @Flag(help: "Do not read the tables.")
  var noData = false

  @Option(
    help: ArgumentHelp(
      "Larger tables, also after unpacking, are not read, which is said.",
      valueName: "megabytes"))
  var maxTableSize = 256

  @Flag(help: "Check every spec and read every table anew, and keep nothing for the next time.")
  var noCache = false

  @OptionGroup var outside: OutsideOption

  @Flag(help: "Write the fixes that leave training as it is into the specs.")
  var fix = false

  @Flag(help: "Show what fixes would change, and write nothing; exit with 1 if they would.")
  var diff = false

  @Flag(help: "Fix what may change the trained model, too.")
  var unsafeFixes = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Fix only findings of this code or name; may be repeated.", valueName: "code"))
  var fixOnly: [String] = []

  func validate() throws {
    if unsafeFixes || !fixOnly.isEmpty, !fix, !diff {
      throw ValidationError("--unsafe-fixes and --fix-only go with --fix or --diff")
    }
    for name in fixOnly where FindingNames.code(of: name) == nil {
      throw ValidationError("--fix-only: there is no finding `\(name)`")
    }
    guard (1...2000).contains(maxTableSize) else {
      throw ValidationError("--max-table-size takes a number from 1 to 2000")
    }
    if let maxWarnings, maxWarnings < 0 {
      throw ValidationError("--max-warnings takes a whole number from 0 up")
    }
    if writeBaseline != nil, fix || diff {
      throw ValidationError("--write-baseline goes without --fix and --diff")
    }
    if writeBaseline != nil, baseline != nil {
      throw ValidationError("--write-baseline and --baseline exclude each other")
    }
    guard format.count(where: { $0.file == nil }) <= 1 else {
      throw ValidationError("only one --format can go to standard output: give the others a file")
    }
  }

  func run() throws { try LintJob(self).run() }
}
