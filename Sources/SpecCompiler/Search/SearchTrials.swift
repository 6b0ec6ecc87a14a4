import NetworkGraph
import SpecSyntax

/// Checks of the values that are searched, by compiling the spec with them in it.
struct SearchTrials {
  let keys: [SearchedPlace]
  let constraints: SearchConstraints
  /// What a spec has in which keys have other values: its errors, and the network's size.
  let compile: ([(path: SpecPath, value: Node)]) -> TrialOutcome

  /// The places of values that go into one spec, by the places of their keys; nil where a key is
  /// not there.
  private typealias Assignment = [Int?]

  /// Compilations that look for mistakes; beyond that, values are left unchecked.
  static let limit = 8

  func run(_ log: inout DiagnosticLog) {
    var refused = Set<String>()
    var untried = keys.indices.map { Array(keys[$0].key.samples.indices) }
    for _ in 0..<Self.limit where untried.contains(where: { !$0.isEmpty }) {
      let assignment = next(&untried)
      if !compile(values(of: assignment)).errors.isEmpty { report(assignment, &refused, &log) }
    }
    guard !log.hasErrors else { return }
    checkConstraints(&log)
  }

  /// An assignment with as many values that were not tried as go together.
  private func next(_ untried: inout [[Int]]) -> Assignment {
    var chosen = Assignment(repeating: nil, count: keys.count)
    for index in keys.indices where isThere(index, in: chosen) {
      let place = untried[index].first ?? placeForChildren(of: index, untried) ?? 0
      chosen[index] = place
      untried[index].removeAll { $0 == place }
    }
    // What is there beside no value that is put in is never tried.
    for index in keys.indices where !canBeThere(index) { untried[index] = [] }
    return chosen
  }

  /// The value beside which a key is there that was not tried.
  private func placeForChildren(of index: Int, _ untried: [[Int]]) -> Int? {
    for child in keys.indices where !untried[child].isEmpty {
      guard parent(of: child) == index else { continue }
      if let place = keys[index].key.samples.indices.first(where: { isMet(child, by: $0) }) {
        return place
      }
    }
    return nil
  }

  private func canBeThere(_ index: Int) -> Bool {
    guard let parent = parent(of: index) else { return keys[index].key.condition.isEmpty }
    return keys[parent].key.samples.indices.contains { isMet(index, by: $0) }
      && canBeThere(parent)
  }

  private func isThere(_ index: Int, in chosen: Assignment) -> Bool {
    guard !keys[index].key.condition.isEmpty else { return true }
    guard let parent = parent(of: index), let place = chosen[parent] else { return false }
    return isMet(index, by: place)
  }

  private func parent(of index: Int) -> Int? {
    guard let condition = keys[index].key.condition.first else { return nil }
    return keys[..<index].firstIndex { $0.path == SpecPath(condition.name) }
  }

  /// Whether a key is there beside the value at a place of its parent's.
  private func isMet(_ index: Int, by place: Int) -> Bool {
    guard let parent = parent(of: index), let condition = keys[index].key.condition.first else {
      return true
    }
    let key = keys[parent].key
    let value = key.samples[place].node
    return key.values(in: condition.value).contains { wanted in
      !Set(key.numbers(of: wanted)).isDisjoint(with: key.numbers(of: value))
    }
  }

  private func values(of assignment: Assignment) -> [(path: SpecPath, value: Node)] {
    keys.indices.compactMap { index in
      assignment[index].map { (keys[index].path, keys[index].key.samples[$0].node) }
    }
  }

  /// Reports the values of an assignment that the spec refuses by themselves; the same about one
  /// key only once.
  private func report(
    _ assignment: Assignment, _ refused: inout Set<String>, _ log: inout DiagnosticLog
  ) {
    for index in keys.indices {
      guard let place = assignment[index] else { continue }
      // With it, what it needs: the values that its condition asks for.
      var alone = Assignment(repeating: nil, count: keys.count)
      var next: Int? = index
      while let index = next {
        alone[index] = assignment[index]
        next = parent(of: index)
      }
      guard let finding = compile(values(of: alone)).errors.first,
        refused.insert("\(index) \(finding.message)").inserted
      else { continue }
      let sample = keys[index].key.samples[place]
      log.report(
        .refusedSearchValue(keys[index], value: sample.text, at: sample.node.range, finding))
    }
  }

  /// Whether the smallest network that going through the keys one by one finds keeps the bounds.
  private func checkConstraints(_ log: inout DiagnosticLog) {
    for (name, limit, range) in constraints.bounds {
      var untried = keys.indices.map { Array(keys[$0].key.samples.indices) }
      var best = next(&untried)
      guard var least = compile(values(of: best)).size(name), least > limit else { continue }
      for index in keys.indices where best[index] != nil {
        for place in keys[index].key.samples.indices where place != best[index] {
          var other = best
          other[index] = place
          for child in keys.indices where child > index {
            other[child] = isThere(child, in: other) ? other[child] ?? 0 : nil
          }
          guard let found = compile(values(of: other)).size(name), found < least else { continue }
          (least, best) = (found, other)
        }
      }
      if least > limit {
        log.report(.unreachableConstraint(name, limit: limit, least: least, at: range))
      }
    }
  }
}

/// What a spec with other values of some keys has.
struct TrialOutcome {
  var errors: [Diagnostic]
  var summary: Summary?

  /// What its network costs, by the name of a constraint; nil where that is not known.
  func size(_ name: String) -> Double? {
    errors.isEmpty ? summary?.size(name).map(Double.init) : nil
  }
}

extension Compilation {
  /// What its network costs, by the name that `search` has for it: `parameters`, `flops`, or
  /// `memory` in bytes. Nil where there is no network, or where its size does not tell the cost.
  public func size(_ name: String) -> Int? { summary?.size(name) }
}

extension Summary {
  fileprivate func size(_ name: String) -> Int? {
    switch name {
    case "parameters": parameters
    case "flops": flops
    case "memory": memoryBytes
    default: nil
    }
  }
}

extension SearchedKey {
  /// The values that are put into a spec to see whether it takes them, each as it stands in the
  /// text: all of a choice, and both ends of a range.
  var samples: [(node: Node, text: String)] {
    if let choice { return choice.map { ($0, JSONValue($0).yamlText) } }
    let ends =
      integer.map { $0.map { (String($0.wrappedValue), $0.projectedValue) } }
      ?? real.map { $0.map { (numberText($0.wrappedValue), $0.projectedValue) } } ?? []
    return ends.map { (Node(.scalar(Scalar($0.0)), range: $0.1), $0.0) }
  }
}
