import SpecSyntax
import Synchronization
import Tuning

/// Events of a search as JSON, a line each, for other programs; `specs/tune.md` lists them.
///
/// They are told from any thread.
final class StudyEvents: Sendable {
  /// The version of the events' form.
  static let schemaVersion = 1

  private struct State {
    var writer = EventWriter()
    /// Whether an end has been told, after which nothing follows.
    var isOver = false
  }

  private let state = Mutex(State())

  var isClosed: Bool { state.withLock { $0.writer.isClosed } }

  private func write(_ event: String, _ members: [JSONValue.Member]) {
    state.withLock { $0.writer.write(event, members) }
  }

  /// Tells what is searched.
  func start(_ study: StudySettings, _ plan: StudyPlan, spec: String, store: String, done: Int) {
    write(
      "start",
      [
        .init("schema_version", .integer(Self.schemaVersion)), .init("study", .string(study.name)),
        .init("store", .string(store)), .init("spec", .string(spec)),
        .init("keys", .array(study.space.dimensions.map { .string($0.name) })),
        .init("objectives", .array(plan.objectives.map(\.json))),
        .init("trials", .integer(plan.trials)), .init("trials_done", .integer(done)),
        .init("runs_per_trial", .integer(plan.runsPerTrial)),
        .init("sampler", .string(study.sampler)), .init("pruner", .string(study.pruner)),
        .init("seed", .integer(Int(clamping: study.seed))),
      ])
  }

  func tell(_ event: StudyEvent, _ state: StudyState, isBetter: Bool) {
    switch event {
    case .began(let trial):
      write(
        "begin",
        [
          .init("trial", .integer(trial.number)),
          .init("values", state.space.json(trial.parameters)),
        ])
    case .resumed(let number, let epochs):
      write("resume", [.init("trial", .integer(number)), .init("epochs", .integer(epochs))])
    case .point(let point, let number):
      write(
        "point",
        [
          .init("trial", .integer(number)), .init("step", .integer(point.step)),
          .init("value", .number(state.plan.objectives[0].turned(point.value))),
        ])
    case .left(let number): write("left", [.init("trial", .integer(number))])
    case .ended(let trial, let notes):
      write("trial", trial.members(notes, state.plan, state.space))
      guard isBetter, let value = trial.value else { return }
      write(
        "improvement",
        [
          .init("trial", .integer(trial.number)),
          .init("value", .number(state.plan.objectives[0].turned(value))),
        ])
    }
  }

  /// Tells what the author should know, and what to do about it.
  func note(_ message: String, hint: String) {
    write("note", [.init("message", .string(message)), .init("hints", .array([.string(hint)]))])
  }

  /// Tells why the search came to its end.
  func tell(_ ending: StudyEnding) {
    write("stop", [.init("reason", .string(ending.rawValue))])
  }

  func compare(_ done: Int, of count: Int) {
    write("compare", [.init("done", .integer(done)), .init("of", .integer(count))])
  }

  /// Tells the end with all that `--format json` prints.
  func end(_ result: StudyResult, _ exit: Exit) {
    write(
      "end",
      [.init("exit_code", .integer(Int(exit.rawValue))), .init("result", result.json)])
    state.withLock { $0.isOver = true }
  }

  /// Tells why nothing is searched: the mistakes of the spec.
  func tell(_ findings: Findings, _ exit: Exit) {
    fail(
      Findings.count(findings.diagnostics), [], exit,
      findings.diagnostics.map { $0.json(in: findings.sources) })
  }

  /// Tells a failure that ends the program, unless its end has been told.
  func tell(_ error: any Error) {
    if let failure = error as? Failure {
      fail(failure.message, failure.hints, failure.exit, [])
    } else if !(error is Exit) {
      fail("\(error)", [], .unusable, [])
    }
  }

  private func fail(
    _ message: String, _ hints: [String], _ exit: Exit, _ findings: [JSONValue]
  ) {
    state.withLock { state in
      guard !state.isOver else { return }
      state.writer.fail(message, hints: hints, exit, findings: findings)
      state.isOver = true
    }
  }
}

extension StudyPlan.Objective {
  var json: JSONValue {
    .object([.init("name", .string(name)), .init("direction", .string(direction.rawValue))])
  }
}

extension Space {
  /// The values of a trial by their keys; without those that are not there.
  func json(_ numbers: [Double?]) -> JSONValue {
    .object(
      zip(dimensions, numbers).compactMap { dimension, number in
        number.map { .init(dimension.name, dimension.value(of: $0)) }
      })
  }
}

extension Trial {
  /// A trial that has ended as a JSON object has it.
  func members(_ notes: TrialNotes, _ plan: StudyPlan, _ space: Space) -> [JSONValue.Member] {
    let values = zip(plan.objectives, values).map { JSONValue.number($0.turned($1)) }
    var members: [JSONValue.Member] = [
      .init("trial", .integer(number)), .init("state", .string(state.rawValue)),
      .init("values", space.json(parameters)), .init("objectives", .array(values)),
    ]
    if let reason = notes.reason { members.append(.init("reason", .string(reason))) }
    if !violations.isEmpty { members.append(.init("is_feasible", .bool(isFeasible))) }
    if let count = notes.parameters { members.append(.init("parameters", .integer(count))) }
    if let estimate = notes.estimate { members.append(.init("estimate", estimate.json)) }
    if !notes.runs.isEmpty { members.append(.init("runs", .array(notes.runs.map(\.json)))) }
    if let seconds = notes.seconds { members.append(.init("training_seconds", .number(seconds))) }
    return members
  }
}
