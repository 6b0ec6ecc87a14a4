#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SpecSyntax

/// A value of a run that can be compared and sorted by.
public enum RunValue: Sendable, Hashable {
  case number(Double)
  case text(String)
}

/// The names by which values of a run are asked for.
public enum RunField {
  /// Texts and numbers that every run may have; a metric or a path of the spec is a name too.
  public static let texts = ["name", "folder", "data", "task", "state", "verdict", "version"]
  public static let numbers = [
    "number", "epochs", "best_epoch", "rows", "parameters", "seed", "seconds", "runs",
  ]

  /// Whether a name is a path of the spec, such as `training.learning_rate`.
  public static func isPath(_ name: String) -> Bool {
    ["model.", "training.", "data."].contains(where: name.hasPrefix)
  }

  /// The value of a run, nil where it has none.
  ///
  /// `accuracy` is that of the rows that judge, `test.accuracy` and `validation.accuracy` of their
  /// own; `values` are those of the spec, if they are needed.
  public static func value(
    _ name: String, of run: RunSummary, _ values: [String: String] = [:]
  ) -> RunValue? {
    func number(_ value: Int?) -> RunValue? { value.map { .number(Double($0)) } }
    func text(_ value: String?) -> RunValue? { value.map { .text($0) } }
    switch name {
    case "name": return .text(run.name)
    case "folder": return .text(run.folder)
    case "data": return text(run.data)
    case "task": return text(run.task)
    case "state": return .text(run.state.rawValue)
    case "verdict": return text(run.verdict?.word.rawValue)
    case "version": return text(run.version)
    case "number": return number(run.number)
    case "epochs": return number(run.epochs)
    case "best_epoch": return number(run.bestEpoch)
    case "rows": return number(run.rows?.train)
    case "parameters": return number(run.parameters)
    case "seed": return run.seed.map { .number(Double($0)) }
    case "seconds": return run.seconds.map { .number($0) }
    case "runs": return number(run.repeats)
    case _ where isPath(name):
      return values[name].map { value in Double(value).map { .number($0) } ?? .text(value) }
    default: return metric(name, of: run).map { .number($0) }
    }
  }

  private static func metric(_ name: String, of run: RunSummary) -> Double? {
    if name.hasPrefix("test.") { return run.metrics?.test?[String(name.dropFirst(5))] }
    if name.hasPrefix("validation.") {
      return run.metrics?.validation?[String(name.dropFirst(11))]
    }
    return run.judgingMetrics[name]
  }

  /// All names that have a value in some of the runs, besides paths.
  public static func names(in runs: [RunSummary]) -> [String] {
    let metrics = Set(runs.flatMap { $0.judgingMetrics.keys })
    return texts + numbers + metrics.sorted()
  }

  /// What to say where no run has a field.
  public static func hint(_ name: String, among names: [String]) -> String {
    if let other = nearest(to: name, among: names).first { return "did you mean `\(other)`?" }
    return "there are \(names.joined(separator: ", ")), and paths of the spec"
  }

  /// Runs in order of a value, the better metric first, else the lesser; those without it last.
  public static func sorted(
    _ runs: [RunSummary], by name: String, values: (RunSummary) -> [String: String]
  ) -> [RunSummary] {
    if name == "when" {
      return runs.sorted { ($0.ended ?? .distantPast) > ($1.ended ?? .distantPast) }
    }
    let metric = name.split(separator: ".").last.flatMap { Metrics.named(String($0)) }
    let isDescending = metric?.direction == .higherIsBetter && !isPath(name)
    let keyed = runs.map { (run: $0, value: value(name, of: $0, values($0))) }
    let sorted = keyed.enumerated().sorted { a, b in
      switch (a.element.value, b.element.value) {
      case (.number(let x), .number(let y)) where x != y: return isDescending ? x > y : x < y
      case (.text(let x), .text(let y)) where x != y: return x < y
      case (.number, .text), (.some, nil): return true
      case (.text, .number), (nil, .some): return false
      default: return a.offset < b.offset
      }
    }
    return sorted.map(\.element.run)
  }
}

extension Verdict {
  /// The verdict in a word, for lists and filters.
  public enum Word: String, Sendable, Encodable, CaseIterable {
    case better
    /// As good as a straight line.
    case asLinear = "as_linear"
    /// No better than the constant.
    case asConstant = "as_constant"
    case worse
  }

  public var word: Word {
    if isWorse { return .worse }
    if overConstant.finding == .withinNoise { return .asConstant }
    return overLinear.finding == .withinNoise ? .asLinear : .better
  }
}
