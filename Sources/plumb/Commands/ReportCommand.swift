import ArgumentParser
import Reporting
import Training

/// Writes the page of a run, or of several side by side.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes one HTML page about a run, several runs side by side, or a study.",
    discussion: """
      The page stands alone: no script, nothing fetched; light or dark as the reader's screen, \
      readable on a phone and printable. It has the verdict, the curves, where the run errs, what \
      it takes from each column, the network, every value of the spec with its origin, and the \
      advice that is still open. The same run gives the same bytes.

      What needs rows is computed from the run's own table, found where training found it, as seen \
      from the current folder, or at --data. Where it is gone or another one, the page says which \
      parts are missing and why.

      A study is named by its file, as studies/penguins.db, or by its address, as \
      postgres://user@host/database?study=NAME. Its page has the best trial, the history, the \
      front of two objectives, every value beside what came of it, which values matter alone and \
      in pairs, the curves, and all trials. Optuna's studies are read too.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders of runs, such as runs/penguins/1, or one study, such as studies/penguins.db.",
      valueName: "run"))
  var folders: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the page goes; `-` is standard output. Of one run, RUN/report.html unless given.",
      valueName: "file"))
  var output: String?

  @Option(help: "The table the run was trained on, if it is elsewhere now.")
  var data: String?

  @Option(help: "The label file that belongs to --data.")
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "A new folder for the trials of a study, as TensorBoard shows hyperparameters.",
      valueName: "folder"))
  var tensorboard: String?

  @Flag(help: "Leave out the importance of columns, which takes the most time.")
  var noImportance = false

  /// Side by side, more would not fit.
  private static let mostRuns = 8

  func validate() throws {
    guard folders.count <= Self.mostRuns else {
      throw ValidationError("a page compares at most \(Self.mostRuns) runs")
    }
    guard folders.count == 1 || output != nil else {
      throw ValidationError("several runs share no folder: name the page with --output FILE.html")
    }
    guard folders.count == 1 || data == nil else {
      throw ValidationError("--data goes with one run")
    }
  }

  func run() throws {
    if folders.count == 1, let study = StudyReport(folders[0]) {
      guard data == nil, labels == nil else {
        throw Failure("--data and --labels go with a run: a study has no rows of its own")
      }
      return try study.write(to: output, board: tensorboard)
    }
    guard tensorboard == nil else {
      throw Failure("--tensorboard goes with a study: a run's folder has its events already")
    }
    let isSingle = folders.count == 1
    let runs = try folders.map { folder in
      try RunReport(
        folder: folder, data: data, labels: labels, measuresImportance: isSingle && !noImportance
      ).run()
    }
    let html = isSingle ? RunPage(runs[0]).html : RunsPage(runs).html
    if output == "-" { return Console.print(html) }
    let path = output ?? "\(folders[0].droppingSlashes)/report.html"
    try writeWhole(html, to: path)
    Console.print(path)
  }
}

extension String {
  /// Without slashes at the end, except for the root.
  fileprivate var droppingSlashes: String {
    var result = self
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return result
  }
}
