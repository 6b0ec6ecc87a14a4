public import SpecCompiler
internal import SpecSyntax
internal import Tables
internal import Tensors
internal import Training

/// The spec of a trial: the base spec with the trial's numbers, compiled.
struct Candidate: Sendable {
  let compilation: Compilation
  /// What its trainings depend on: specs with the same effective values are the same point.
  let digest: String
  /// What its encoded rows depend on.
  let rowsKey: String

  init(_ compilation: Compilation) {
    self.compilation = compilation
    let values = (compilation.decisions?.values ?? []).filter { !$0.isAside }
    digest = sha256(Array(values.map { "\($0.path)=\($0.value)\n" }.joined().utf8))
    let data = values.filter { $0.path.hasPrefix("data.") }
    let width = compilation.inputCount ?? 0
    rowsKey = data.map { "\($0.path)=\($0.value)\n" }.joined() + "\(width)"
  }

  /// Why it cannot be trained; nil where it can.
  var refusal: String? {
    if compilation.hasErrors {
      return compilation.diagnostics.first { $0.level == .error }?.message ?? "it has mistakes"
    }
    guard compilation.graph != nil, compilation.table != nil else {
      return compilation.notChecked.first ?? "there is no network"
    }
    return nil
  }

  /// By how much each limit is exceeded.
  func violations(of limits: [StudyPlan.Limit], _ time: TrialNotes.TimeGuess?) -> [Double] {
    limits.map { limit in value(of: limit.cost, time).map { $0 - limit.most } ?? 0 }
  }

  /// What it needs; nil where that is not known.
  func value(of cost: StudyPlan.Cost, _ time: TrialNotes.TimeGuess?) -> Double? {
    cost == .seconds ? time?.seconds : compilation.size(cost.rawValue).map(Double.init)
  }

  /// How long one training takes on this machine; it differs each time.
  func time() -> TrialNotes.TimeGuess? {
    guard case .estimate(let estimate) = estimateTime(compilation, budgetSeconds: 0.01) else {
      return nil
    }
    return TrialNotes.TimeGuess(estimate)
  }
}

extension Resolution.Value {
  /// Whether no training depends on it.
  fileprivate var isAside: Bool {
    path == "name" || path == "description" || path == "search" || path.hasPrefix("search.")
      || path.hasPrefix("training.checkpoint")
  }
}

/// Makes the specs of trials.
public struct CandidateMaker: Sendable {
  let space: Space
  private let base: Compilation
  private let compile: @Sendable ([Override]) -> Compilation

  /// - Parameters:
  ///   - base: the spec as it is, with its table.
  ///   - compile: compiles it with further values; reads the table once.
  public init(
    _ space: Space, base: Compilation, compile: @escaping @Sendable ([Override]) -> Compilation
  ) {
    (self.space, self.base, self.compile) = (space, base, compile)
  }

  /// The compiled spec of a trial.
  public func compilation(_ parameters: [Double?]) -> Compilation {
    compile(base.overrides(setting: space.values(of: parameters)))
  }

  func candidate(_ parameters: [Double?]) -> Candidate { Candidate(compilation(parameters)) }

  /// The spec as it is, without a trial's values.
  var untuned: Candidate { Candidate(base) }
}
