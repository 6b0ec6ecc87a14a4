import SpecCompiler
import Training

extension Train {
  /// How often to train; nil for one run.
  var repeats: Repeats? {
    folds == nil && seeds == 1 ? nil : Repeats(folds: folds, seeds: seeds)
  }

  /// Trains for every fold and seed and shows the measures.
  func runRepeats(
    _ repeats: Repeats, _ compilation: Compilation, at place: RunPlace, _ origin: RunOrigin,
    threads: Int?, readSeconds: Double, _ watch: Watch
  ) throws {
    let result: RepeatsResult
    do throws(TrainingError) {
      result = try Training.train(
        compilation, repeats, at: place, version: Plumb.version, origin: origin,
        threads: threads, readSeconds: readSeconds,
        shouldStop: { Interruption.isRequested }, wantsMetric: watch.display.wantsMetric,
        report: watch.show)
    } catch {
      watch.display.clear()
      throw Failure(error)
    }
    watch.display.clear()
    switch format {
    case .json: try Console.json(result)
    case .jsonl: try watch.stream?.tell(result)
    case .text: Console.print(RepeatsText(result).text)
    }
  }
}
