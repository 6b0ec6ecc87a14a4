import SpecSyntax
import Tuning

/// What to say where more trials are to be trained at a time than the study lets be.
struct IdleWorkers {
  let message: String
  let hint: String

  /// Nil where all workers that were asked for find something to do.
  init?(_ workers: Int?, of study: StudySettings) {
    guard let workers, workers > study.parallel else { return nil }
    message =
      "\(workers - study.parallel) of \(counted(workers, "worker")) find nothing to do: "
      + "`search.parallel` of the study `\(study.name)` is \(study.parallel)"
    hint =
      "begin another study for more, with `--set search.parallel=\(workers) "
      + "--study \(quoted("\(study.name)-\(workers)"))`"
  }

  /// Both as a line for people.
  var line: String { escapedForTerminal("note: \(message); \(hint)") }
}
