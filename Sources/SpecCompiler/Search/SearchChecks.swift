import SpecSyntax

/// Checks of what a search looks for, and of how its parts fit together.
struct SearchChecks {
  let search: SearchSection
  let keys: [SearchedPlace]
  /// The spec with its values decided.
  let spec: Spec
  let document: RuleDocument
  /// What could not be read, from which nothing follows.
  let mistakes: ReadingMistakes
  /// How a metric at a place is checked.
  let checkMetric: (String, SourceRange, SpecPath, inout DiagnosticLog) -> Void

  func run(_ log: inout DiagnosticLog) {
    if !mistakes.hide("search.objective") {
      for objective in search.objective { check(objective, &log) }
      checkObjectives(&log)
    }
    let runs: [SpecPath] = ["search.pruner", "search.repeats", "search.folds", "training.epochs"]
    if !runs.contains(where: mistakes.hide) { checkPruner(&log) }
    guard !mistakes.hide("search.space") else { return }
    checkSampler(&log)
    for (index, values) in search.first.enumerated() { checkFirst(values, index, &log) }
  }

  private func check(_ objective: SearchObjective, _ log: inout DiagnosticLog) {
    guard !objective.measure.isEmpty, objective.$measure.upper > 0 else { return }
    if let metric = objective.metric, metric != "loss" {
      // As long as its name is wrong, nothing follows from it.
      checkMetric(
        metric, objective.$measure, SpecPath("search.objective").key(objective.direction.rawValue),
        &log)
      guard MetricName.named(metric) != nil else { return }
    } else if objective.metric == nil, !objective.isCost {
      log.report(unusable(objective))
      return
    }
    if objective.direction != SearchObjective.direction(of: objective.measure) {
      log.report(.wrongDirection(objective, key: directionKey(of: objective)))
    }
    guard objective.measure == "validation.loss" else { return }
    for key in keys where SearchObjective.changesLoss(key.path) {
      let metric = SearchObjective.comparable(for: spec.data.task.value)
      log.report(.changingObjective(objective, with: key, metric: metric.measure))
      return
    }
  }

  private func unusable(_ objective: SearchObjective) -> Diagnostic {
    let measure = objective.measure
    if measure.hasPrefix("test.") {
      return .unusableObjective(
        objective, because: "the test rows judge the winner",
        better: "validation." + measure.dropFirst(5))
    }
    if measure.hasPrefix("training.") {
      return .unusableObjective(
        objective, because: "the larger network always fits the training rows better",
        better: "validation." + measure.dropFirst(9))
    }
    let foreign = MetricName.synonyms[Synonyms.normalised(measure)]?.names.first
    let named = MetricName.named(measure)?.name ?? foreign
    let names = ["validation.loss"] + SearchObjective.costs
      + MetricName.all.map { "validation.\($0.name)" }
    let better = measure == "loss" || measure == "val_loss" ? "validation.loss"
      : named.map { "validation.\($0)" } ?? nearest(to: measure, among: names).first
    return .unusableObjective(objective, because: "there is no such measure", better: better)
  }

  /// Where the word `minimize` or `maximize` stands, of an objective that has it.
  private func directionKey(of objective: SearchObjective) -> SourceRange? {
    guard let node = document.tree.root.at("search.objective") else { return nil }
    let mappings = (node.sequence ?? [node]).compactMap(\.mapping)
    return mappings.flatMap(\.entries).first { $0.value.range == objective.$measure }?.key.range
  }

  private func checkObjectives(_ log: inout DiagnosticLog) {
    let costs = search.objective.filter(\.isCost)
    if costs.count == search.objective.count, let cost = costs.first {
      log.report(
        .unusableObjective(
          cost, because: "the least network would win, whatever it predicts", better: nil))
    }
    let measures = search.objective.map(\.measure)
    if measures.count == 2, measures[0] == measures[1] {
      log.report(
        .unusableObjective(
          search.objective[1], because: "it is there twice, and has no compromise with itself",
          better: nil))
    }
    let split = spec.data.split
    guard search.folds == nil, costs.count < search.objective.count, split.validation.of(.max) == 0
    else { return }
    let place = document.tree.root.at("search.objective")?.range
      ?? document.tree.root.mapping?.entry("search")?.key.range ?? split.$validation
    log.report(.unjudgedSearch(at: place, split: split.$validation))
  }

  private func checkSampler(_ log: inout DiagnosticLog) {
    guard !keys.isEmpty else { return }
    switch search.sampler {
    case .grid:
      if let key = keys.first(where: { $0.key.valueCount == nil }) {
        log.report(.uncountableGrid(key, at: search.$sampler))
      } else {
        let count = combinationCount
        guard count.map({ $0 > search.trials }) ?? true else { return }
        let trials = document.tree.root.at("search.trials")?.range
        log.report(
          .unfinishedGrid(
            count, trials: search.trials, at: trials ?? .none, sampler: search.$sampler))
      }
    case .cma:
      if keys.allSatisfy({ $0.key.choice != nil }) {
        log.report(.samplerOfNumbers(at: search.$sampler))
      }
    case .random, .sobol, .tpe: break
    }
  }

  /// How many different trials there are; nil beyond a million.
  private var combinationCount: Int? {
    var total = 0
    func visit(_ index: Int, _ chosen: [SpecPath: Double], _ factor: Int) -> Bool {
      guard index < keys.count else {
        total += factor
        return total <= 1_000_000
      }
      let key = keys[index]
      if let condition = key.key.condition.first,
        let parent = keys[..<index].first(where: { $0.path == SpecPath(condition.name) })
      {
        let numbers = parent.key.values(in: condition.value).flatMap { parent.key.numbers(of: $0) }
        guard let number = chosen[parent.path], numbers.contains(number) else {
          return visit(index + 1, chosen, factor)
        }
      }
      let count = key.key.valueCount ?? 1
      guard count <= 1_000_000, factor * count <= 1_000_000 else { return false }
      let decides = keys.contains { $0.key.condition.first.map { SpecPath($0.name) } == key.path }
      guard decides else { return visit(index + 1, chosen, factor * count) }
      for place in 0..<count {
        var chosen = chosen
        chosen[key.path] = key.key.number(at: place)
        guard visit(index + 1, chosen, factor) else { return false }
      }
      return true
    }
    return visit(0, [:], 1) ? total : nil
  }

  private func checkPruner(_ log: inout DiagnosticLog) {
    guard let pruner = search.pruner, search.objective.count == 1 else { return }
    let runs = search.repeats * (search.folds ?? 1)
    if pruner.name == "wilcoxon", runs == 1 {
      log.report(
        .idlePruner(
          pruner.name, because: "it compares runs, and each trial is one",
          help: "write `repeats: 5` or `folds: 5`, or use `asha`, which compares epochs",
          at: search.$pruner))
      return
    }
    // Searched, there may be more.
    let isSearched = keys.contains { $0.path == "training.epochs" }
    guard let steps = runs > 1 ? runs : isSearched ? nil : spec.training.epochs.value else {
      return
    }
    let names = runs > 1 ? counted(runs, "run") : counted(steps, "epoch")
    guard steps <= pruner.idleSteps else { return }
    log.report(
      .idlePruner(
        pruner.name,
        because: pruner.idleSteps < 2 ? "each trial has \(names)"
          : "it begins after \(Int(pruner.idleSteps)), and each trial has \(names)",
        help: pruner.idleSteps < 2 ? "leave it out" : "let it begin earlier, or leave it out",
        at: search.$pruner))
  }

  private func checkFirst(
    _ values: [NamedValue<Node>], _ index: Int, _ log: inout DiagnosticLog
  ) {
    for value in values {
      let path = SpecPath("search.first").index(index).key(value.name)
      guard let key = keys.first(where: { $0.path == SpecPath(value.name) }) else {
        let names = keys.map(\.path.description)
        log.report(
          .unusableFirst(
            value.name, "a value, and it is not searched", at: value.nameRange, path: path,
            similar: Array(nearest(to: value.name, among: names).prefix(1))))
        continue
      }
      guard !key.key.allows(value.value) else { continue }
      log.report(
        .unusableFirst(
          value.name, "the value \(JSONValue(value.value).yamlText), which the search never tries",
          at: value.value.range, path: path, similar: []))
    }
  }
}

extension SearchObjective {
  /// Whether the validation loss means something else with another value of a key.
  static func changesLoss(_ path: SpecPath) -> Bool {
    path.isWithin("training.loss") || path.isWithin("data.target_scale")
  }

  /// What compares whatever is searched.
  static func comparable(for task: TaskKind?) -> SearchObjective {
    task == .classification
      ? SearchObjective("validation.accuracy", .maximize)
      : SearchObjective("validation.rmse", .minimize)
  }
}

extension SearchPruner {
  /// The last point at which it never ends a trial.
  fileprivate var idleSteps: Int {
    func field(_ name: String) -> Int { Int(fields.first { $0.name == name }?.value ?? 0) }
    return switch name {
    case "median": field("warmup") + 1
    case "asha": field("first")
    default: max(1, field("startup"))
    }
  }
}

extension SearchedKey {
  /// How many values it may have; nil of real numbers without a step.
  var valueCount: Int? {
    if let choice { return choice.count }
    if let low = integer?.first?.wrappedValue, let high = integer?.last?.wrappedValue {
      let step = scale == .log ? 1 : max(1, Int(step ?? 1))
      return max(0, high - low) / step + 1
    }
    guard let low = real?.first?.wrappedValue, let high = real?.last?.wrappedValue, let step,
      scale == .linear
    else { return nil }
    return Int(max(0, min((high - low) / step, 1e9)) + 1e-8) + 1
  }

  /// The number by which a trial knows the value at a place from 0, of what can be counted.
  func number(at place: Int) -> Double {
    if let low = integer?.first?.wrappedValue {
      return Double(low + place * max(1, Int(step ?? 1)))
    }
    return (real?.first?.wrappedValue).map { $0 + Double(place) * (step ?? 0) } ?? Double(place)
  }

  /// Whether it may have a value.
  func allows(_ value: Node) -> Bool {
    if !numbers(of: value).isEmpty { return true }
    guard step == nil || scale == .log, let low = real?.first?.wrappedValue,
      let high = real?.last?.wrappedValue, let number = JSONValue(value).numberValue
    else { return false }
    return number >= low && number <= high
  }
}
