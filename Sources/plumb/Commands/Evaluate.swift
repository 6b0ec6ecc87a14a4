import ArgumentParser
import Tables
import Training

/// Measures a run on a table.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures a trained run on a table, or shows what it measured on its own.")

  @Argument(
    help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Argument(help: "A table with the target column; without it, the run's own test rows.")
  var data: String?

  @Option(help: "The label file that belongs to an IDX or NPY file.")
  var labels: String?

  @Option(help: "How the result is printed.")
  var format: OutputFormat = .text

  func run() throws {
    let opened = try openRun(folder)
    guard let data else {
      let metrics = opened.outcome.metrics.test ?? opened.outcome.metrics.validation
      try show(metrics ?? [:], metrics == nil ? nil : opened.outcome.breakdown, opened, nil)
      return
    }
    let table = try readTable(data, labels: labels, for: opened)
    do throws(TrainingError) {
      let evaluation = try opened.evaluate(table)
      try report(evaluation, opened)
    } catch {
      throw Failure(error)
    }
  }

  private func report(_ evaluation: RunEvaluation, _ run: Run) throws(TrainingError) {
    do {
      try show(evaluation.metrics, evaluation.breakdown, run, evaluation.rows)
    } catch {
      throw TrainingError("\(error)")
    }
  }

  private func show(
    _ metrics: [String: Double], _ breakdown: Breakdown?, _ run: Run, _ rows: Int?
  ) throws {
    switch format {
    case .json:
      try Console.json(
        Report(run: run.folder, rows: rows, metrics: metrics, breakdown: breakdown))
    case .text:
      let names = run.shown.isEmpty ? metrics.keys.sorted() : run.shown
      let width = names.map(\.count).max() ?? 0
      if let rows { Console.print("\(rows) rows with a target") }
      for name in names {
        let gap = String(repeating: " ", count: width - name.count + 2)
        Console.print(name + gap + (metrics[name].map(figure) ?? "–"))
      }
      if let breakdown {
        for line in BreakdownText(breakdown).lines { Console.print(line) }
      }
    }
  }

  private struct Report: Encodable {
    var run: String
    var rows: Int?
    var metrics: [String: Double]
    var breakdown: Breakdown?
  }
}

/// Opens a run folder.
func openRun(_ folder: String) throws -> Run {
  do throws(TrainingError) {
    return try Run.open(folder)
  } catch {
    throw Failure(error)
  }
}

/// Reads a table as a run was trained on; `-` is standard input.
func readTable(_ path: String, labels: String?, for run: Run) throws -> Table {
  do throws(TableError) {
    if path == "-" {
      let bytes = try readStandardInput(maximumBytes: run.tableOptions.maximumBytes)
      return try readTable(bytes: bytes, name: "<stdin>", options: run.tableOptions)
    }
    return try Tables.readTable(at: path, labels: labels, options: run.tableOptions)
  } catch {
    throw Failure(error.words, hint: error.hint)
  }
}
