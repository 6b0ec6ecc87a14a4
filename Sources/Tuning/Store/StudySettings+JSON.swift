internal import SpecSyntax

extension StudySettings {
  /// What is kept of a study beside its name and directions.
  var json: String {
    let dimensions: [JSONValue] = space.dimensions.map { dimension in
      var members: [JSONValue.Member] = [
        .init("name", .string(dimension.name)), .init("domain", dimension.domain.json),
      ]
      if let condition = dimension.condition {
        let when: JSONValue = [
          "name": .string(condition.name),
          "values": .array(condition.values.map { .number($0) }),
        ]
        members.append(.init("when", when))
      }
      return .object(members)
    }
    let options = prunerOptions.sorted { $0.key < $1.key }.map {
      JSONValue.Member($0.key, .number($0.value))
    }
    let digests = identity.sorted { $0.key < $1.key }.map {
      JSONValue.Member($0.key, .string($0.value))
    }
    let value: JSONValue = [
      // Not a number, because most who read JSON have no whole numbers of 64 bits.
      "seed": .string("\(seed)"), "sampler": .string(sampler), "pruner": .string(pruner),
      "pruner_options": .object(options),
      "parallel": .integer(parallel), "space": .array(dimensions),
      "identity": .object(digests),
    ]
    return value.text(.line)
  }

  /// Reads what `json` gives; nil if it is something else.
  init?(json text: String, name: String, directions: [Direction]) {
    guard let value = JSONValue(json: text), let seed = value["seed"]?.string.flatMap(UInt64.init),
      let sampler = value["sampler"]?.string, let pruner = value["pruner"]?.string,
      let parallel = value["parallel"]?.int, let entries = value["space"]?.array,
      case .object(let members)? = value["identity"],
      case .object(let options)? = value["pruner_options"]
    else { return nil }
    var dimensions: [Dimension] = []
    for entry in entries {
      guard let dimension = Dimension(json: entry),
        !dimensions.contains(where: { $0.name == dimension.name }),
        dimension.condition.map({ condition in dimensions.contains { $0.name == condition.name } })
          ?? true
      else { return nil }
      dimensions.append(dimension)
    }
    self.init(
      name: name, seed: seed, space: Space(dimensions), directions: directions, sampler: sampler,
      pruner: pruner,
      prunerOptions: Dictionary(
        options.compactMap { option in option.value.double.map { (option.name, $0) } },
        uniquingKeysWith: { $1 }),
      parallel: parallel,
      identity: Dictionary(
        members.compactMap { member in member.value.string.map { (member.name, $0) } },
        uniquingKeysWith: { $1 }))
  }

  /// What differs from settings with which a study was begun, but for the space, whose change the
  /// trials can bear.
  public func differences(from begun: StudySettings) -> [String] {
    var found: [String] = []
    func compare(_ name: String, _ before: String?, _ now: String?) {
      guard before != now else { return }
      let (first, second) = (before.map { "`\($0)`" }, now.map { "`\($0)`" })
      found.append("`\(name)` was \(first ?? "absent"), and is \(second ?? "absent") now")
    }
    func words(_ directions: [Direction]) -> String {
      directions.map(\.rawValue).joined(separator: ", ")
    }
    compare("objectives", words(begun.directions), words(directions))
    compare("seed", "\(begun.seed)", "\(seed)")
    compare("sampler", begun.sampler, sampler)
    compare("pruner", begun.pruner, pruner)
    for name in Set(prunerOptions.keys).union(begun.prunerOptions.keys).sorted() {
      compare(
        "pruner.\(name)", begun.prunerOptions[name].map { "\($0)" },
        prunerOptions[name].map { "\($0)" })
    }
    compare("parallel", "\(begun.parallel)", "\(parallel)")
    for name in Set(identity.keys).union(begun.identity.keys).sorted() {
      compare(name, begun.identity[name].map(Self.short), identity[name].map(Self.short))
    }
    return found
  }

  /// The beginning of a digest, which tells it from others.
  private static func short(_ text: String) -> String {
    text.count > 16 ? "\(text.prefix(12))…" : text
  }
}

extension Dimension {
  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.string, let domain = json["domain"].flatMap(Domain.init(json:))
    else { return nil }
    var condition: Condition?
    if let when = json["when"] {
      guard let parent = when["name"]?.string, let values = when["values"]?.array else {
        return nil
      }
      condition = Condition(name: parent, values: values.compactMap(\.double))
    }
    self.init(name, domain, when: condition)
  }
}

extension Dimension.Domain {
  fileprivate var json: JSONValue {
    switch self {
    case .real(let low, let high, let step, let isLogarithmic):
      [
        "type": "real", "low": .number(low), "high": .number(high),
        "step": step.map { .number($0) } ?? .null, "log": .bool(isLogarithmic),
      ]
    case .integer(let low, let high, let step, let isLogarithmic):
      [
        "type": "integer", "low": .integer(low), "high": .integer(high), "step": .integer(step),
        "log": .bool(isLogarithmic),
      ]
    case .choice(let values): ["type": "choice", "values": .array(values)]
    }
  }

  fileprivate init?(json: JSONValue) {
    let isLogarithmic = json["log"]?.bool ?? false
    switch json["type"]?.string {
    case "real":
      guard let low = json["low"]?.double, let high = json["high"]?.double else { return nil }
      self = .real(low: low, high: high, step: json["step"]?.double, isLogarithmic: isLogarithmic)
    case "integer":
      guard let low = json["low"]?.int, let high = json["high"]?.int, let step = json["step"]?.int
      else { return nil }
      self = .integer(low: low, high: high, step: step, isLogarithmic: isLogarithmic)
    case "choice":
      guard let values = json["values"]?.array, !values.isEmpty else { return nil }
      self = .choice(values)
    default: return nil
    }
  }
}
