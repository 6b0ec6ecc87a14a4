public import SpecCompiler
public import SpecSyntax

extension Space {
  /// The space of a `search` section that has no errors.
  ///
  /// A key that could not be searched, which is an error in the spec, is left out.
  public init(_ keys: [NamedValue<SearchedKey?>]) {
    var dimensions: [Dimension] = []
    var searched: [String: SearchedKey] = [:]
    for entry in keys {
      let name = SpecPath(entry.name).description
      guard let key = entry.value, searched[name] == nil, let domain = Dimension.Domain(key)
      else { continue }
      let condition = key.condition.first.flatMap { Dimension.Condition($0, among: searched) }
      guard key.condition.isEmpty || condition != nil else { continue }
      dimensions.append(Dimension(name, domain, when: condition))
      searched[name] = key
    }
    self.init(dimensions)
  }

  /// What a trial changes in the spec: the key and the value of each dimension that is there.
  public func values(of parameters: [Double?]) -> [(path: SpecPath, value: JSONValue)] {
    zip(dimensions, parameters).compactMap { dimension, number in
      number.map { (SpecPath(dimension.name), dimension.value(of: $0)) }
    }
  }

  /// The numbers of a trial that is given by some values of searched keys, nil where it says
  /// nothing.
  public func parameters(of values: [NamedValue<Node>], in keys: [NamedValue<SearchedKey?>])
    -> [Double?]
  {
    dimensions.map { dimension in
      let given = values.first { SpecPath($0.name).description == dimension.name }?.value
      let key = keys.first { SpecPath($0.name).description == dimension.name }?.value
      guard let given, let key else { return nil }
      // A real number without steps is no value of its own among others.
      return key.numbers(of: given).first
        ?? read(given, as: .number()).map { dimension.snapped($0) }
    }
  }
}

extension Dimension.Domain {
  /// What a searched key may be; nil where that is not whole.
  init?(_ key: SearchedKey) {
    let isLogarithmic = key.scale == .log
    if let choice = key.choice, !choice.isEmpty {
      self = .choice(choice.map { JSONValue($0) })
    } else if let ends = key.integer, ends.count == 2 {
      self = .integer(
        low: ends[0].wrappedValue, high: ends[1].wrappedValue,
        step: isLogarithmic ? 1 : max(1, Int(key.step ?? 1)), isLogarithmic: isLogarithmic)
    } else if let ends = key.real, ends.count == 2 {
      self = .real(
        low: ends[0].wrappedValue, high: ends[1].wrappedValue,
        step: isLogarithmic ? nil : key.step, isLogarithmic: isLogarithmic)
    } else {
      return nil
    }
  }
}

extension Dimension.Condition {
  /// A condition of a spec; nil where no key before has any of the values.
  init?(_ condition: NamedValue<Node>, among keys: [String: SearchedKey]) {
    let name = SpecPath(condition.name).description
    guard let key = keys[name] else { return nil }
    let numbers = key.values(in: condition.value).flatMap { key.numbers(of: $0) }
    guard !numbers.isEmpty else { return nil }
    self.init(name: name, values: numbers)
  }
}
