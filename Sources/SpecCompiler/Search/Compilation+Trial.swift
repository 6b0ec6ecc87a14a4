public import SpecSyntax

extension Compilation {
  /// The overrides that make this spec that of a trial: nothing is searched in it, and keys have
  /// other values, in order.
  ///
  /// A list that a rule decides is written out before an item of it gets a value.
  public func overrides(setting values: [(path: SpecPath, value: JSONValue)]) -> [Override] {
    var overrides = [Override("search", "none")]
    var written: Set<SpecPath> = []
    for (path, value) in values {
      if let list = decidedList(around: path), written.insert(list.path).inserted {
        overrides.append(Override(list.path, JSONValue(list.node).yamlText))
      }
      overrides.append(Override(path, value.yamlText))
      written.insert(path)
    }
    return overrides
  }

  /// The list around the first index of a path, where it is decided and not written.
  func decidedList(around path: SpecPath) -> (path: SpecPath, node: Node)? {
    guard
      let place = path.steps.firstIndex(where: { if case .index = $0 { true } else { false } })
    else { return nil }
    let list = SpecPath(steps: Array(path.steps[..<place]))
    guard let node = resolver?.root.at(list), node.isDecided, node.sequence != nil else {
      return nil
    }
    return (list, node)
  }
}
