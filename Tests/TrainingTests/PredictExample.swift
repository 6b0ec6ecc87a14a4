import Tables
import Training

/// Predicts a table of any length, and prints each row's most probable class.
func printClasses(run folder: String, table path: String) throws {
  let run = try Run.open(folder)
  let predictor = try Predictor(run)
  var rows = try run.rows(of: path)
  while let (batch, predicted) = try predictor.next(of: &rows) {
    for problem in batch.problems.values { print(problem.words) }
    guard case .classes(let classes) = predicted.predictions else { return }
    for row in 0..<classes.rowCount {
      print(classes.classes[classes.winner(row)], classes.row(row).max() ?? 0)
    }
  }
}
