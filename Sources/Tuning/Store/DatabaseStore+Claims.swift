internal import SpecSyntax
internal import Tensors

extension DatabaseStore {
  public func claim(
    owner: String, seconds: Double, limit: Int,
    suggest: (_ number: Int, _ history: [Trial]) -> [Double?]?
  ) throws(StudyError) -> ClaimOutcome {
    try locked { state throws(StudyError) in
      try state.database.transaction { () throws(StudyError) in
        while let (id, number, wasRunning) = try state.free() {
          guard let attempt = try state.takeUp(id, wasRunning, owner, seconds) else { continue }
          guard let parameters = try state.parameters(of: id, number, suggest) else {
            continue
          }
          let trial = Trial(number: number, state: .running, parameters: parameters)
          return .claimed(Claim(trial: trial, attempt: attempt, owner: owner))
        }
        return try state.begin(owner, seconds, limit, suggest)
      }
    }
  }
}

extension DatabaseStore.State {
  /// A trial that waits, or whose claim ran out, the oldest first; nobody else takes it up before
  /// the end of the transaction.
  fileprivate func free() throws(StudyError) -> (id: Int, number: Int, wasRunning: Bool)? {
    let rows = try database.rows(
      """
      SELECT t.trial_id, t.number, t.state FROM trials t
      LEFT JOIN plumb_attempts a ON a.trial_id = t.trial_id AND a.outcome IS NULL
      WHERE t.study_id = $1 AND t.state IN ('WAITING', 'RUNNING')
      AND (t.state = 'WAITING' OR a.lease_until < \(database.dialect.clock))
      ORDER BY t.trial_id LIMIT 1\(database.dialect.locksFreeTrials)
      """, [.integer(study)])
    guard let row = rows.first, let id = row[0].integer, let number = row[1].integer else {
      return nil
    }
    return (id, number, row[2].text == Trial.State.running.optunaName)
  }

  /// Makes a free trial this owner's, as its next attempt; nil where it is free no more, or has
  /// been tried often enough, with which it ends.
  fileprivate func takeUp(
    _ id: Int, _ wasRunning: Bool, _ owner: String, _ seconds: Double
  ) throws(StudyError) -> Int? {
    if wasRunning {
      let ended = try database.rows(
        """
        UPDATE plumb_attempts SET outcome = 'lost', ended = \(database.dialect.clock)
        WHERE trial_id = $1 AND outcome IS NULL AND lease_until < \(database.dialect.clock)
        RETURNING attempt
        """, [.integer(id)])
      // Its owner may have come back in this moment.
      guard !ended.isEmpty else { return nil }
    }
    let counts = try database.rows(
      """
      SELECT COALESCE(MAX(attempt), 0), SUM(CASE WHEN outcome = 'lost' THEN 1 ELSE 0 END)
      FROM plumb_attempts WHERE trial_id = $1
      """, [.integer(id)])
    let (last, lost) = (counts.first?[0].integer ?? 0, counts.first?[1].integer ?? 0)
    guard lost < DatabaseStore.crashes else {
      try fail(id, because: "its process ended without a word \(lost) times")
      return nil
    }
    try database.run(
      """
      UPDATE trials SET state = 'RUNNING', datetime_start = \(database.dialect.localTime)
      WHERE trial_id = $1
      """, .integer(id))
    try database.run("DELETE FROM trial_intermediate_values WHERE trial_id = $1", .integer(id))
    try lease(id, last + 1, owner, seconds)
    return last + 1
  }

  /// Ends a trial that is nobody's.
  func fail(_ id: Int, because reason: String) throws(StudyError) {
    try database.run(
      """
      UPDATE trials SET state = 'FAIL', datetime_complete = \(database.dialect.localTime)
      WHERE trial_id = $1
      """, .integer(id))
    try setAttribute(
      "trial_user_attributes", of: id, "failure", JSONValue.string(reason).text(.line))
  }

  private func lease(
    _ id: Int, _ attempt: Int, _ owner: String, _ seconds: Double
  ) throws(StudyError) {
    let clock = database.dialect.clock
    try database.run(
      """
      INSERT INTO plumb_attempts (trial_id, attempt, owner, started, lease_until)
      VALUES ($1, $2, $3, \(clock), \(clock) + $4)
      """, .integer(id), .integer(attempt), .text(owner), .real(seconds))
  }

  /// The numbers of a trial that was taken up: those it has, or those that it was to have, with
  /// suggestions for the rest. Nil where they are not part of the space, which it is then told.
  fileprivate mutating func parameters(
    of id: Int, _ number: Int, _ suggest: (_ number: Int, _ history: [Trial]) -> [Double?]?
  ) throws(StudyError) -> [Double?]? {
    let space = stored.space
    try stored.refresh(database, curves: false)
    let kept = stored.trials[number].parameters
    if kept.contains(where: { $0 != nil }) || space.dimensions.isEmpty { return kept }
    let rows = try database.rows(
      """
      SELECT value_json FROM trial_system_attributes
      WHERE trial_id = $1 AND "key" = 'fixed_params'
      """, [.integer(id)])
    let counts = try database.rows(
      "SELECT COUNT(*) FROM trial_params WHERE trial_id = $1", [.integer(id)])
    var fixed: [JSONValue.Member] = []
    if case .object(let members)? = rows.first?[0].text.flatMap(JSONValue.init(json:)) {
      fixed = members
    }
    var wrong = counts.first?[0].integer == 0 ? nil : "its values are not part of the space"
    var chosen = [Double?](repeating: nil, count: space.dimensions.count)
    for member in fixed {
      let place = space.place(of: member.name)
      let value = place.flatMap { space.dimensions[$0].number(ofOptuna: member.value) }
      if let place { chosen[place] = value }
      if value == nil {
        wrong = "`\(member.name)` cannot be \(member.value.text(.line)) in this space"
      }
    }
    if let wrong {
      try database.run(
        "UPDATE plumb_attempts SET outcome = 'outside' WHERE trial_id = $1 AND outcome IS NULL",
        .integer(id))
      try fail(id, because: wrong)
      return nil
    }
    let history = Array(stored.history(parallel: parallel).prefix(number))
    let suggested = fixed.count < space.dimensions.count ? suggest(number, history) : nil
    let parameters = space.completed(chosen, with: suggested, seed: seed, number: number)
    try write(parameters, of: id)
    return parameters
  }

  /// Begins a new trial, if there is to be one and what it depends on is there.
  fileprivate mutating func begin(
    _ owner: String, _ seconds: Double, _ limit: Int,
    _ suggest: (_ number: Int, _ history: [Trial]) -> [Double?]?
  ) throws(StudyError) -> ClaimOutcome {
    let number = try nextNumber()
    let isElsewhere = stored.open.contains { $0.attempt != nil }
    let ending: ClaimOutcome = isElsewhere ? .othersRunning : .done
    guard number < limit, !isExhausted else { return ending }
    guard stored.isReady(parallel: parallel) else { return .wait }
    guard let parameters = suggest(number, stored.history(parallel: parallel)) else {
      isExhausted = true
      return ending
    }
    let id = try insert(number, .running)
    try write(parameters, of: id)
    try lease(id, 1, owner, seconds)
    let trial = Trial(number: number, state: .running, parameters: parameters)
    return .claimed(Claim(trial: trial, attempt: 1, owner: owner))
  }

  private func write(_ parameters: [Double?], of id: Int) throws(StudyError) {
    var (places, values): ([String], [SQLValue]) = ([], [.integer(id)])
    for (index, number) in parameters.enumerated() {
      guard let number else { continue }
      let first = values.count + 1
      places.append("($1, $\(first), $\(first + 1), $\(first + 2))")
      values += [
        .text(stored.space.dimensions[index].name), .real(number), .text(distributions[index]),
      ]
    }
    guard !places.isEmpty else { return }
    _ = try database.rows(
      """
      INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
      VALUES \(places.joined(separator: ", "))
      """, values)
  }
}

extension Space {
  /// Chosen numbers, with suggested ones where none was chosen. What is there only because of the
  /// choice, and was not suggested, is drawn.
  func completed(
    _ chosen: [Double?], with suggested: [Double?]?, seed: UInt64, number: Int
  ) -> [Double?] {
    var source = RandomSource(seed: seed).split("queue").split(UInt64(number))
    return pruned(
      dimensions.indices.map { index in
        let drawn = dimensions[index].number(at: source.fraction())
        return chosen[index] ?? suggested?[index] ?? drawn
      })
  }
}
