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
    settings.directions[objective] == .maximize ? -value : value
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

  /// The last part of a key, with as much before it as tells it from the others; a rate's start is
  /// the rate.
  func label(_ dimension: Int) -> String {
    let names = space.dimensions.map { dimension in
      let parts = dimension.name.split(separator: ".")
      return parts.count > 1 && parts.last == "start" ? parts.dropLast() : parts[...]
    }
    for count in 1...max(1, names[dimension].count) {
      let tail = names[dimension].suffix(count)
      let isAlone = names.indices.allSatisfy { $0 == dimension || names[$0].suffix(count) != tail }
      if isAlone { return tail.joined(separator: ".") }
    }
    return space.dimensions[dimension].name
  }
}
