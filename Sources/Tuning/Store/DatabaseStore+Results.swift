extension DatabaseStore {
  public func renew(_ claim: Claim, seconds: Double) throws(StudyError) -> Bool {
    try locked { state throws(StudyError) in
      let rows = try state.database.rows(
        """
        UPDATE plumb_attempts SET lease_until = \(state.database.dialect.clock) + $1
        WHERE attempt = $2 AND outcome IS NULL AND trial_id =
        (SELECT trial_id FROM trials WHERE study_id = $3 AND number = $4)
        RETURNING trial_id
        """,
        [
          .real(seconds), .integer(claim.attempt), .integer(state.study),
          .integer(claim.trial.number),
        ])
      return !rows.isEmpty
    }
  }

  public func endClaims(ofOwners isGone: (_ owner: String) -> Bool) throws(StudyError) {
    try locked { state throws(StudyError) in
      let rows = try state.database.rows(
        """
        SELECT DISTINCT a.owner FROM trials t JOIN plumb_attempts a ON a.trial_id = t.trial_id
        WHERE t.study_id = $1 AND t.state = 'RUNNING' AND a.outcome IS NULL
        """, [.integer(state.study)])
      for owner in rows.compactMap({ $0[0].text }) where isGone(owner) {
        // Whoever claims next finds them over, and counts them as the next attempt.
        try state.database.run(
          """
          UPDATE plumb_attempts SET lease_until = 0 WHERE owner = $1 AND outcome IS NULL
          AND trial_id IN (SELECT trial_id FROM trials WHERE study_id = $2)
          """, .text(owner), .integer(state.study))
      }
    }
  }

  public func report(_ point: Trial.Point, of claim: Claim) throws(StudyError) -> Bool {
    try holding(claim) { state, id throws(StudyError) in
      try state.write([point], of: id)
    }
  }

  public func finish(
    _ claim: Claim, as trial: Trial, notes: [String: String]
  ) throws(StudyError) -> Bool {
    // Optuna keeps no result that is not a number.
    let values = trial.values.contains(where: \.isNaN) ? [] : trial.values
    let ending: Trial.State =
      trial.state == .complete && values.isEmpty ? .failed : trial.state
    return try holding(claim) { state, id throws(StudyError) in
      try state.database.run(
        "DELETE FROM trial_intermediate_values WHERE trial_id = $1", .integer(id))
      try state.write(trial.curve, of: id)
      // Of a failed trial Optuna knows no values.
      for (objective, value) in (ending == .failed ? [] : values).enumerated() {
        let value = state.stored.directions[objective].turned(value)
        try state.database.run(
          """
          INSERT INTO trial_values (trial_id, objective, value, value_type)
          VALUES ($1, $2, $3, $4)
          """, .integer(id), .integer(objective), value.optunaNumber, .text(value.optunaKind))
      }
      for (index, violation) in trial.violations.enumerated() {
        try state.setAttribute(
          "trial_system_attributes", of: id, "constraints:\(index)", "\(violation)")
      }
      for (name, note) in notes.sorted(by: { $0.key < $1.key }) {
        try state.setAttribute("trial_user_attributes", of: id, name, note)
      }
      try state.end(id, claim.attempt, ending.optunaName, isFinished: true)
    }
  }

  public func release(_ claim: Claim) throws(StudyError) {
    _ = try holding(claim) { state, id throws(StudyError) in
      try state.database.run(
        "DELETE FROM trial_intermediate_values WHERE trial_id = $1", .integer(id))
      try state.end(id, claim.attempt, Trial.State.waiting.optunaName, isFinished: false)
    }
  }

  /// Changes a trial if it is still the claim's, and tells whether it was.
  private func holding(
    _ claim: Claim, _ body: (borrowing State, _ id: Int) throws(StudyError) -> Void
  ) throws(StudyError) -> Bool {
    try locked { state throws(StudyError) in
      try state.database.transaction { () throws(StudyError) in
        guard let id = try state.held(claim) else { return false }
        try body(state, id)
        return true
      }
    }
  }
}

extension DatabaseStore.State {
  /// The identifier of a trial that is still the claim's, which nobody else changes until the end
  /// of the transaction.
  fileprivate func held(_ claim: Claim) throws(StudyError) -> Int? {
    // Two statements, so that the second sees what was done while the first waited.
    let trials = try database.rows(
      """
      SELECT trial_id FROM trials WHERE study_id = $1 AND number = $2
      AND state = 'RUNNING'\(database.dialect.locksTrials)
      """, [.integer(study), .integer(claim.trial.number)])
    guard let id = trials.first?[0].integer else { return nil }
    let attempts = try database.rows(
      "SELECT 1 FROM plumb_attempts WHERE trial_id = $1 AND attempt = $2 AND outcome IS NULL",
      [.integer(id), .integer(claim.attempt)])
    return attempts.isEmpty ? nil : id
  }

  /// Ends an attempt, and with it the trial or not.
  fileprivate func end(
    _ id: Int, _ attempt: Int, _ name: String, isFinished: Bool
  ) throws(StudyError) {
    try database.run(
      """
      UPDATE plumb_attempts SET outcome = $1, ended = \(database.dialect.clock)
      WHERE trial_id = $2 AND attempt = $3
      """, .text(name), .integer(id), .integer(attempt))
    try database.run(
      """
      UPDATE trials SET state = '\(name)',
      datetime_complete = \(isFinished ? database.dialect.localTime : "NULL") WHERE trial_id = $1
      """, .integer(id))
  }

  /// Keeps points of a curve, of which each step has one.
  fileprivate func write(_ points: [Trial.Point], of id: Int) throws(StudyError) {
    // A later point of the same step is the one that holds.
    let last = Dictionary(points.map { ($0.step, $0.value) }, uniquingKeysWith: { $1 })
    let steps = last.sorted { $0.key < $1.key }
    for start in stride(from: 0, to: steps.count, by: 50) {
      var (places, values): ([String], [SQLValue]) = ([], [.integer(id)])
      for (step, value) in steps[start..<min(start + 50, steps.count)] {
        let value = stored.directions[0].turned(value)
        let first = values.count + 1
        places.append("($1, $\(first), $\(first + 1), $\(first + 2))")
        values += [.integer(step), value.optunaNumber, .text(value.optunaKind)]
      }
      _ = try database.rows(
        """
        INSERT INTO trial_intermediate_values
        (trial_id, step, intermediate_value, intermediate_value_type)
        VALUES \(places.joined(separator: ", "))
        ON CONFLICT (trial_id, step) DO UPDATE SET
        intermediate_value = excluded.intermediate_value,
        intermediate_value_type = excluded.intermediate_value_type
        """, values)
    }
  }
}
