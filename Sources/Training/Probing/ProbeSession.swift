internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax

/// A probe that is going on: one measurement after the other, and what they gave so far.
struct ProbeSession {
  let job: Job
  let limits: ProbeLimits
  let facts: Facts
  var probe = Probe(bestEpoch: 0, epochs: 0)
  private var rateTest: RateTest?
  var measurements: [Measurement] = []
  /// How long the whole training took; nil where it was not finished.
  private(set) var runSeconds: Double?

  init(_ job: Job, _ limits: ProbeLimits, _ facts: Facts) {
    self.job = job
    self.limits = limits
    self.facts = facts
  }

  /// The highest rate of the spec.
  var peakRate: Double { facts.peakRate ?? 0 }

  var result: ProbeResult {
    ProbeResult(probe: probe, rateTest: rateTest, measurements: measurements)
  }

  /// Measures the spec by itself.
  mutating func measure() throws(TrainingError) {
    let train = job.preparation.train.count
    limits.report("a linear model of \(counted(train, "row"))")
    let baselines = Baselines(job)
    try limits.check()
    limits.report("\(SmallBatchTest.steps) steps on \(SmallBatchTest.rowCount) rows")
    let small = SmallBatchTest(job, rate: peakRate) { limits.isOver(0.2) }
    try limits.check()
    limits.report("steps at rising learning rates")
    let rates = try RateTesting(job, specRate: peakRate) { limits.isOver(0.4) }
    try limits.check()
    rateTest = rates.test
    try run(baselines)
    probe.smallBatchLosses = small.losses
    probe.steps?.divergingRate = rates.test?.divergingRate
    measurements += [small.measurement, rates.test?.measurement].compactMap(\.self)
    try tryRates()
  }

  /// Trains as the spec says, with an eye on every step.
  private mutating func run(_ baselines: Baselines) throws(TrainingError) {
    let epochs = job.recipe.epochs
    limits.report("training for at most \(counted(epochs, "epoch"))")
    var trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
    var record = StepRecord()
    trainer.observeStep = { record.observe($0) }
    let (start, told) = (limits.spent, ProgressTeller(limits))
    let outcome: Trainer.Outcome
    do throws(TrainingError) {
      outcome = try trainer.run(shouldStop: { limits.isOver() }) { event in
        guard case .epoch(let epoch) = event else { return }
        record.observeNoise(after: epoch.epoch, of: trainer)
        told.tell("epoch \(epoch.epoch) of at most \(epochs)")
      }
    } catch {
      try limits.check()
      return try giveUp(trainer, record, baselines, error)
    }
    try limits.check()
    let judged = Judgement(job, trainer, outcome, baselines).outcome.probe
    let isWhole = outcome.stopped != .interrupted
    if isWhole { runSeconds = limits.spent - start }
    let done = outcome.epochs.count
    probe =
      isWhole
      ? judged
      : Probe(
        bestEpoch: done, epochs: done, linearTrainingScore: judged.linearTrainingScore,
        linearValidationScore: judged.linearValidationScore, initialLoss: judged.initialLoss)
    probe.steps = record.facts(epochs: done)
    let words = ProbeWords(job, trainer)
    measurements += words.linear(judged)
    measurements +=
      isWhole
      ? words.network(judged, stopped: outcome.stopped)
      : [words.unfinished(epochs: done, of: epochs, seconds: limits.seconds)]
    measurements += words.start(judged) + record.measurements(epochs: done)
    measureInactive(trainer, words)
  }

  /// What is known of a run that came to no epoch, or ran off.
  private mutating func giveUp(
    _ trainer: Trainer, _ record: StepRecord, _ baselines: Baselines, _ error: TrainingError
  ) throws(TrainingError) {
    var record = record
    let words = ProbeWords(job, trainer)
    let (train, validation) = (
      job.preparation.train.spread(over: Baselines.greatestRows), job.preparation.validation
    )
    func score(_ rows: PreparedRows) -> Double? {
      RowScores(baselines.linearPredictions(rows), against: rows.truth).mean
    }
    probe.linearTrainingScore = score(train)
    probe.linearValidationScore = validation.count > 0 ? score(validation) : nil
    probe.initialLoss = trainer.initialLoss
    measurements += words.linear(probe)
    switch error.kind {
    case .diverged:
      record.runOff()
      measurements.append(Measurement("this spec", error.message))
    case .interrupted:
      measurements.append(
        words.unfinished(epochs: 0, of: job.recipe.epochs, seconds: limits.seconds))
    case .input: throw error
    }
    probe.steps = record.facts(epochs: 0)
    measurements += words.start(probe) + record.measurements(epochs: 0)
  }

  private mutating func measureInactive(_ trainer: Trainer, _ words: ProbeWords) {
    let isValidation = trainer.validation.rowCount > 0
    let data = isValidation ? trainer.validation : trainer.train
    let rows = spreadRows(data.rowCount, over: 200)
    guard let inactive = trainer.executor.inactiveValues(rows: rows, of: data) else { return }
    probe.steps?.inactiveShare = inactive.share
    let part = isValidation ? "validation" : "training"
    measurements.append(
      Measurement(
        "inactive units",
        "\(roundedText(100 * inactive.share)) % of \(counted(inactive.count, "`relu` value")) "
          + "are 0 for each of \(counted(rows.count, "\(part) row"))"))
  }
}

/// Tells at most every two seconds how far something has come.
private final class ProgressTeller {
  private let limits: ProbeLimits
  private var last: Double

  init(_ limits: ProbeLimits) {
    self.limits = limits
    last = limits.spent
  }

  func tell(_ words: String) {
    guard limits.spent >= last + 2 else { return }
    last = limits.spent
    limits.report(words)
  }
}
