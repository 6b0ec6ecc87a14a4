import ArgumentParser
import SpecSyntax
import Training

/// Lists, compares and removes runs.
struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Lists, filters and compares runs, and removes them.",
    discussion: """
      `plumb runs` lists those under runs/, `plumb runs compare A B` shows what differs between \
      some, and `plumb runs rm RUN` removes them. `plumb help runs list` has the filters.
      """,
    subcommands: [List.self, RunsCompare.self, RunsRemove.self], defaultSubcommand: List.self)

  /// Lists runs.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists runs: when, how long, how good; also those that are unfinished or damaged.",
      discussion: """
        For example `plumb runs --filter 'accuracy > 0.9 and data ~ penguins' --sort accuracy`.

        A filter is conditions joined by `and`. A condition compares a field by =, !=, <, <=, >, \
        >= or ~ (contains) with a number, a word or a text in quotes. Fields are \
        \(RunField.texts.joined(separator: ", ")); \(RunField.numbers.joined(separator: ", ")); \
        the metrics, such as accuracy, test.accuracy and validation.accuracy; and the values of \
        the resolved spec, such as training.learning_rate. A run without the field is left out.

        --sort takes a field or `when`: the better metric first, the newest first, else the lesser.
        """)

    @Argument(help: "Runs, or folders that hold them; runs/ unless given.")
    var folders: [String] = []

    @Option(
      parsing: .singleValue,
      help: "Only runs that meet these conditions; may be repeated.")
    var filter: [String] = []

    @Option(help: ArgumentHelp("The order, by a field or `when`.", valueName: "field"))
    var sort: String?

    @Flag(help: "The other way round.")
    var reverse = false

    @Option(help: ArgumentHelp("No more than so many, the first of the order.", valueName: "count"))
    var limit: Int?

    @Option(help: "How the list is printed.")
    var format: OutputFormat = .text

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1") }
    }

    func run() throws {
      let filters = try filter.map(Runs.filter)
      var runs = try Runs.runs(in: folders)
      for filter in filters { try Runs.check(filter, runs) }
      let count = runs.count
      let needsValues =
        filters.contains(where: \.asksForSpec) || sort.map(RunField.isPath) == true
      var values: [String: [String: String]] = [:]
      if needsValues {
        for run in runs {
          values[run.folder] = Dictionary(
            run.specValues().map { ($0.path, $0.value) }, uniquingKeysWith: { $1 })
        }
      }
      runs.removeAll { run in
        !filters.allSatisfy { $0.accepts(run, values[run.folder] ?? [:]) }
      }
      if let sort {
        try checkSort(sort, runs)
        runs = RunField.sorted(runs, by: sort) { values[$0.folder] ?? [:] }
      }
      if reverse { runs.reverse() }
      if let limit { runs = Array(runs.prefix(limit)) }
      switch format {
      case .json: Console.print(RunsText(runs).json.text())
      case .text:
        guard !runs.isEmpty else {
          Console.error(count == 0 ? "there are no runs" : "none of \(count) runs is like that")
          return
        }
        Console.print(RunsText(runs).text)
      }
    }

    private func checkSort(_ name: String, _ runs: [RunSummary]) throws {
      let names = RunField.names(in: runs) + ["when"]
      let metric = name.split(separator: ".").last.map(String.init) ?? name
      guard !RunField.isPath(name), !names.contains(metric), !runs.isEmpty else { return }
      throw Failure(
        "--sort: no run has the field `\(escapedForTerminal(name))`",
        hint: RunField.hint(name, among: names))
    }
  }

  /// A filter as it was written, or where it is wrong.
  static func filter(_ text: String) throws -> RunFilter {
    do throws(RunFilter.Problem) {
      return try RunFilter(text)
    } catch {
      throw Failure(error)
    }
  }

  static func check(_ filter: RunFilter, _ runs: [RunSummary]) throws {
    do throws(RunFilter.Problem) {
      try filter.check(runs)
    } catch {
      throw Failure(error)
    }
  }

  /// All runs of some folders; of none, those under `runs`, of which there may be no folder yet.
  static func runs(in folders: [String]) throws -> [RunSummary] {
    do throws(TrainingError) {
      guard !folders.isEmpty else { return try RunSearch.usual() }
      var runs: [RunSummary] = []
      for folder in folders { runs += try RunSearch.runs(in: folder) }
      return runs
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// What is wrong with a filter, under the place where it is.
  fileprivate init(_ problem: RunFilter.Problem) {
    let excerpt = escapedForTerminal(problem.text)
    let isPlain = excerpt == problem.text
    self.init(
      "--filter: \(escapedForTerminal(problem.message)), at column \(problem.range.lowerBound + 1)"
        + (isPlain ? "\n\(problem.excerpt)" : ""), hint: problem.hint)
  }
}
