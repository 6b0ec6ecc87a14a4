public import SpecSyntax

extension SearchedKey {
  /// The values that a condition on this key names: items of a list, unless the list as a whole is
  /// one of the key's own values.
  public func values(in condition: Node) -> [Node] {
    guard let items = condition.sequence, numbers(of: condition).isEmpty else {
      return [condition]
    }
    return items
  }

  /// The numbers by which a trial knows a value of this key, none where the key cannot have it: a
  /// number itself, or the places of a choice. The name of a family's member stands for all values
  /// that are that member.
  public func numbers(of value: Node) -> [Double] {
    let wanted = JSONValue(value)
    if let choice {
      return choice.indices.filter { JSONValue(choice[$0]).matches(wanted) }.map(Double.init)
    }
    guard let number = wanted.numberValue else { return [] }
    if let integer, let low = integer.first?.wrappedValue, let high = integer.last?.wrappedValue {
      let step = Int(step ?? 1)
      guard let whole = Int(exactly: number), (min(low, high)...max(low, high)).contains(whole),
        (whole - low) % max(step, 1) == 0
      else { return [] }
      return [number]
    }
    guard let low = real?.first?.wrappedValue, let high = real?.last?.wrappedValue, let step,
      number >= low, number <= high
    else { return [] }
    let place = ((number - low) / step).rounded()
    return abs(low + place * step - number) < 1e-9 * step ? [low + place * step] : []
  }
}

extension JSONValue {
  /// Whether it is the other, or the member of a family that the other names.
  fileprivate func matches(_ other: JSONValue) -> Bool {
    if self == other { return true }
    guard case .object(let members) = self, members.count == 1, case .string(let name) = other
    else { return false }
    return members[0].name == name
  }

  var numberValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .bool, .string, .array, .object: nil
    }
  }
}
