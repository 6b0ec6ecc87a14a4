internal import SpecSyntax

extension Dimension.Domain {
  /// As Optuna writes what a parameter may be (`optuna.distributions.distribution_to_json`).
  ///
  /// The end of a stepped range is its last value. Optuna's choices are single values; one that is
  /// a list or a mapping stands there as its JSON text.
  var optunaJSON: String {
    let count = Dimension("", self).valueCount ?? 0
    let (name, attributes): (String, JSONValue) =
      switch self {
      case .real(let low, let high, let step, let isLogarithmic):
        (
          "FloatDistribution",
          [
            "step": step.map { .number($0) } ?? .null, "low": .number(low),
            "high": .number(step.map { low + Double(count - 1) * $0 } ?? high),
            "log": .bool(isLogarithmic),
          ]
        )
      case .integer(let low, _, let step, let isLogarithmic):
        (
          "IntDistribution",
          [
            "log": .bool(isLogarithmic), "step": .integer(step), "low": .integer(low),
            "high": .integer(low + (count - 1) * step),
          ]
        )
      case .choice(let values):
        ("CategoricalDistribution", ["choices": .array(values.map(\.optunaChoice))])
      }
    let text: JSONValue = ["name": .string(name), "attributes": attributes]
    return text.text(.line)
  }

  /// What Optuna says a parameter may be; nil of what Optuna does not write.
  init?(optunaJSON text: String) {
    guard let value = JSONValue(json: text), let attributes = value["attributes"] else {
      return nil
    }
    let isLogarithmic = attributes["log"]?.bool ?? false
    switch value["name"]?.string {
    case "FloatDistribution":
      guard let low = attributes["low"]?.double, let high = attributes["high"]?.double else {
        return nil
      }
      self = .real(
        low: low, high: high, step: attributes["step"]?.double, isLogarithmic: isLogarithmic)
    case "IntDistribution":
      guard let low = attributes["low"]?.int, let high = attributes["high"]?.int,
        let step = attributes["step"]?.int, step >= 1
      else { return nil }
      self = .integer(low: low, high: high, step: step, isLogarithmic: isLogarithmic)
    case "CategoricalDistribution":
      guard let choices = attributes["choices"]?.array, !choices.isEmpty else { return nil }
      self = .choice(choices)
    default: return nil
    }
  }
}

extension JSONValue {
  /// The form in which Optuna has a choice.
  var optunaChoice: JSONValue {
    switch self {
    case .array, .object: .string(text(.line))
    case .null, .bool, .integer, .number, .string: self
    }
  }

  /// Whether it is the same choice; `1` and `1.0` are.
  func isChoice(_ other: JSONValue) -> Bool {
    if let number = double, let second = other.double { return number == second }
    return self == other
  }
}

extension Dimension {
  /// The number of a value that Optuna's users write; nil where it is not permitted here.
  func number(ofOptuna value: JSONValue) -> Double? {
    guard case .choice(let values) = domain else {
      return value.double.flatMap { contains($0) ? snapped($0) : nil }
    }
    return values.firstIndex { $0.optunaChoice.isChoice(value.optunaChoice) }.map(Double.init)
  }

  /// The number here of a number that was stored for what a parameter could be then; nil where it
  /// is not permitted here.
  func number(of stored: Double, in then: Domain) -> Double? {
    switch (domain, then) {
    case (.choice, .choice(let values)):
      guard let place = Int(exactly: stored), values.indices.contains(place) else { return nil }
      return number(ofOptuna: values[place])
    case (.choice, _): return number(ofOptuna: .number(stored))
    case (_, .choice(let values)):
      guard let place = Int(exactly: stored), values.indices.contains(place) else { return nil }
      return number(ofOptuna: values[place])
    case (.real, .real), (.real, .integer), (.integer, .integer), (.integer, .real):
      return contains(stored) ? snapped(stored) : nil
    }
  }

  /// Whether a number is permitted, but for what rounding does to the steps of real numbers.
  private func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    switch domain {
    case .real(let low, let high, let step, _):
      guard let step else { return (low...high).contains(number) }
      return abs(snapped(number) - number) <= 1e-8 * step
    case .integer, .choice: return snapped(number) == number
    }
  }

  /// A number as Optuna's users write its value.
  func optunaValue(of number: Double) -> JSONValue { value(of: number).optunaChoice }
}
