import SpecSyntax
import Tuning

/// What is known of a search while it goes on.
struct StudyState: Sendable {
  /// A trial that is being trained here.
  struct Running: Sendable {
    var trial: Trial
    var last: Trial.Point?
  }

  let plan: StudyPlan
  let space: Space
  /// By number.
  private(set) var running: [Int: Running] = [:]
  private(set) var complete = 0
  private(set) var pruned = 0
  private(set) var infeasible = 0
  private(set) var failed = 0
  /// By the first objective.
  private(set) var best: Trial?
  /// The best value so far after each trial that had one, as people see it.
  private(set) var curve = LossCurve()
  /// How many trials ended in this sitting.
  private(set) var endedHere = 0
  private(set) var ending: StudyEnding?

  init(_ plan: StudyPlan, _ space: Space, earlier: [Trial] = []) {
    (self.plan, self.space) = (plan, space)
    for trial in earlier where trial.isFinished { count(trial) }
  }

  var ended: Int { complete + pruned + infeasible + failed }

  mutating func take(_ event: StudyEvent) {
    switch event {
    case .began(let trial): running[trial.number] = Running(trial: trial)
    case .resumed: break
    case .point(let point, let number): running[number]?.last = point
    case .left(let number): running[number] = nil
    case .ended(let trial, _):
      running[trial.number] = nil
      endedHere += 1
      count(trial)
    }
  }

  mutating func end(_ ending: StudyEnding) { self.ending = ending }

  private mutating func count(_ trial: Trial) {
    switch trial.state {
    case .complete: complete += 1
    case .pruned: pruned += 1
    case .failed: if trial.isFeasible { failed += 1 } else { infeasible += 1 }
    case .waiting, .running: break
    }
    guard trial.state == .complete, let value = trial.value else { return }
    if best?.value.map({ value < $0 }) ?? true { best = trial }
    if let best = best?.value { curve.append(plan.objectives[0].turned(best)) }
  }

  /// Trials a second in this sitting.
  func speed(after seconds: Double) -> Double? {
    endedHere > 0 && seconds > 0 ? Double(endedHere) / seconds : nil
  }

  /// Seconds until there are as many trials as wanted, or until time is over.
  func secondsLeft(after seconds: Double) -> Double? {
    guard ending == nil, let speed = speed(after: seconds) else { return nil }
    let left = Double(max(0, plan.trials - ended)) / speed
    return plan.seconds.map { min(left, max(0, $0 - seconds)) } ?? left
  }

  /// A value of the first objective as people see it.
  func shown(_ value: Double) -> String { figure(plan.objectives[0].turned(value)) }

  /// What a trial tries, key by key.
  func words(_ numbers: [Double?]) -> [String] {
    let names = ShortNames(space)
    return zip(space.dimensions.indices, numbers).compactMap { index, number in
      number.map { "\(names[index]) \(space.dimensions[index].shown($0))" }
    }
  }
}

extension Dimension {
  /// A number of it as a table shows it.
  func shown(_ number: Double) -> String {
    switch domain {
    case .real: figure(number)
    case .integer: String(Int(number))
    case .choice: value(of: number).yamlText
    }
  }
}
