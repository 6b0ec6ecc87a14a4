internal import SpecSyntax
internal import Synchronization

/// A study in a database, for any number of processes, in tables that Optuna opens too.
///
/// All of them claim from the same table: there is no server of ours and none of them leads. What
/// one has claimed and not renewed in time is taken up by another as the next attempt, and who
/// comes back late with a result is refused, because each attempt is told from those before it.
public final class DatabaseStore: StudyStore {
  public let settings: StudySettings
  /// What the one who began the study left for those who work on it, by name.
  public let texts: [String: String]
  /// Whether it was begun by opening it.
  public let isNew: Bool
  let state: Mutex<State>

  /// What is used under the lock.
  struct State: ~Copyable {
    let database: any Database
    let study: Int
    let parallel: Int
    /// For each dimension what it is to Optuna.
    let distributions: [String]
    let seed: UInt64
    var stored: StoredTrials
    var isExhausted = false
  }

  /// How often a trial is taken up again whose process ended without a word.
  public static let crashes = 3

  init(
    _ database: sending any Database, study: Int, settings: StudySettings,
    texts: [String: String], isNew: Bool
  ) throws(StudyError) {
    (self.settings, self.texts, self.isNew) = (settings, texts, isNew)
    var stored = StoredTrials(
      study: study, space: settings.space, directions: settings.directions)
    try stored.refresh(database, curves: false)
    state = Mutex(
      State(
        database: database, study: study, parallel: settings.parallel,
        distributions: settings.space.dimensions.map(\.domain.optunaJSON), seed: settings.seed,
        stored: stored))
  }

  /// How many finished trials tried what is not part of the space, and are left out: they appear as
  /// failed trials without numbers.
  public var outsideCount: Int { state.withLock { $0.stored.outside.count } }

  /// What the connection has done so far.
  var work: DatabaseWork { state.withLock { $0.database.work } }

  public func trials() throws(StudyError) -> [Trial] {
    try locked { state throws(StudyError) in
      try state.stored.refresh(state.database, curves: true)
      return state.stored.trials
    }
  }

  public func notes(of number: Int) throws(StudyError) -> [String: String] {
    try locked { state throws(StudyError) in
      let rows = try state.database.rows(
        """
        SELECT a."key", a.value_json FROM trial_user_attributes a
        JOIN trials t ON t.trial_id = a.trial_id WHERE t.study_id = $1 AND t.number = $2
        """, [.integer(state.study), .integer(number)])
      var notes: [String: String] = [:]
      for row in rows {
        if let name = row[0].text { notes[name] = row[1].text }
      }
      return notes
    }
  }

  public func enqueue(_ parameters: [Double?]) throws(StudyError) {
    var fixed: [JSONValue.Member] = []
    for (dimension, number) in zip(settings.space.dimensions, parameters) {
      if let number { fixed.append(.init(dimension.name, dimension.optunaValue(of: number))) }
    }
    let text = JSONValue.object(fixed).text(.line)
    try locked { state throws(StudyError) in
      try state.database.transaction { () throws(StudyError) in
        let number = try state.nextNumber()
        let id = try state.insert(number, .waiting)
        try state.setAttribute("trial_system_attributes", of: id, "fixed_params", text)
      }
    }
  }

  /// Runs something with the connection, which one thread uses at a time; once more where the
  /// connection has gone, for half a minute, so that a server may be started anew meanwhile.
  ///
  /// What was asked for may then be done twice, and its second time be refused as too late.
  func locked<Value: Sendable>(
    _ body: (inout State) throws(StudyError) -> Value
  ) throws(StudyError) -> Value {
    let result: Result<Value, StudyError> = state.withLock { state in
      var pause = 0.5
      while true {
        do throws(StudyError) {
          return .success(try body(&state))
        } catch {
          // What was read may have been taken back.
          state.stored.forget()
          guard state.database.isBroken, pause < 20 else { return .failure(error) }
          BackgroundThread.sleep(seconds: pause)
          pause *= 2
        }
      }
    }
    return try result.get()
  }
}

extension DatabaseStore.State {
  /// The number of the next trial; until the end of the transaction nobody else gets it.
  mutating func nextNumber() throws(StudyError) -> Int {
    _ = try database.rows(
      "SELECT study_id FROM studies WHERE study_id = $1\(database.dialect.locksStudy)",
      [.integer(study)])
    try stored.refresh(database, curves: false)
    return stored.trials.count
  }

  /// Adds a trial, and gives its identifier.
  func insert(_ number: Int, _ trialState: Trial.State) throws(StudyError) -> Int {
    let start = trialState == .running ? database.dialect.localTime : "NULL"
    let rows = try database.rows(
      """
      INSERT INTO trials (number, study_id, state, datetime_start)
      VALUES ($1, $2, '\(trialState.optunaName)', \(start)) RETURNING trial_id
      """, [.integer(number), .integer(study)])
    guard let id = rows.first?.first?.integer else {
      throw StudyError("`\(database.place)`: a trial was not kept")
    }
    return id
  }

  /// Keeps a text of JSON with a trial, in place of an earlier one.
  func setAttribute(_ table: String, of trial: Int, _ name: String, _ json: String)
    throws(StudyError)
  {
    try database.run(
      """
      INSERT INTO \(table) (trial_id, "key", value_json) VALUES ($1, $2, $3)
      ON CONFLICT (trial_id, "key") DO UPDATE SET value_json = excluded.value_json
      """, .integer(trial), .text(name), .text(json))
  }
}
