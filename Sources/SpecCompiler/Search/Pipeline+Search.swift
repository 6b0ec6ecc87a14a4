import SpecSyntax

extension Pipeline {
  /// Checks what is searched, by itself and in the spec.
  mutating func search() {
    guard let spec = result.spec, let search = spec.search, let document = result.document,
      let root = result.resolver?.root
    else { return }
    let space: SpecPath = "search.space"
    let keys = (search.space.value ?? []).compactMap { entry -> SearchedPlace? in
      guard let key = entry.value, !mistakes.hide(space.key(entry.name)) else { return nil }
      return SearchedPlace(
        name: entry.name, nameRange: entry.nameRange, path: SpecPath(entry.name), key: key)
    }
    let isWhole = !mistakes.hide(space)
    var found = DiagnosticLog()
    SearchedKeyChecks(keys: keys, root: root).run(&found)
    for index in keys.indices {
      SearchDomainChecks(
        place: keys[index], above: keys[..<index], document: document, isWhole: isWhole
      ).run(&found)
    }
    let checks = specChecks
    SearchChecks(
      search: search, keys: keys, spec: spec, document: document, mistakes: mistakes
    ) {
      checks?.checkMetric($0, at: $1, path: $2, &$3)
    }.run(&found)
    for finding in found.diagnostics { log.report(finding) }
    guard !keys.isEmpty else { return }
    guard !log.hasErrors, !mistakes.hide("search") else {
      result.notChecked.append("the values in `search`: errors come first")
      return
    }
    let pipeline = self
    SearchTrials(keys: keys, constraints: search.constraints) { pipeline.outcome(of: $0) }.run(&log)
  }

  /// What the spec has where keys have other values and nothing is searched.
  private func outcome(of values: [(path: SpecPath, value: Node)]) -> TrialOutcome {
    guard var tree = result.tree, let mapping = tree.root.mapping else {
      return TrialOutcome(errors: [])
    }
    tree.root = Node(
      .mapping(Mapping(mapping.entries.filter { $0.name != "search" })), range: tree.root.range)
    var written: Set<SpecPath> = []
    for (path, value) in values {
      if let list = result.decidedList(around: path), written.insert(list.path).inserted {
        tree.root = tree.root.setting(list.path, to: list.node, at: list.node.range)
      }
      tree.root = tree.root.overriding(path, with: value)
    }
    let trial = compile(tree)
    // A setting without effect is no mistake of a spec, but searching it is one.
    let paths = values.map(\.path)
    let errors = trial.log.diagnostics.filter { finding in
      finding.level == .error
        || (finding.code == .noEffect && paths.contains { finding.path.isWithin($0) })
    }
    return TrialOutcome(errors: errors, summary: trial.result.summary)
  }
}
