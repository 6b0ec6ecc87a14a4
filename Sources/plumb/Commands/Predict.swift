import ArgumentParser
import Tables
import Training

/// Predicts with a run.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts with a trained run: a line for each row of a table.",
    discussion: """
      A class is printed with the probability of every class, or with its score where the loss \
      gives none; a number in the unit of the target, with its quantiles where the loss has \
      several. The target column need not be in the table.
      """)

  /// How predictions are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, json
  }

  @Argument(
    help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Argument(help: "The table; `-` is standard input.")
  var data: String

  @Option(help: "csv, or json for one JSON object a line.")
  var format: Format = .csv

  func run() throws {
    let opened = try openRun(folder)
    let table = try readTable(data, labels: nil, for: opened)
    for cell in table.badCells.prefix(5) {
      Console.error(
        "warning: row \(cell.row) holds `\(cell.value)` in `\(cell.column)`; taken as missing")
    }
    let predictions: Predictions
    do throws(TrainingError) {
      predictions = try opened.predict(table)
    } catch {
      throw Failure(error)
    }
    switch format {
    case .csv: Console.print(PredictionText(predictions).csv)
    case .json: Console.print(PredictionText(predictions).jsonLines)
    }
  }
}

/// Predictions as lines of text.
struct PredictionText {
  private let names: [String]
  private let rows: [[String]]
  /// Whether a column holds text, which JSON puts in quotes.
  private let isText: [Bool]

  init(_ predictions: Predictions) {
    switch predictions {
    case .classes(let classes):
      names = ["prediction"] + classes.classes.map { "\(classes.kind.rawValue)_\($0)" }
      isText = [true] + classes.classes.map { _ in false }
      rows = (0..<classes.rowCount).map { row in
        [classes.classes[classes.winner(row)]] + classes.row(row).map { "\(Float($0))" }
      }
    case .numbers(let numbers):
      let count = numbers.targets.count
      let plain = count == 1 ? ["prediction"] : numbers.targets.map { "prediction_\($0)" }
      let quantiles = numbers.quantiles.count > 1 ? numbers.quantiles : []
      names = plain + quantiles.flatMap { quantile in
        plain.map { "quantile_\(quantile.level)" + $0.dropFirst("prediction".count) }
      }
      isText = names.map { _ in false }
      rows = (0..<numbers.rowCount).map { row in
        let places = (row * count)..<((row + 1) * count)
        return ([numbers.values] + quantiles.map(\.values)).flatMap { values in
          values[places].map { "\(Float($0))" }
        }
      }
    }
  }

  /// A header and a line for each row.
  var csv: String {
    ([names] + rows).map { $0.map(cell).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// An object for each row.
  var jsonLines: String {
    rows.map { row in
      let fields = row.indices.map { column in
        let value = isText[column] ? JSONText.of(row[column], layout: .line) : row[column]
        return "\(JSONText.of(names[column], layout: .line)):\(value)"
      }
      return "{" + fields.joined(separator: ",") + "}\n"
    }.joined()
  }

  private func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
