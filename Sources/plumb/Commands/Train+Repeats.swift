import SpecCompiler
import Training

extension Train {
  /// How often to train; nil for one run.
  var repeats: Repeats? {
    folds == nil && seeds == 1 ? nil : Repeats(folds: folds, seeds: seeds)
  }

  /// Trains for every fold and seed and shows the measures.
  func runRepeats(
    _ repeats: Repeats, _ compilation: Compilation, at place: RunPlace, readSeconds: Double
  ) throws {
    let progress = ProgressDisplay(isQuiet: quiet)
    let result: RepeatsResult
    do throws(TrainingError) {
      result = try Training.train(
        compilation, repeats, at: place, threads: threads, readSeconds: readSeconds,
        shouldStop: { Interruption.isRequested }, report: { progress.show($0) })
    } catch {
      progress.end()
      throw Failure(error)
    }
    progress.end()
    switch options.format {
    case .json: try Console.json(result)
    case .text: Console.print(RepeatsText(result).text)
    }
    if result.outcome.isInterrupted { throw Exit.interrupted }
  }
}
