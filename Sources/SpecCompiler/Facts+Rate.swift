import NetworkGraph
import SpecSyntax

extension Facts {
  /// The optimiser, as far as it is decided.
  var optimizer: (any Optimizer)? { spec.training.optimizer.value }

  /// The rate that is usual with the optimiser.
  var usualRate: Double? { optimizer.map { type(of: $0).usualLearningRate } }

  /// Whether each step divides a gradient by its usual size.
  var isAdaptive: Bool {
    optimizer.map { type(of: $0).stepLength != .gradient && !$0.needsAllRows } ?? false
  }

  /// Where the rate stands: its own key, or the bare number.
  var ratePath: SpecPath {
    let path: SpecPath = "training.learning_rate"
    return tree.root.at(path)?.mapping != nil ? path.key("start") : path
  }

  /// The highest rate of the schedule.
  public var peakRate: Double? {
    guard let start = spec.training.learningRate.start.value else { return nil }
    guard let cycle = spec.training.learningRate.schedule as? OneCycle else { return start }
    return cycle.peak ?? 10 * start
  }

  /// Where the highest rate stands.
  var peakPath: SpecPath {
    let path: SpecPath = "training.learning_rate.peak"
    return isWritten(path) ? path : ratePath
  }

  /// The lowest rate that the schedule goes down to, and its key; nil where none is set.
  var lowestRate: (rate: Double, path: SpecPath)? {
    let path: SpecPath = "training.learning_rate"
    let found: (rate: Double?, key: String) =
      switch spec.training.learningRate.schedule {
      case let schedule as CosineDecay: (schedule.end, "end")
      case let schedule as CosineRestarts: (schedule.end, "end")
      case let schedule as PolynomialDecay: (schedule.end, "end")
      case let schedule as ExponentialDecay: (schedule.end, "end")
      case let schedule as OneCycle: (schedule.end, "end")
      case let schedule as ReduceOnPlateau: (schedule.minimum, "minimum")
      default: (nil, "")
      }
    return found.rate.map { ($0, path.key(found.key)) }
  }

  /// The settings that make `rate` the highest, with what has to stay below it.
  func peakSettings(_ rate: Double) -> [(path: SpecPath, value: PlainValue)] {
    let rate = threeDigits(rate)
    var settings: [(path: SpecPath, value: PlainValue)] = []
    if let cycle = spec.training.learningRate.schedule as? OneCycle {
      if cycle.peak == nil || (cycle.start.value ?? 0) >= rate {
        settings.append((ratePath, .number(threeDigits(rate / 10))))
      }
      if cycle.peak != nil { settings.append((peakPath, .number(rate))) }
    } else {
      settings.append((ratePath, .number(rate)))
    }
    if let lowest = lowestRate, lowest.rate >= rate {
      settings.append((lowest.path, .number(threeDigits(rate / 100))))
    }
    return settings
  }

  /// Σ of the rates of all steps: how far a parameter can go at the most where each step moves it
  /// by about the rate. Nil where steps are of another length, and for more than a million steps.
  var reach: Double? {
    guard let optimizer, type(of: optimizer).stepLength == .rate, let totalSteps,
      totalSteps <= 1_000_000, let meanRate
    else { return nil }
    return meanRate * Double(totalSteps)
  }

  /// The setting of an optimiser with fields of its own; what else the author wrote about it
  /// stays, as far as `name` has it too.
  func optimizerSetting(
    as name: String? = nil, _ fields: [PlainValue.Entry]
  ) -> (path: SpecPath, value: PlainValue) {
    let path: SpecPath = "training.optimizer"
    let old = optimizerName ?? AdamW.name
    let name = name ?? old
    let shared = ["beta1", "beta2", "epsilon", "amsgrad"]
    let kept = (tree.root.at(path.key(old))?.mapping?.entries ?? []).compactMap { entry in
      let isKept = (name == old || shared.contains(entry.name)) && isWritten(path)
      return isKept && !fields.contains { $0.key == entry.name }
        ? entry.value.scalar.map { PlainValue.Entry(entry.name, .scalar($0.text)) } : nil
    }
    return (path, .map([PlainValue.Entry(name, .map(kept + fields))]))
  }

  /// Where a field of the optimiser stands, whether it is written or not.
  func optimizerPath(_ field: String) -> SpecPath {
    SpecPath("training.optimizer").key(optimizerName ?? AdamW.name).key(field)
  }

  /// Weight decay by the penalty beside the optimiser's own.
  var l2Penalty: Double { spec.training.regularization?.l2 ?? 0 }

  /// Steps of the warm-up as a share of all; nil for a count of unknown steps.
  var warmupShare: Double? {
    switch spec.training.learningRate.schedule.warmup {
    case .share(let share): share
    case .count(0): 0
    case .count(let steps): totalSteps.map { min(1, Double(steps) / Double(max(1, $0))) }
    }
  }
}
