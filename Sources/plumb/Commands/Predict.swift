public import ArgumentParser
import Tables
public import Training

/// Predicts with a run.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts with a trained run: a line for each row of a table.",
    discussion: """
      A class is written with the probability of every class, or with its score where the loss \
      gives none; a number in the unit of the target, with its quantiles where the loss has \
      several. Neither the target column nor others that training ignored need be in the table.

      Tables are CSV, TSV or JSON Lines, or gzip of one, of any length: a piece is in memory at a \
      time. IDX and NPY are read whole. Cells without a value are filled in as in training; a \
      category that training has not seen counts as unknown, which is said.

      A row has a problem where a cell is not of its column's type, or the row has too few or too \
      many cells. `--on-error stop` ends there; `skip` leaves the row out; `empty` writes it \
      without a prediction. Either way the row is named on standard error.
      """)

  /// What becomes of a row that cannot be predicted.
  enum OnError: String, ExpressibleByArgument, CaseIterable {
    case stop, skip, empty
  }

  @Argument(
    help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Argument(help: "The tables, one after another; without any, or for `-`, standard input.")
  var data: [String] = []

  @Option(
    name: .shortAndLong,
    help: "The file to write, packed where its name ends in .gz; without it standard output.")
  var output: String?

  @Flag(help: "Overwrites a file that is there already.")
  var force = false

  @Option(help: "csv, tsv or jsonl; without it what the name of the output says, else csv.")
  var format: PredictionFormat?

  @Option(
    help: ArgumentHelp(
      "A column of the table to copy in front of the predictions; may be given several times.",
      valueName: "column"))
  var keep: [String] = []

  @Flag(help: "Copies all columns of the table.")
  var keepAll = false

  @Option(help: "What to do with a row that cannot be predicted: stop, skip or empty.")
  var onError: OnError = .stop

  func run() throws {
    let opened = try openRun(folder)
    guard !data.isEmpty || !Console.readsTerminal else {
      throw Failure("name a table to predict", hint: "`-` reads standard input")
    }
    if output != nil { Interruption.listen() }
    var names: [String] = []
    for name in keep where !names.contains(name) { names.append(name) }
    let job = try PredictionJob(
      opened, kept: keepAll ? .all : .columns(names),
      format: format ?? output.flatMap(PredictionFormat.init(of:)) ?? .csv, onError: onError,
      output: PredictionOutput(output, force: force))
    try job.run(data.isEmpty ? ["-"] : data)
  }
}

extension PredictionFormat: ExpressibleByArgument {
  public init?(argument: String) {
    // Earlier the name of an object a line.
    self.init(rawValue: argument == "json" ? "jsonl" : argument)
  }
}
