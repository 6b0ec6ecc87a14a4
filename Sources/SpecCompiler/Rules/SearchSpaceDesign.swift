import SpecSyntax

extension Rule {
  static let searchSpaceDesign = Rule(
    code: "O415", name: "search-space-design",
    title: "a search on a wrong scale, or over too much",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Good rates spread over orders of magnitude, so a search over rates and decays has to draw \
      them on a logarithmic scale: evenly drawn, nine tenths of the tries lie in the top decade. \
      Under 10 tries only the rate is worth searching, under 25 at most one more key. A grid over \
      three keys and more tries few values of each. The number of epochs is not searched: give a \
      generous one and keep the best epoch.
      """,
    source: """
      Bergstra and Bengio 2012 (from memory); Deep Learning Tuning Playbook 2023 (10 and 25 tries \
      for Adam; never tune the number of steps); search spaces of Gorishniy et al. 2021.
      """,
    failsWhen: "Earlier work pins the rate to within a factor of three.",
    examples: [
      .fires(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.0001, 0.1]}   #! O415
          trials: 10
        """,
        fixed: """
          search:
            space:
              training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
            trials: 10
          """),
      .fires(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
            training.batch_size: {choice: [16, 32, 64]}
          trials: 8   #! O415
        """,
        fixed: """
          search:
            space:
              training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
              training.batch_size: {choice: [16, 32, 64]}
            trials: 10
          """),
      .fires(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
            model.dropout: {real: [0, 0.5]}
            training.batch_size: {choice: [16, 32, 64]}
          trials: 12   #! O415
        """,
        fixed: """
          search:
            space:
              training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
              model.dropout: {real: [0, 0.5]}
              training.batch_size: {choice: [16, 32, 64]}
            trials: 25
          """),
      .fires(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
            training.epochs: {choice: [10, 50]}   #! O415
        """,
        fixed: """
          search:
            space:
              training.learning_rate.start: {real: [0.0001, 0.1], scale: log}
          """),
      .fires(
        """
        search:
          space:
            training.batch_size: {choice: [16, 32, 64]}
            model.dropout: {choice: [0, 0.2]}
            model.activation: {choice: [relu, gelu]}
          sampler: grid   #! O415
        """,
        fixed: """
          search:
            space:
              training.batch_size: {choice: [16, 32, 64]}
              model.dropout: {choice: [0, 0.2]}
              model.activation: {choice: [relu, gelu]}
            sampler: sobol
          """),
      .silent(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.00001, 0.01], scale: log}
            training.optimizer.adamw.weight_decay: {real: [0.000001, 0.1], scale: log}
          trials: 30
        """),
      .silent(
        """
        search:
          space:
            training.learning_rate.start: {real: [0.001, 0.003]}
          trials: 8
        """),
      .silent("training: {learning_rate: 0.001}"),
    ]
  ) { facts, report in
    guard let search = facts.spec.search, let space = search.space.value else { return }
    let keys = space.compactMap { entry in
      entry.value.map { SearchedKeyFacts(name: entry.name, path: SpecPath(entry.name), key: $0) }
    }
    for key in keys {
      reportScale(of: key, &report)
      reportEpochs(key, &report)
    }
    reportTrials(search, over: keys, &report)
    if search.sampler == .grid, keys.count > 2 {
      report.at(
        "search.sampler", "a grid over \(keys.count) keys tries few values of each",
        label: "every combination",
        remedies: [.set("search.sampler", .name("sobol"), "spread the trials evenly: `sobol`")])
    }
  }
}

/// A searched key, and where it stands.
private struct SearchedKeyFacts {
  var name: String
  var path: SpecPath
  var key: SearchedKey

  var place: SpecPath { SpecPath("search.space").key(name) }

  /// Whether it is a learning rate: one that the schedule goes through.
  var isRate: Bool {
    path == "training.learning_rate"
      || (path.parent == "training.learning_rate"
        && ["start", "end", "peak", "minimum"].contains(lastKey))
  }

  /// Whether it is a size whose order of magnitude is looked for.
  var spreadsOverMagnitudes: Bool {
    isRate || ["weight_decay", "l1", "l2", "epsilon"].contains(lastKey)
  }

  private var lastKey: String {
    if case .key(let key)? = path.steps.last { key } else { "" }
  }
}

private func reportScale(of key: SearchedKeyFacts, _ report: inout RuleReport) {
  guard key.spreadsOverMagnitudes, key.key.scale == .linear, let ends = key.key.real,
    let low = ends.first?.wrappedValue, let high = ends.last?.wrappedValue, low < high,
    low >= 0, low == 0 || high / low >= 10
  else { return }
  var remedies: [Remedy] = []
  if low > 0, key.key.step == nil {
    remedies.append(.set(key.place.key("scale"), .name("log"), "search it on a log scale"))
  } else if low > 0 {
    remedies.append(.words("search it on a log scale, without `step`: `scale: log`"))
  } else {
    remedies.append(
      .words("begin above 0, at the least that matters, and search it on a log scale"))
  }
  report.at(
    key.place, "`\(key.path)` is drawn evenly from \(numberText(low)) to \(numberText(high))",
    label: "nine tenths of the trials lie in the top decade", remedies: remedies)
}

private func reportEpochs(_ key: SearchedKeyFacts, _ report: inout RuleReport) {
  guard key.path == "training.epochs" else { return }
  report.at(
    key.place, "the number of epochs is searched, where one training shows every smaller number",
    label: "the best epoch is kept anyway",
    remedies: [
      .remove(key.place, "leave it out; give a generous number and keep the best epoch")
    ])
}

private func reportTrials(
  _ search: SearchSection, over keys: [SearchedKeyFacts], _ report: inout RuleReport
) {
  let others = keys.count { !$0.isRate }
  let needed = others > 1 ? 25 : others == 1 && others < keys.count ? 10 : 0
  guard search.trials < needed, search.sampler != .grid else { return }
  report.at(
    "search.trials",
    "\(counted(search.trials, "trial")) for \(counted(keys.count, "key")) show little",
    label: others > 1 ? "25 for more than the rate and one key" : "10 for more than the rate",
    remedies: [
      .set("search.trials", .integer(needed), "make them \(needed)"),
      .words("or search fewer keys, the rate first"),
    ])
}
