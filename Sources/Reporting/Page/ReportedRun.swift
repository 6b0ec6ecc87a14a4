import NetworkGraph
public import SpecCompiler
public import SpecSyntax
public import Training

/// All that a page shows of a run.
public struct ReportedRun: Sendable {
  public let run: Run
  /// Every value with its origin.
  public let values: [Resolution.Value]
  /// What is still to be done about the spec.
  public let advice: AdviceOrder
  /// The texts that the advice points at.
  public let sources: [SourceText]
  /// The rows that judged the run, looked at once more; nil where they are not at hand.
  public let examination: RunExamination?
  /// Why parts of the page are missing.
  public let missing: [String]

  public init(
    _ run: Run, values: [Resolution.Value], advice: AdviceOrder, sources: [SourceText],
    examination: RunExamination?, missing: [String] = []
  ) {
    self.run = run
    self.values = values
    self.advice = advice
    self.sources = sources
    self.examination = examination
    self.missing = missing
  }

  var outcome: RunOutcome { run.outcome }
  var manifest: Manifest { run.manifest }
  var graph: Graph { run.graph }

  /// The run's folder without what stands before `runs`: `iris/2`.
  var label: String {
    let parts = run.folder.split(separator: "/").map(String.init)
    return parts.count >= 2 ? parts.suffix(2).joined(separator: "/") : run.folder
  }

  /// The part whose figures judge the run, with them.
  var judged: (part: String, metrics: [String: Double])? {
    if let test = outcome.metrics.test { return ("test", test) }
    return outcome.metrics.validation.map { ("validation", $0) }
  }

  /// The metrics that the author asked for, then all others that were measured.
  var metricNames: [String] {
    let measured = Set((judged?.metrics ?? [:]).keys)
    let listed = Metrics.all.map(\.name).filter { measured.contains($0) }
    let first = run.shown.filter { measured.contains($0) }
    let rest = (listed + measured.sorted()).filter { !first.contains($0) }
    return first
      + rest.enumerated().filter { rest.firstIndex(of: $0.element) == $0.offset }
      .map(\.element)
  }
}
