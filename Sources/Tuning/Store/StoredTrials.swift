internal import SpecSyntax

/// The trials of a study as they were read last, and how to read what has changed since.
///
/// A finished trial does not change any more, so only those are read again that were not.
struct StoredTrials {
  /// A trial that may still change.
  struct Open {
    var id: Int
    var number: Int
    /// The attempt that has it now; nil where nobody has, or another program.
    var attempt: Int?
    /// The last row of its curve that was read.
    var lastPoint = 0
  }

  private(set) var trials: [Trial] = []
  /// Those that are not finished, in the order of their numbers.
  private(set) var open: [Open] = []
  /// Numbers of finished trials that tried what the space does not hold.
  private(set) var outside: Set<Int> = []
  private var lastID = 0

  let study: Int
  let space: Space
  let directions: [StudySettings.Direction]
  private var domains: [String: Dimension.Domain] = [:]

  init(study: Int, space: Space, directions: [StudySettings.Direction]) {
    (self.study, self.space, self.directions) = (study, space, directions)
  }

  /// Reads what has changed; the curves of trials that still run only where asked for.
  mutating func refresh(_ database: any Database, curves: Bool) throws(StudyError) {
    // In one statement, so that a trial that ends meanwhile does not seem to be nobody's.
    let query = """
      SELECT t.trial_id, t.number, t.state, a.attempt FROM trials t
      LEFT JOIN plumb_attempts a ON a.trial_id = t.trial_id AND a.outcome IS NULL WHERE
      """
    let rows = try database.rows(
      """
      \(query) t.study_id = $1 AND t.trial_id > $2
      UNION ALL \(query) t.trial_id IN (\(list(open.map(\.id)))) ORDER BY 1
      """, [.integer(study), .integer(lastID)])
    let before = Dictionary(open.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    open = []
    var changed: [(id: Int, number: Int)] = []
    for row in rows {
      guard let id = row[0].integer, let number = row[1].integer,
        let state = row[2].text.flatMap(Trial.State.init(optuna:)), number <= trials.count
      else {
        throw StudyError("`\(database.place)` is damaged: its trials have gaps in their numbers")
      }
      if number == trials.count {
        trials.append(Trial(number: number, state: state, parameters: absent))
      }
      lastID = max(lastID, id)
      trials[number].state = state
      changed.append((id, number))
      guard !trials[number].isFinished else { continue }
      var entry = before[id] ?? Open(id: id, number: number)
      if entry.attempt != row[3].integer {
        // Each attempt has a curve of its own.
        (entry.attempt, entry.lastPoint, trials[number].curve) = (row[3].integer, 0, [])
      }
      open.append(entry)
    }
    try readParameters(of: changed, database)
    try readEndings(of: changed.filter { trials[$0.number].isFinished }, database)
    if curves { try readCurves(database) }
  }

  /// Reads all anew the next time, as after a transaction that did not hold.
  mutating func forget() {
    (trials, open, outside, lastID) = ([], [], [], 0)
  }

  private var absent: [Double?] { [Double?](repeating: nil, count: space.dimensions.count) }

  /// What the trial of the next number may know. What another program runs is no result to wait
  /// for, and counts only where it is known what it tries.
  func history(parallel: Int) -> [Trial] {
    var history = trials.known(to: trials.count, parallel: parallel)
    for other in open where other.attempt == nil && trials[other.number].parameters == absent {
      history[other.number].state = .failed
    }
    return history
  }

  /// Whether all results that the next trial depends on are there.
  func isReady(parallel: Int) -> Bool {
    !open.contains { $0.attempt != nil && $0.number <= trials.count - parallel }
  }
}

extension StoredTrials {
  /// Numbers for `IN ( … )`; a list may not be empty.
  private func list(_ ids: [Int]) -> String {
    ids.isEmpty ? "-1" : ids.map { "\($0)" }.joined(separator: ",")
  }

  /// Rows of a table for trials, by trial; a thousand trials at a time.
  private func rows(
    _ columns: String, of trials: [(id: Int, number: Int)], _ database: any Database
  ) throws(StudyError) -> [(number: Int, row: SQLRow)] {
    var result: [(Int, SQLRow)] = []
    for start in stride(from: 0, to: trials.count, by: 1000) {
      let piece = trials[start..<min(start + 1000, trials.count)]
      let numbers = Dictionary(piece.map { ($0.id, $0.number) }, uniquingKeysWith: { $1 })
      let found = try database.rows(
        columns.replacing("$IDS", with: list(piece.map(\.id))), [])
      for row in found {
        if let number = row[0].integer.flatMap({ numbers[$0] }) { result.append((number, row)) }
      }
    }
    return result
  }

  private mutating func readParameters(
    of changed: [(id: Int, number: Int)], _ database: any Database
  ) throws(StudyError) {
    let found = try rows(
      """
      SELECT trial_id, param_name, param_value, distribution_json FROM trial_params
      WHERE trial_id IN ($IDS)
      """, of: changed, database)
    var stored: [Int: [String: (Double, Dimension.Domain)]] = [:]
    for (number, row) in found {
      guard let name = row[1].text, let value = row[2].real, let json = row[3].text,
        let domain = domains[json] ?? Dimension.Domain(optunaJSON: json)
      else { continue }
      domains[json] = domain
      stored[number, default: [:]][name] = (value, domain)
    }
    for (_, number) in changed {
      let parameters = space.parameters(stored[number] ?? [:])
      trials[number].parameters = parameters ?? absent
      if parameters == nil, trials[number].isFinished { outside.insert(number) }
    }
  }

  /// Values, violations and curves of trials that have just finished.
  private mutating func readEndings(
    of finished: [(id: Int, number: Int)], _ database: any Database
  ) throws(StudyError) {
    for (_, number) in finished {
      (trials[number].values, trials[number].curve, trials[number].violations) = ([], [], [])
    }
    let values = try rows(
      """
      SELECT trial_id, objective, value, value_type FROM trial_values WHERE trial_id IN ($IDS)
      ORDER BY trial_id, objective
      """, of: finished, database)
    for (number, row) in values {
      guard let objective = row[1].integer, directions.indices.contains(objective),
        trials[number].values.count == objective
      else { continue }
      trials[number].values.append(
        directions[objective].turned(Double(optuna: row[2], kind: row[3])))
    }
    let points = try rows(
      """
      SELECT trial_id, step, intermediate_value, intermediate_value_type
      FROM trial_intermediate_values WHERE trial_id IN ($IDS) ORDER BY trial_id, step
      """, of: finished, database)
    for (number, row) in points {
      trials[number].curve.append(point(row[1], row[2], row[3]))
    }
    let constraints = try rows(
      """
      SELECT trial_id, "key", value_json FROM trial_system_attributes WHERE trial_id IN ($IDS)
      AND "key" LIKE 'constraints%'
      """, of: finished, database)
    var found: [Int: [(String, Double)]] = [:]
    for (number, row) in constraints {
      guard let key = row[1].text, let value = row[2].text.flatMap(JSONValue.init(json:)) else {
        continue
      }
      // Before version 5, all were one list.
      let several = value.array ?? [value]
      found[number, default: []] += several.compactMap(\.double).map { (key, $0) }
    }
    for (number, entries) in found {
      // The places of ours are numbers, and `10` comes after `9`.
      let sorted = entries.enumerated().sorted { first, second in
        let (a, b) = (first.element.0, second.element.0)
        return (a.count, a, first.offset) < (b.count, b, second.offset)
      }
      trials[number].violations = sorted.map(\.element.1)
    }
    for (_, number) in finished where outside.contains(number) {
      trials[number] = Trial(number: number, state: .failed, parameters: absent)
    }
  }

  private func point(_ step: SQLValue, _ value: SQLValue, _ kind: SQLValue) -> Trial.Point {
    let shown = Double(optuna: value, kind: kind)
    return Trial.Point(step: step.integer ?? 0, value: directions[0].turned(shown))
  }

  private mutating func readCurves(_ database: any Database) throws(StudyError) {
    for index in open.indices where trials[open[index].number].state == .running {
      let (id, number) = (open[index].id, open[index].number)
      let rows = try database.rows(
        """
        SELECT trial_intermediate_value_id, step, intermediate_value, intermediate_value_type
        FROM trial_intermediate_values
        WHERE trial_id = $1 AND trial_intermediate_value_id > $2 ORDER BY step
        """, [.integer(id), .integer(open[index].lastPoint)])
      for row in rows {
        open[index].lastPoint = max(open[index].lastPoint, row[0].integer ?? 0)
        trials[number].curve.append(point(row[1], row[2], row[3]))
      }
    }
  }
}

extension Space {
  /// The numbers of a trial that was stored; nil where it tried what is not part of the space.
  func parameters(_ stored: [String: (number: Double, domain: Dimension.Domain)]) -> [Double?]? {
    var result: [Double?] = []
    for (index, dimension) in dimensions.enumerated() {
      guard isActive(index, with: result) else {
        result.append(nil)
        continue
      }
      guard let (number, domain) = stored[dimension.name],
        let here = dimension.number(of: number, in: domain)
      else { return nil }
      result.append(here)
    }
    return stored.keys.allSatisfy { place(of: $0) != nil } ? result : nil
  }
}

extension Trial.State {
  /// A state as Optuna names it.
  init?(optuna name: String) {
    guard let state = Self.allCases.first(where: { $0.optunaName == name }) else { return nil }
    self = state
  }

  var optunaName: String {
    switch self {
    case .waiting: "WAITING"
    case .running: "RUNNING"
    case .complete: "COMPLETE"
    case .pruned: "PRUNED"
    case .failed: "FAIL"
    }
  }
}

extension Double {
  /// A value as Optuna stores it: a number, or the name of what is none.
  init(optuna value: SQLValue, kind: SQLValue) {
    self =
      switch kind.text {
      case "INF_POS": .infinity
      case "INF_NEG": -.infinity
      case "NAN": .nan
      default: value.real ?? .nan
      }
  }

  var optunaKind: String {
    isNaN ? "NAN" : self == .infinity ? "INF_POS" : self == -.infinity ? "INF_NEG" : "FINITE"
  }

  /// The number that stands beside the kind.
  var optunaNumber: SQLValue { isFinite ? .real(self) : .null }
}
