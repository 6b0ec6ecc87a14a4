import Foundation
import SpecSyntax
import TestSupport
import Testing

@testable import Tuning

/// A Python that has Optuna; nil, and a word about it, where there is none.
private let optuna = Tool.python(importing: "optuna")

@Suite("Optuna")
struct OptunaTests {
  /// Runs a script that finds the file of studies as `url`; what it prints, line by line.
  private func python(_ script: String, _ path: String) throws -> [String]? {
    guard let optuna else { return nil }
    let file = try Repository.temporaryFolder() + "/script.py"
    let head = """
      import json, optuna
      optuna.logging.set_verbosity(optuna.logging.ERROR)
      url = "sqlite:///\(path)"

      """
    try (head + script).write(toFile: file, atomically: true, encoding: .utf8)
    return try Tool.shell("\(optuna) \(file) 2>&1", in: Repository.root)
      .split(separator: "\n").map(String.init)
  }

  private func path() throws -> String { try Repository.temporaryFolder() + "/studies.db" }

  @Test("opens a study written here, reads every part of it, and goes on with it")
  func opens() throws {
    let path = try path()
    let settings = mixedSettings(directions: [.maximize], parallel: 8)
    let store = try DatabaseStore.open(StudyAddress(file: path), settings)
    try store.enqueue([0.5, 0.1, 5, 5, nil])
    var claim = try #require(try claimed(store))
    try finished(
      claim, in: store, values: [-0.75], violations: [-1, 0.5], notes: ["seconds": "1.5"])
    claim = try #require(try claimed(store))
    try finished(claim, in: store, as: .pruned, values: [-0.25])
    claim = try #require(try claimed(store))
    try finished(claim, in: store, as: .failed, values: [])
    claim = try #require(try claimed(store))
    try finished(claim, in: store, values: [-.infinity])
    try store.enqueue([1, 0, 2, 0, 0.5])
    let printed = try python(
      """
      study = optuna.load_study(storage=url, study_name="study")
      print([d.name for d in study.directions])
      for t in study.trials:
          print(t.state.name, t.value, t.intermediate_values, t.constraints, t.user_attrs)
      print(study.trials[0].params)
      print(study.trials[0].distributions["rate"], study.trials[0].distributions["units"])
      print(study.trials[0].datetime_complete >= study.trials[0].datetime_start)
      choices = study.trials[0].distributions["kind"].choices
      def objective(t):
          kind = t.suggest_categorical("kind", choices)
          m = t.suggest_float("momentum", 0, 1) if kind == "sgd" else 0
          t.suggest_int("units", 2, 8, step=3)
          t.suggest_float("drop", 0, 0.5, step=0.1)
          return t.suggest_float("rate", 1e-4, 1, log=True) + m
      study.optimize(objective, n_trials=12)
      print(len(study.trials), study.trials[4].params["momentum"], study.trials[4].value)
      """, path)
    guard let printed else { return }
    #expect(printed.count == 10, "\(printed)")
    #expect(
      printed.prefix(5) == [
        "['MAXIMIZE']",
        "COMPLETE 0.75 {1: -0.25, 2: 0.75} {'0': -1.0, '1': 0.5} {'seconds': 1.5}",
        "PRUNED 0.25 {1: -0.75, 2: 0.25} {} {}",
        "FAIL None {} {} {}",
        "COMPLETE inf {1: inf, 2: inf} {} {}",
      ], "\(printed)")
    #expect(printed.last == "16 0.5 1.5", "\(printed)")
    #expect(printed.contains("{'rate': 0.5, 'drop': 0.1, 'units': 5, 'kind': '[64,32]'}"))
    #expect(
      printed.contains(
        "FloatDistribution(high=1.0, log=True, low=0.0001, step=None) "
          + "IntDistribution(high=8, log=False, low=2, step=3)"))
    let trials = try DatabaseStore.open(StudyAddress(file: path), settings).trials()
    #expect(trials.count == 16 && trials[4].values == [-1.5])
    #expect(trials[5...].allSatisfy { $0.state == .complete && $0.values[0] < 0 })
  }

  @Test("a study begun by Optuna is gone on with, with what is waiting in it")
  func continues() throws {
    let path = try path()
    let printed = try python(
      """
      study = optuna.create_study(storage=url, study_name="study", direction="maximize")
      def objective(t):
          c = t.suggest_categorical("c", ["a", None, 3])
          x = t.suggest_float("x", 0, 2)
          t.suggest_int("n", 1, 16, log=True)
          for i in range(3):
              t.report(x * i, i)
          if t.number == 1: raise optuna.TrialPruned()
          t.set_constraint("size", x - 1)
          return x
      study.enqueue_trial({"x": 1.5, "c": None, "n": 4})
      study.enqueue_trial({"x": 0.5, "c": 3, "n": 4})
      study.enqueue_trial({"x": 0.25, "c": "a", "n": 4})
      study.optimize(objective, n_trials=3)
      study.enqueue_trial({"x": 0.75})
      study.enqueue_trial({"x": 5})
      study.ask()
      study.ask()
      print(len(study.trials))
      study.enqueue_trial({"x": 0.75})
      study.enqueue_trial({"x": 5})
      """, path)
    guard let printed else { return }
    #expect(printed == ["5"])
    let address = StudyAddress(file: path)
    let found = try DatabaseStore.existing(address)
    #expect(
      found.settings.space
        == Space([
          Dimension("c", .choice(["a", .null, 3])),
          Dimension("x", .real(low: 0, high: 2, step: nil, isLogarithmic: false)),
          Dimension("n", .integer(low: 1, high: 16, step: 1, isLogarithmic: true)),
        ]))
    let narrow = Space([
      Dimension("x", .real(low: 0, high: 1, step: nil, isLogarithmic: false)),
      Dimension("c", .choice([3, "a", "new"])),
      Dimension("n", .integer(low: 1, high: 8, step: 1, isLogarithmic: true)),
    ])
    let settings = mixedSettings(space: narrow, directions: [.maximize], parallel: 1)
    let store = try DatabaseStore.open(address, settings)
    #expect(store.outsideCount == 1 && !store.isNew)
    let trials = try store.trials()
    #expect(trials[0] == Trial(number: 0, state: .failed, parameters: [nil, nil, nil]))
    #expect(
      trials[1]
        == Trial(
          number: 1, state: .pruned, parameters: [0.5, 0, 4], values: [-1],
          curve: [.init(step: 0, value: 0), .init(step: 1, value: -0.5), .init(step: 2, value: -1)]))
    #expect(trials[2].violations == [-0.75] && trials[2].values == [-0.25])
    // What Optuna's own workers run is waited for by them alone.
    let claim = try #require(try claimed(store))
    #expect(claim.trial.number == 5 && claim.trial.parameters[0] == 0.75)
    #expect(claim.trial.parameters.allSatisfy { $0 != nil })
    try finished(claim, in: store, values: [-0.5])
    let next = try #require(try claimed(store))
    #expect(next.trial.number == 7)
    #expect(try store.trials()[6].state == .failed)
    #expect(try store.notes(of: 6)["failure"] == "\"`x` cannot be 5 in this space\"")
    try finished(next, in: store, values: [-0.5])
    let after = try python(
      """
      study = optuna.load_study(storage=url, study_name="study")
      print(study.trials[5].value, study.trials[5].params["x"], study.trials[6].state.name)
      """, path)
    #expect(after == ["0.5 0.75 FAIL"])
  }

  @Test("makes the same tables")
  func tables() throws {
    let (ours, theirs) = (try path(), try path())
    _ = try DatabaseStore.open(StudyAddress(file: ours), mixedSettings())
    let list = """
      import sqlite3
      c = sqlite3.connect(url[10:])
      for (t,) in c.execute("select name from sqlite_master where type='table' and name not like 'plumb%' order by 1").fetchall():
          print(t, [r[1:4] for r in c.execute(f"pragma table_info({t})")])
          for i in c.execute(f"pragma index_list({t})").fetchall():
              if not i[1].startswith("plumb"):
                  print(t, i[2], i[3] if i[3] != "pk" else "", [r[2] for r in c.execute(f"pragma index_info('{i[1]}')")])
      print(c.execute("select * from version_info").fetchall(), c.execute("select * from alembic_version").fetchall())
      """
    guard let first = try python(list, ours),
      let second = try python("optuna.create_study(storage=url)\n" + list, theirs)
    else { return }
    #expect(first == second)
    #expect(first.count > 14)
  }
}
