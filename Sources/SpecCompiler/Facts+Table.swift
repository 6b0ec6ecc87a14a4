import SpecSyntax
import Tables

extension Facts {
  /// What is predicted, once it is known.
  var task: TaskKind? { spec.data.task.value }

  /// Whether examples are rows of a table rather than images.
  var isTabular: Bool { spec.data.shape == nil && spec.data.labels == nil }

  /// The profile of the target column; nil for several targets.
  var target: ColumnProfile? {
    guard spec.data.targetColumns.count == 1, let name = spec.data.targetColumns.first else {
      return nil
    }
    return profile?.column(name)
  }

  /// C: how many classes the target has.
  var classCount: Int? {
    guard task == .classification else { return nil }
    return target?.distinct
  }

  /// Rows of each class, the most frequent first; nil for numbers, and for more classes than the
  /// profile lists.
  var classCounts: [Int]? {
    guard task == .classification, let target, target.levels.count == target.distinct,
      target.distinct > 0
    else { return nil }
    return target.levels.map(\.count)
  }

  /// Rows whose target is known: only these train, validate or test.
  var usableRows: Int? {
    profile.map { $0.rows - (target?.missing ?? 0) }
  }

  /// Rows that validate the network.
  public var validationRows: Int? { usableRows.map { spec.data.split.validation.of($0) } }

  /// N: rows that train the network.
  public var trainRows: Int? {
    usableRows.map { rows in
      max(0, rows - spec.data.split.validation.of(rows) - spec.data.split.test.of(rows))
    }
  }

  /// Whether the spec keeps any rows for validation.
  var hasValidation: Bool {
    switch spec.data.split.validation {
    case .share(let share): share > 0
    case .count(let count): count > 0
    }
  }

  /// How a numeric target is scaled: as decided, or as it will be if nobody objects.
  var targetScale: TargetScale { spec.data.targetScale.value ?? .standard }

  /// The numeric target as the loss sees it; nil for classes and for a scale by logarithm, whose
  /// spread the profile does not hold.
  var targetSeen: TargetSeen? {
    guard
      task == .regression, let target, let mean = target.mean,
      let deviation = target.standardDeviation
    else { return nil }
    switch targetScale {
    case .none:
      return TargetSeen(
        mean: mean, deviation: deviation, outlierShare: target.outlierShare ?? 0,
        excessKurtosis: target.excessKurtosis ?? 0)
    case .standard:
      return TargetSeen(
        mean: 0, deviation: deviation > 0 ? 1 : 0, outlierShare: target.outlierShare ?? 0,
        excessKurtosis: target.excessKurtosis ?? 0)
    case .log:
      return nil
    }
  }
}

/// Moments of a numeric target on the scale of the loss.
struct TargetSeen {
  var mean: Double
  var deviation: Double
  /// Share of rows further than 3.5 robust standard deviations from the median.
  var outlierShare: Double
  var excessKurtosis: Double
}
