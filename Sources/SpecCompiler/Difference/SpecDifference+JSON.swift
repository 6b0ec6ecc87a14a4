public import SpecSyntax

extension SpecDifference {
  /// The difference for other programs.
  public var json: JSONValue {
    [
      "before": .string(before.name), "after": .string(after.name), "same": .bool(isEmpty),
      "values": .array(values.map { pair($0) { $0.json } }),
      "consequences": .integer(consequences),
      "origins": .array(origins.map { pair($0) { $0.json } }),
      "layers": .array(layers.map { pair($0) { .string($0.sameWords) } }),
      "cost": .array(counts.map { pair($0) { .integer($0) } }),
      "metrics": .array(metrics.map { pair($0) { .number($0) } }),
      "new": .array(new.map { $0.json(in: after.sources) }),
      "gone": .array(gone.map { $0.json(in: before.sources) }),
    ]
  }

  private func pair<State>(
    _ change: Change<State>, _ value: (State) -> JSONValue
  ) -> JSONValue {
    [
      "name": .string(change.name), "before": change.before.map(value) ?? .null,
      "after": change.after.map(value) ?? .null,
    ]
  }
}

extension Resolution.Value {
  fileprivate var json: JSONValue {
    [
      "value": .string(value), "origin": .string(origin.rawValue),
      "rule": rule.map { .string($0) } ?? .null, "reason": .string(reason),
    ]
  }
}
