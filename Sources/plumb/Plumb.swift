import ArgumentParser

/// The program: arguments in, one function of one module called, text out.
struct Plumb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumb",
    abstract: "Checks, sizes and trains neural networks from YAML model specs.",
    discussion: """
      A spec names a table and what to predict; everything else it leaves open is decided by \
      named rules. Start with `plumb new DATA --target COLUMN`.

      Exit codes: 0 fine; 1 findings at or above the threshold; 2 wrong usage, unreadable input \
      or a failure of the machine; 3 the training itself failed; 130 interrupted.
      """,
    version: version,
    subcommands: [
      New.self, ProfileData.self, Lint.self, Advise.self, Explain.self, RulesCommand.self,
      Resolve.self, Compile.self, WhatIf.self, Train.self, Tune.self, WorkerCommand.self,
      Runs.self, Evaluate.self, Predict.self, Serve.self, ReportCommand.self, Diff.self,
      Export.self, Schema.self, Config.self,
    ])

  /// The program's version.
  static let version = "0.1.0"

  /// The command that arguments ask for.
  ///
  /// A command that is named and has no mistake in its own arguments is read alone, which is most
  /// of starting up. Everything else, help and mistakes among it, is read as the whole program.
  fileprivate static func command(
    _ arguments: ArraySlice<String>
  ) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0._commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    if let named, let command = try? named.parse(Array(arguments.dropFirst())) { return command }
    return try parseAsRoot(Array(arguments))
  }
}

@main
enum Program {
  static func main() {
    do {
      let arguments = CommandLine.arguments.dropFirst()
      if arguments.first == "lint", let job = LintJob(plain: arguments.dropFirst()) {
        try job.run()
      } else {
        var command = try Plumb.command(arguments)
        try command.run()
      }
    } catch let exit as Exit {
      finish(exit.rawValue)
    } catch let failure as Failure {
      Console.error(failure.text)
      finish(failure.exit.rawValue)
    } catch {
      let code = Plumb.exitCode(for: error)
      guard code != .success else {
        Console.print(Plumb.fullMessage(for: error))
        finish(Exit.fine.rawValue)
      }
      Console.error(Plumb.fullMessage(for: error))
      finish(code == .validationFailure ? Exit.unusable.rawValue : code.rawValue)
    }
  }
}

/// How the program ends.
enum Exit: Int32, Error {
  case fine = 0
  /// The spec has findings at or above the threshold.
  case findings = 1
  /// Wrong usage, unreadable input, or a failure of the machine.
  case unusable = 2
  /// The run itself failed.
  case failedRun = 3
  case interrupted = 130
}

/// An end with words for standard error.
struct Failure: Error {
  var message: String
  /// What to do about it, best first.
  var hints: [String]
  /// What stands before the message: mistakes with their places.
  var findings: String?
  var exit: Exit

  init(_ message: String, hint: String? = nil, exit: Exit = .unusable) {
    self.init(message, hints: hint.map { [$0] } ?? [], exit: exit)
  }

  init(_ message: String, hints: [String], exit: Exit = .unusable) {
    (self.message, self.hints, self.exit) = (message, hints, exit)
  }

  var text: String {
    let lines = [findings, "error: \(message)"].compactMap { $0 } + hints.map { "help: \($0)" }
    return lines.joined(separator: "\n")
  }
}
