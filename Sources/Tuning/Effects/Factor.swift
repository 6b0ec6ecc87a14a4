/// A key of a spec that an experiment varies.
public struct Factor: Sendable, Hashable, Encodable {
  /// As `--set` names it.
  public var key: String
  /// At least two different values, as a spec writes them; effects go from the first to the others.
  public var levels: [String]
  /// Which level is the spec's own; nil where none is.
  public var base: Int?

  public init(key: String, levels: [String], base: Int? = nil) {
    (self.key, self.levels, self.base) = (key, levels, base)
  }

  /// The levels as numbers, if all are.
  var numbers: [Double]? {
    let numbers = levels.compactMap { Double($0) }
    return numbers.count == levels.count ? numbers : nil
  }

  /// "raising `rate` from 0.001 to 0.01", "`optimizer: sgd` in place of `adam`".
  func move(from: Int = 0, to: Int, name: String) -> String {
    guard let numbers else {
      return "`\(name): \(levels[to])` in place of `\(levels[from])`"
    }
    let verb = numbers[to] > numbers[from] ? "raising" : "lowering"
    return "\(verb) `\(name)` from \(levels[from]) to \(levels[to])"
  }
}

extension [Factor] {
  /// Keys without their section, as long as that tells them apart.
  public var names: [String] {
    let short = map { factor in
      factor.key.firstIndex(of: ".").map { String(factor.key[factor.key.index(after: $0)...]) }
        ?? factor.key
    }
    return indices.map { index in
      short.count { $0 == short[index] } == 1 ? short[index] : self[index].key
    }
  }

  /// "rate 0.01, batch 64".
  public func words(_ cell: [Int]) -> String {
    zip(zip(names, self), cell).map { "\($0.0) \($0.1.levels[$1])" }.joined(separator: ", ")
  }
}
