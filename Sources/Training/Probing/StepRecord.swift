internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
internal import Tensors

/// What the steps of a run show while it goes on: lengths of gradients, losses, and how noisy the
/// gradient is.
struct StepRecord {
  private(set) var count = 0
  /// The step that was not finite.
  private(set) var nonFiniteStep: Int?
  private var norms: [Double] = []
  /// Every so many steps a length is kept, so that at most a thousand are.
  private var interval = 1
  private var firstLosses: [Double] = []
  /// The running mean of the losses, as `StepFacts.smoothed` has it, and its weight.
  private var (sum, weight) = (0.0, 0.0)
  private var greatest: Double?
  /// What is known of the gradient's noise after some epochs.
  private var noise: [(epoch: Int, scale: Double)] = []

  /// Rows of each batch for the noise, and how many batches make an estimate.
  private var (noiseRows, noiseBatches) = (0, 0)

  mutating func observe(_ step: StepResult) {
    count += 1
    guard step.nonFinite == nil, step.loss.isFinite, step.gradientNorm.isFinite else {
      nonFiniteStep = nonFiniteStep ?? count
      return
    }
    if firstLosses.count < 10 { firstLosses.append(step.loss) }
    sum = 0.98 * sum + 0.02 * step.loss
    weight = 0.98 * weight + 0.02
    greatest = max(greatest ?? sum / weight, sum / weight)
    guard (count - 1) % interval == 0 else { return }
    norms.append(step.gradientNorm)
    guard norms.count > 1000 else { return }
    norms = norms.indices.filter { $0.isMultiple(of: 2) }.map { norms[$0] }
    interval *= 2
  }

  /// Takes note that numbers ran off, which may be seen only after the last step.
  mutating func runOff() { nonFiniteStep = nonFiniteStep ?? count }

  /// Estimates the noise of the gradient after an epoch: after each of the first ten, then after
  /// every tenth.
  mutating func observeNoise(after epoch: Int, of trainer: Trainer) {
    let executor = trainer.executor
    guard epoch <= 10 || epoch.isMultiple(of: 10), !executor.plan.optimizer.needsAllRows else {
      return
    }
    // Many rows beside few, so that what is no noise shows.
    let size = min(executor.plan.batch, trainer.train.rowCount / 8)
    guard size > 0 else { return }
    (noiseRows, noiseBatches) = (size, min(64, trainer.train.rowCount / size))
    var stream = BatchStream(
      trainer.train.rows, size: size,
      RandomSource(seed: trainer.recipe.seed).split("noise").split(UInt64(epoch)))
    let batches = (0..<noiseBatches).map { _ in Array(stream.next())[...] }
    let squares = executor.squaredGradients(of: batches, from: trainer.train)
    let scale = StepFacts.noiseScale(
      of: .init(rows: size, square: squares.single),
      .init(rows: size * noiseBatches, square: squares.together))
    noise.append((epoch, scale ?? .infinity))
  }

  /// The middle one of the estimates over the first half of the epochs; those in which noise hides
  /// the gradient count as endless. Nil for less than three, and where that is the middle one.
  private func noiseScale(epochs: Int) -> (scale: Double, estimates: Int)? {
    let early = noise.filter { $0.epoch <= max(1, epochs / 2) }.map(\.scale).sorted()
    guard early.count >= 3, early[early.count / 2].isFinite else { return nil }
    return (early[early.count / 2], early.count)
  }

  /// The facts of a run of so many epochs.
  func facts(epochs: Int) -> StepFacts {
    StepFacts(
      nonFiniteStep: nonFiniteStep, initialLoss: mean(firstLosses), greatestLoss: greatest,
      gradientNorms: norms, noiseScale: noiseScale(epochs: epochs)?.scale)
  }

  /// What was measured, in words.
  func measurements(epochs: Int) -> [Measurement] {
    let facts = facts(epochs: epochs)
    var result: [Measurement] = []
    if let middle = facts.gradientNorm(below: 0.5), let longest = norms.max() {
      result.append(
        Measurement(
          "gradients",
          "half are shorter than \(roundedText(middle)), the longest is \(roundedText(longest)), "
            + "of \(counted(norms.count, "step"))"))
    }
    if let noise = noiseScale(epochs: epochs) {
      result.append(
        Measurement(
          "noise scale",
          "\(counted(Int(min(noise.scale.rounded(), 1e9)), "row")), the middle of "
            + "\(noise.estimates) estimates from \(noiseBatches) batches of "
            + counted(noiseRows, "row")))
    } else if noise.count >= 3 {
      result.append(
        Measurement(
          "noise scale",
          "larger than \(noise.count) estimates from \(noiseBatches) batches of "
            + "\(counted(noiseRows, "row")) can tell"))
    }
    return result
  }
}
