import ArgumentParser
import Tables
import Training

/// Measures a run on a table.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures a trained run on a table, or shows what it measured on its own.")

  @Argument(
    help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Argument(help: "A table with the target column; without it, the run's own test rows.")
  var data: String?

  @Option(help: "The label file that belongs to an IDX image file.")
  var labels: String?

  @Option(help: "How the result is printed.")
  var format: OutputFormat = .text

  func run() throws {
    let opened = try openRun(folder)
    guard let data else {
      try show(opened.outcome.metrics.test ?? opened.outcome.metrics.validation ?? [:], opened, nil)
      return
    }
    let table = try readTable(data, labels: labels, for: opened)
    do throws(TrainingError) {
      let evaluation = try opened.evaluate(table)
      try report(evaluation.metrics, opened, evaluation.rows)
    } catch {
      throw Failure(error)
    }
  }

  private func report(
    _ metrics: [String: Double], _ run: Run, _ rows: Int?
  ) throws(TrainingError) {
    do { try show(metrics, run, rows) } catch { throw TrainingError("\(error)") }
  }

  private func show(_ metrics: [String: Double], _ run: Run, _ rows: Int?) throws {
    switch format {
    case .json: try Console.json(Report(run: run.folder, rows: rows, metrics: metrics))
    case .text:
      let names = run.shown.isEmpty ? metrics.keys.sorted() : run.shown
      let width = names.map(\.count).max() ?? 0
      if let rows { Console.print("\(rows) rows with a target") }
      for name in names {
        guard let value = metrics[name] else { continue }
        let gap = String(repeating: " ", count: width - name.count + 2)
        Console.print(name + gap + figure(value))
      }
    }
  }

  private struct Report: Encodable {
    var run: String
    var rows: Int?
    var metrics: [String: Double]
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
