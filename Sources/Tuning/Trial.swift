/// One try of a study: the numbers that were tried, and what became of them.
public struct Trial: Sendable, Hashable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// Asked for, and taken up by nobody yet.
    case waiting
    case running
    case complete
    /// Ended early, because others were better at the same point.
    case pruned
    /// A number of the network was none, or nothing could be trained: a result, without a value.
    case failed
  }

  /// A value on the way, by which trials are ended early.
  public struct Point: Sendable, Hashable {
    /// The epoch, or the run of several, from 1.
    public var step: Int
    /// Smaller is better.
    public var value: Double

    public init(step: Int, value: Double) { (self.step, self.value) = (step, value) }
  }

  /// From 0, without gaps.
  public var number: Int
  public var state: State
  /// An array of one, so that a copy of a trial is one reference more: what a trial may know is a
  /// list of all before it, ten thousand of them for each trial of a long study.
  private var content: [Content]

  private struct Content: Sendable, Hashable {
    var parameters: [Double?]
    var values: [Double]
    var curve: [Point]
    var violations: [Double]
  }

  /// For each dimension of the space its number; nil where the dimension is not there.
  public var parameters: [Double?] {
    get { content[0].parameters }
    _modify { yield &content[0].parameters }
  }
  /// One for each objective, smaller is better: what is to be large is negated. Empty without a
  /// result; of a pruned trial the last value on the way.
  public var values: [Double] {
    get { content[0].values }
    _modify { yield &content[0].values }
  }
  /// In the order of the steps.
  public var curve: [Point] {
    get { content[0].curve }
    _modify { yield &content[0].curve }
  }
  /// By how much each constraint is broken; 0 or less where it is kept.
  public var violations: [Double] {
    get { content[0].violations }
    _modify { yield &content[0].violations }
  }

  public init(
    number: Int, state: State, parameters: [Double?], values: [Double] = [],
    curve: [Point] = [], violations: [Double] = []
  ) {
    (self.number, self.state) = (number, state)
    content = [
      Content(parameters: parameters, values: values, curve: curve, violations: violations)
    ]
  }

  /// Whether it will not change any more.
  public var isFinished: Bool { state != .running && state != .waiting }
  public var isFeasible: Bool { violations.allSatisfy { $0 <= 0 } }
  /// The one objective's value.
  public var value: Double? { values.first }

  /// As it is seen while it is not known what becomes of it.
  var underway: Trial { Trial(number: number, state: .running, parameters: parameters) }
}

extension [Trial] {
  /// What the trial of a number may know, so that what it tries and whether it is ended early do
  /// not depend on how many run at the same time or on which is faster.
  ///
  /// Trials run up to `parallel` at a time: the results of those with numbers up to
  /// `number - parallel` are known, of the later ones only the numbers that are tried.
  ///
  /// - Precondition: the trials are in the order of their numbers, without gaps.
  public func known(to number: Int, parallel: Int) -> [Trial] {
    prefix(number).map { $0.number <= number - parallel ? $0 : $0.underway }
  }

  /// Whether all that the trial of a number may know is there.
  public func isReady(for number: Int, parallel: Int) -> Bool {
    count >= number && prefix(Swift.max(0, number - parallel + 1)).allSatisfy(\.isFinished)
  }
}
