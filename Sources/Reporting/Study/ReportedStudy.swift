public import Tuning
internal import SpecSyntax

/// Everything a page shows of a study.
public struct ReportedStudy: Sendable {
  public var settings: StudySettings
  /// What is made small or large, as the spec names it; one for each of the study's directions.
  public var objectives: [String]
  public var trials: [Trial]

  public init(_ settings: StudySettings, objectives: [String], trials: [Trial]) {
    (self.settings, self.objectives, self.trials) = (settings, objectives, trials)
  }
}

extension ReportedStudy {
  var space: Space { settings.space }

  /// A value as the spec's author sees it: large where large is good.
  func shown(_ value: Double, _ objective: Int = 0) -> Double {
    settings.directions[objective].turned(value)
  }

  /// Trials with a result that breaks no constraint, best first.
  var ranked: [Trial] {
    trials.filter { $0.state == .complete && $0.isFeasible && $0.value?.isFinite == true }
      .sorted { ($0.value ?? .infinity, $0.number) < ($1.value ?? .infinity, $1.number) }
  }

  /// The trials that no other beats in all objectives, by the first of them.
  var front: [Trial] {
    let found = ranked.filter { $0.values.count == settings.directions.count }
    return found.filter { trial in
      !found.contains { other in
        zip(other.values, trial.values).allSatisfy { $0 <= $1 } && other.values != trial.values
      }
    }
  }

  /// What a trial tries of a dimension, in words.
  func words(_ trial: Trial, _ dimension: Int) -> String {
    guard let number = trial.parameters[dimension] else { return "–" }
    return Self.words(space.dimensions[dimension], number)
  }

  static func words(_ dimension: Dimension, _ number: Double) -> String {
    switch dimension.value(of: number) {
    case .string(let text): text
    case .number(let value): numberWords(value)
    case let value: value.text(.line)
    }
  }

  /// The axis of a dimension.
  func scale(_ dimension: Dimension) -> Scale {
    switch dimension.domain {
    case .real(let low, let high, _, let isLogarithmic):
      isLogarithmic ? Scale(logarithmicFor: [low, high]) : Scale([low, high], isTight: true)
    case .integer(let low, let high, _, let isLogarithmic):
      isLogarithmic && low > 0
        ? Scale(logarithmicFor: [Double(low), Double(high)])
        : Scale([Double(low), Double(high)], isTight: true)
    case .choice(let values):
      Scale(
        low: -0.5, high: Double(values.count) - 0.5,
        ticks: values.indices.map {
          Scale.Tick(
            value: Double($0), label: shortened(Self.words(dimension, Double($0)), to: 10))
        })
    }
  }

  /// The name of a dimension, as short as it can be told from the others.
  func label(_ dimension: Int) -> String { ShortNames(space)[dimension] }
}
