public import SpecSyntax

/// Something a training run tells while it is going on.
public enum RunEvent: Sendable {
  /// The next of several runs begins.
  case repeated(Repeats.Place)
  // The large ones by reference, so that telling a step copies little.
  indirect case started(RunStart)
  /// A step was taken; so many of them that whoever listens should be quick about it.
  case step(StepReport)
  /// What was asked for beside an epoch's report, which follows.
  case measured(MeasuredMetric)
  case epoch(EpochReport)
  case stopped(StopReason)
  indirect case finished(RunResult)
}

/// What is known before the first step.
public struct RunStart: Sendable {
  public var name: String
  public var trainRows: Int
  public var validationRows: Int
  public var testRows: Int
  public var parameters: Int
  /// The most epochs there will be.
  public var epochs: Int
  public var stepsPerEpoch: Int
  /// What epochs are judged by, such as `validation.loss`.
  public var monitor: String
  /// Whether training may end before the last epoch, once the monitored measure gets no better.
  public var mayStopEarly: Bool
  /// How many steps a run that is resumed had taken before.
  public var stepsDone = 0
  /// The epochs that were over before, of a run that is resumed.
  public var earlier: [EpochReport] = []
}

/// How far training is.
public struct StepReport: Sendable, Hashable {
  /// The epoch that is going on, from 1.
  public var epoch: Int
  /// Steps taken so far.
  public var step: Int
}

/// A metric on the validation rows that decides nothing and is kept nowhere.
public struct MeasuredMetric: Sendable, Hashable {
  public var name: String
  public var value: Double

  public init(name: String, value: Double) {
    (self.name, self.value) = (name, value)
  }
}

/// What one epoch gave.
public struct EpochReport: Sendable, Codable, Hashable {
  /// From 1.
  public var epoch: Int
  /// Steps taken so far.
  public var step: Int
  /// Mean loss of the epoch's batches, each before its step.
  public var trainingLoss: Double
  /// Loss on the validation rows after the epoch; nil without such rows.
  public var validationLoss: Double?
  /// The monitored metric on the validation rows, if one is monitored.
  public var metrics: [String: Double]
  /// The learning rate of the epoch's last step.
  public var learningRate: Double
  /// The greatest length of the gradient in the epoch, before clipping.
  public var gradientNorm: Double
  /// Whether the monitored measure was better than ever before.
  public var isBest: Bool

  private enum CodingKeys: String, CodingKey {
    case epoch, step, metrics
    case trainingLoss = "training_loss"
    case validationLoss = "validation_loss"
    case learningRate = "learning_rate"
    case gradientNorm = "gradient_norm"
    case isBest = "is_best"
  }
}

extension EpochReport {
  /// The same as JSON, by hand: a run has hundreds, and an encoder for each would take longer than
  /// a small network's training.
  public var json: JSONValue {
    let measures = metrics.sorted { $0.key < $1.key }.map {
      JSONValue.Member($0.key, .number($0.value))
    }
    var members: [JSONValue.Member] = [
      .init(CodingKeys.epoch.rawValue, .integer(epoch)),
      .init(CodingKeys.gradientNorm.rawValue, .number(gradientNorm)),
      .init(CodingKeys.isBest.rawValue, .bool(isBest)),
      .init(CodingKeys.learningRate.rawValue, .number(learningRate)),
      .init(CodingKeys.metrics.rawValue, .object(measures)),
      .init(CodingKeys.step.rawValue, .integer(step)),
      .init(CodingKeys.trainingLoss.rawValue, .number(trainingLoss)),
    ]
    if let validationLoss {
      members.append(.init(CodingKeys.validationLoss.rawValue, .number(validationLoss)))
    }
    return .object(members)
  }
}

/// Why training ended.
public enum StopReason: String, Sendable, Codable, Hashable {
  /// All epochs are done.
  case finished
  /// The monitored measure did not get better for long enough.
  case earlyStopping = "early_stopping"
  /// The user asked for it.
  case interrupted
}
