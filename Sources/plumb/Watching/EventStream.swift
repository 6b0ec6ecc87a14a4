import SpecSyntax
import Training

/// Events of a training as JSON, a line each, for other programs; `specs/watching.md` lists them.
///
/// What was learnt is kept when nobody reads any more.
final class EventStream {
  /// The version of the events' form.
  static let schemaVersion = 1

  private var writer = EventWriter()
  private var monitor = ""
  private var last: EpochReport?
  /// Whether an end has been told, after which nothing follows.
  private var isOver = false

  var isClosed: Bool { writer.isClosed }

  /// Tells what happened while training.
  func tell(_ event: RunEvent, spec: String) {
    switch event {
    case .repeated(let place):
      last = nil
      write(
        "run",
        [
          .init("number", .integer(place.number)), .init("runs", .integer(place.runCount)),
          .init("fold", place.fold.map { .integer($0) } ?? .null),
          .init("folds", place.folds.map { .integer($0) } ?? .null),
          .init("seed", .integer(Int(clamping: place.seed))),
        ])
    case .started(let run): tell(run, spec)
    case .step, .measured, .finished: break
    case .epoch(let epoch): tell(epoch)
    case .stopped(let reason):
      write(
        "stop",
        [
          .init("reason", .string(reason.rawValue)), .init("epoch", .integer(last?.epoch ?? 0)),
        ])
    }
  }

  private func tell(_ run: RunStart, _ spec: String) {
    monitor = run.monitor
    write(
      "start",
      [
        .init("schema_version", .integer(Self.schemaVersion)), .init("name", .string(run.name)),
        .init("spec", .string(spec)),
        .init(
          "rows",
          [
            "train": .integer(run.trainRows), "validation": .integer(run.validationRows),
            "test": .integer(run.testRows),
          ]),
        .init("parameters", .integer(run.parameters)), .init("epochs", .integer(run.epochs)),
        .init("steps_per_epoch", .integer(run.stepsPerEpoch)),
        .init("monitor", .string(run.monitor)),
        .init("may_stop_early", .bool(run.mayStopEarly)),
        .init("steps_done", .integer(run.stepsDone)),
      ])
  }

  private func tell(_ epoch: EpochReport) {
    last = epoch
    if case .object(let members) = epoch.json { write("epoch", members) }
    guard epoch.isBest else { return }
    let value = epoch.value(of: monitor)
    write(
      "improvement",
      [
        .init("epoch", .integer(epoch.epoch)), .init("monitor", .string(monitor)),
        .init("value", value.map { .number($0) } ?? .null),
      ])
  }

  /// Tells the end of a run that is kept: its folder, its verdict, and all that `--format json`
  /// prints.
  func tell(_ result: RunResult) throws {
    let exit = result.outcome.stopped == .interrupted ? Exit.interrupted : .fine
    try end(result, run: result.run, result.outcome.verdict, exit)
  }

  /// The same of repeated runs.
  func tell(_ result: RepeatsResult) throws {
    let exit = result.outcome.isInterrupted ? Exit.interrupted : .fine
    try end(result, run: result.run, result.outcome.verdict, exit)
  }

  private func end(
    _ result: some Encodable, run: String, _ verdict: Verdict?, _ exit: Exit
  ) throws {
    let text = try Console.jsonText(result)
    let members: [JSONValue.Member] = [
      .init("run", .string(run)),
      .init("verdict", verdict.map { .string($0.sentence) } ?? .null),
      .init("is_worse_than_baseline", verdict.map { .bool($0.isWorse) } ?? .null),
      .init("exit_code", .integer(Int(exit.rawValue))),
    ]
    write("end", members, last: "\"result\":\(text)")
    isOver = true
  }

  /// Tells why nothing is trained: the mistakes of the spec.
  func tell(_ findings: Findings, _ exit: Exit) {
    fail(
      Findings.count(findings.diagnostics), hints: [], exit,
      findings: findings.diagnostics.map { $0.json(in: findings.sources) })
  }

  /// Tells a failure that ends the program, unless its end has been told.
  func tell(_ error: any Error) {
    if let failure = error as? Failure {
      fail(failure.message, hints: failure.hints, failure.exit, findings: [])
    } else if !(error is Exit) {
      fail("\(error)", hints: [], .unusable, findings: [])
    }
  }

  private func fail(
    _ message: String, hints: [String], _ exit: Exit, findings: [JSONValue]
  ) {
    guard !isOver else { return }
    writer.fail(message, hints: hints, exit, findings: findings)
    isOver = true
  }

  private func write(_ event: String, _ members: [JSONValue.Member], last: String? = nil) {
    writer.write(event, members, last: last)
  }
}

extension EpochReport {
  /// What a spec calls `validation.loss`, `training.loss` or `validation.` and a metric.
  fileprivate func value(of monitor: String) -> Double? {
    switch monitor {
    case "training.loss": trainingLoss
    case "validation.loss": validationLoss
    default: metrics[String(monitor.dropFirst("validation.".count))]
    }
  }
}
