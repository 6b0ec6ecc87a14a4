import SpecSyntax
import Tables
import Training

/// Predicts tables piece by piece and says which rows cannot be predicted.
final class PredictionJob {
  private let trained: Run
  private let kept: RowReader.Kept
  private let format: PredictionFormat
  private let onError: Predict.OnError
  private let output: PredictionOutput
  private let predictor: Predictor
  private var writer: PredictionWriter?
  private var problems = Counter(most: 20)
  private var strangers = Counter(most: 5)

  /// What was said, and how much more there was.
  private struct Counter {
    let most: Int
    var count = 0

    init(most: Int) { self.most = most }

    /// Says a line while few were said.
    mutating func say(_ line: @autoclosure () -> String) {
      count += 1
      if count <= most { Console.error("warning: \(line())") }
    }
  }

  init(
    _ run: Run, kept: RowReader.Kept, format: PredictionFormat, onError: Predict.OnError,
    output: PredictionOutput
  ) throws(Failure) {
    (trained, self.kept, self.format) = (run, kept, format)
    (self.onError, self.output) = (onError, output)
    do throws(TrainingError) {
      predictor = try Predictor(run)
    } catch {
      throw Failure(error)
    }
  }

  /// Predicts all tables into one output.
  func run(_ paths: [String]) throws {
    for path in paths { try predict(path) }
    try output.finish()
    let outcome = onError == .skip ? "left out" : "written without a prediction"
    if problems.count > 0 {
      let rows = problems.count == 1 ? "1 row" : "\(problems.count) rows"
      Console.error("\(rows) could not be predicted: \(outcome)")
    }
    if strangers.count > 0 {
      let cells = strangers.count == 1 ? "1 cell" : "\(strangers.count) cells"
      Console.error("\(cells) held a category that training has not seen: taken as unknown")
    }
  }

  private func predict(_ path: String) throws {
    let name = path == "-" ? "<stdin>" : path
    var rows = try whileTraining { () throws(TrainingError) in
      try trained.rows(of: path, keeping: kept, shouldStop: { Interruption.isRequested })
    }
    let writer = try writer(for: rows, name)
    while true {
      let next = try whileTraining { () throws(TrainingError) in
        try predictor.next(of: &rows)
      }
      guard let (batch, predicted) = next else { return }
      try report(batch, predicted, name)
      try output.write(writer.lines(batch, predicted, writesEmpty: onError == .empty))
      // The file that was begun goes with the output.
      if Interruption.isRequested { throw Failure("interrupted", exit: .interrupted) }
    }
  }

  /// The writer of the first table, whose kept columns all others must have.
  private func writer(for rows: RowReader, _ name: String) throws(Failure) -> PredictionWriter {
    if let writer {
      guard writer.keptNames == rows.keptNames else {
        throw Failure(
          "`\(name)` has other columns than the first table",
          hint: "name the columns to copy with `--keep`")
      }
      return writer
    }
    let made = try whileTraining { () throws(TrainingError) in
      try PredictionWriter(trained, keptNames: rows.keptNames, format: format)
    }
    let known = trained.knownColumns
    let strange = rows.names.filter { !known.contains($0) && !rows.keptNames.contains($0) }
    if !strange.isEmpty {
      let some = strange.prefix(5).map { "`\(escapedForTerminal($0))`" }.joined(separator: ", ")
      let more = strange.count > 5 ? " and \(strange.count - 5) more" : ""
      Console.error("note: `\(name)` has columns that the run does not use: \(some)\(more)")
    }
    writer = made
    try output.write(made.head)
    return made
  }

  /// Says which rows have problems; stops at the first one if asked.
  private func report(
    _ batch: RowBatch, _ predicted: BatchPredictions, _ name: String
  ) throws(Failure) {
    for (_, problem) in batch.problems.sorted(by: { $0.key < $1.key }) {
      guard onError != .stop else {
        throw Failure(
          "`\(name)`, \(problem.words)",
          hint: "`--on-error skip` leaves such rows out, `--on-error empty` writes them without a "
            + "prediction")
      }
      problems.say("`\(name)`, \(problem.words)")
    }
    for stranger in predicted.strangers { strangers.say("`\(name)`, \(stranger.words)") }
  }

  private func whileTraining<Value>(
    _ body: () throws(TrainingError) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch {
      // What stopped waiting for standard input is no failure of its own.
      if Interruption.isRequested { throw Failure("interrupted", exit: .interrupted) }
      throw Failure(error)
    }
  }
}
