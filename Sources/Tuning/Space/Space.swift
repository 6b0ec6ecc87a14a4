/// What is searched: dimensions, each after the one that decides whether it is there.
public struct Space: Sendable, Hashable {
  public let dimensions: [Dimension]
  /// For each dimension the place of the one that decides about it.
  private let parents: [Int?]

  /// - Precondition: names are unique, and a condition names a dimension before it.
  public init(_ dimensions: [Dimension]) {
    self.dimensions = dimensions
    parents = dimensions.enumerated().map { index, dimension in
      guard let condition = dimension.condition else { return nil }
      let parent = dimensions[..<index].firstIndex { $0.name == condition.name }
      precondition(parent != nil, "`\(dimension.name)` depends on what does not come before it")
      return parent
    }
    precondition(
      Set(dimensions.map(\.name)).count == dimensions.count, "two dimensions have one name")
  }

  /// The place of the dimension with a name.
  public func place(of name: String) -> Int? { dimensions.firstIndex { $0.name == name } }

  /// Whether a dimension is there, given the numbers of those before it.
  public func isActive(_ index: Int, with parameters: [Double?]) -> Bool {
    guard let condition = dimensions[index].condition, let parent = parents[index] else {
      return true
    }
    guard parent < parameters.count, let number = parameters[parent] else { return false }
    return condition.values.contains(number)
  }

  /// The numbers with those left out that are not there.
  public func pruned(_ parameters: [Double?]) -> [Double?] {
    var result: [Double?] = []
    for index in dimensions.indices {
      result.append(isActive(index, with: result) ? parameters[index] : nil)
    }
    return result
  }

  /// How many different trials there are; nil where that is not finite or more than a million.
  public var trialCount: Int? {
    guard dimensions.allSatisfy({ $0.valueCount != nil }) else { return nil }
    var (count, chosen): (Int, [Double?]) = (0, [])
    return visit(&chosen, &count) ? count : nil
  }

  /// Counts what can follow the chosen numbers; false beyond a million.
  private func visit(_ chosen: inout [Double?], _ count: inout Int) -> Bool {
    guard chosen.count < dimensions.count else {
      count += 1
      return count <= 1_000_000
    }
    let dimension = dimensions[chosen.count]
    guard isActive(chosen.count, with: chosen) else {
      chosen.append(nil)
      defer { chosen.removeLast() }
      return visit(&chosen, &count)
    }
    for place in 0..<(dimension.valueCount ?? 0) {
      chosen.append(dimension.number(of: place))
      defer { chosen.removeLast() }
      guard visit(&chosen, &count) else { return false }
    }
    return true
  }
}

extension Dimension {
  /// The number of the value at a place from 0, smallest first; of what can be counted.
  public func number(of place: Int) -> Double {
    switch domain {
    case .real(let low, _, let step, _): low + Double(place) * (step ?? 0)
    case .integer(let low, _, let step, _): Double(low + place * step)
    case .choice: Double(place)
    }
  }
}
