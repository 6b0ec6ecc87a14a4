public import SpecSyntax

/// How the learning rate changes while training goes on.
public protocol Schedule: Sendable {
  /// The name in a spec: `cosine`.
  static var name: String { get }
  /// One sentence on what it does and when to use it.
  static var summary: String { get }
  init(reading fields: inout FieldReader)

  /// The rate of the first step after the warm-up; the highest, but for `one_cycle`.
  var start: Setting<Double> { get set }
  /// Steps, or a share of all steps, over which the rate climbs from 0 to `start`.
  var warmup: Amount { get }
  /// The rate as a factor of `start`, leaving the warm-up aside.
  func factor(at progress: TrainingProgress) -> Double
}

/// How far training has come.
public struct TrainingProgress: Sendable {
  /// The number of the step, from 0.
  public var step: Int
  /// How many steps training takes if nothing stops it.
  public var totalSteps: Int
  public var stepsPerEpoch: Int
  /// The monitored loss after each finished epoch.
  public var losses: [Double]
  /// Steps spent warming up.
  public internal(set) var warmupSteps = 0

  public init(step: Int, totalSteps: Int, stepsPerEpoch: Int, losses: [Double] = []) {
    precondition(step >= 0 && stepsPerEpoch > 0, "a training goes forward in epochs of steps")
    self.step = step
    self.totalSteps = totalSteps
    self.stepsPerEpoch = stepsPerEpoch
    self.losses = losses
  }

  /// The number of the epoch, from 0.
  public var epoch: Int { step / stepsPerEpoch }

  /// Epochs since the warm-up, with their fraction.
  var epochsSinceWarmup: Double { Double(max(0, step - warmupSteps)) / Double(stepsPerEpoch) }

  /// From 0 at the first step after the warm-up to 1 at the last step.
  var share: Double {
    let last = totalSteps - 1 - warmupSteps
    return last > 0 ? min(1, Double(max(0, step - warmupSteps)) / Double(last)) : 0
  }
}

extension Schedule {
  /// The schedule's name in a spec.
  public var name: String { Self.name }

  /// The learning rate of a step; `start` must be decided.
  public func rate(at progress: TrainingProgress) -> Double {
    var progress = progress
    progress.warmupSteps = warmup.of(progress.totalSteps)
    guard progress.step >= progress.warmupSteps else {
      return start.decided * Double(progress.step + 1) / Double(progress.warmupSteps + 1)
    }
    return start.decided * factor(at: progress)
  }
}

extension FieldReader {
  /// The field `start` that all schedules have.
  mutating func startRate() -> Located<Setting<Double>> {
    auto("start", .positive, doc: "The highest learning rate: that of the first full step.")
  }

  /// The field `warmup` that all schedules have.
  mutating func warmup() -> Located<Amount> {
    field(
      "warmup", .amount, default: .count(0),
      doc: "Steps, or a share of all steps, over which the rate climbs to `start`.")
  }

  /// Reports a rate that lies on the wrong side of `start`, where both are written.
  mutating func check(
    _ name: String, _ rate: Double?, isAbove: Bool, _ start: Located<Setting<Double>>
  ) {
    guard let rate, let first = start.wrappedValue.value, isWritten(name), start.isWritten,
      isAbove ? rate <= first : rate > first, let node = node(name)
    else { return }
    report(
      .rateBesideStart(
        rate, wanted: isAbove ? "above" : "at most", start: first, at: node.range,
        startRange: start.projectedValue, path: path.key(name)))
  }
}
