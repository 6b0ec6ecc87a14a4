public import SpecCompiler

extension StudySettings {
  /// The settings of a `search` section over a space.
  ///
  /// - Parameters:
  ///   - name: of the study.
  ///   - space: that of the section, or one that was proposed where it has none.
  ///   - identity: what else trials depend on.
  public init(
    _ search: SearchSection, name: String, space: Space, identity: [String: String] = [:]
  ) {
    let isAlone = search.objective.count == 1
    self.init(
      name: name, seed: UInt64(search.seed), space: space,
      directions: search.objective.map { Direction($0.direction) },
      sampler: search.sampler.rawValue,
      pruner: isAlone ? search.pruner?.name ?? NoPruner.name : NoPruner.name,
      prunerOptions: isAlone
        ? Dictionary(
          uniqueKeysWithValues: (search.pruner?.fields ?? []).map { ($0.name, $0.value) }) : [:],
      parallel: search.parallel, identity: identity)
  }
}

extension StudySettings.Direction {
  init(_ direction: SearchObjective.Direction) {
    switch direction {
    case .minimize: self = .minimize
    case .maximize: self = .maximize
    }
  }
}
