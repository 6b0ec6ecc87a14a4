internal import SpecCompiler
internal import Training

/// By which score an experiment is judged, how much it varies by itself, and what matters.
struct ExperimentJudge {
  let measure: PairedMeasure
  private(set) var margin: PairedMargin
  /// Scores of the spec as it is, with several seeds.
  let repeats: [Double]

  init(_ runs: ExperimentRuns, _ settings: ExperimentSettings) {
    let (trainer, noise, all) = (runs.trainer, runs.noiseScores, runs.blocks.flatMap { $0 })
    measure = PairedMeasure(
      first: trainer.metric, isClasses: trainer.isClasses, scores: noise + all)
    margin = PairedMargin(settings.margin)
    repeats = noise.compactMap { [measure] in measure.value(of: $0) }
    margin.fix(by: repeats, measure.metric.direction, of: "repeats")
    if margin.value == nil {
      margin.fix(
        by: all.compactMap { [measure] in measure.value(of: $0) }, measure.metric.direction,
        of: "its cells")
    }
  }

  /// Standard deviation from seed to seed; nil of fewer than three repeats.
  var noise: Double? {
    guard repeats.count >= 3 else { return nil }
    return CorrectedDifference(repeats, overlap: 0).deviation
  }

  var isHigherBetter: Bool { measure.metric.direction == .higherIsBetter }
}
