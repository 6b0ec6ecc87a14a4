public import SpecSyntax
import NetworkGraph

/// What the advice on a spec finds worth searching.
public struct ProposedSpace: Sendable {
  /// One key, with the reason for what it may be.
  public struct Entry: Sendable {
    public var path: SpecPath
    /// What it may be, as YAML text.
    public var text: String
    public var reason: String
  }

  public let entries: [Entry]
  /// The entries read, as a `search` section has them.
  public let keys: [NamedValue<SearchedKey?>]
  /// The section that can be added to the spec, as YAML text.
  public let text: String
  /// The section read: with the defaults of what it does not say.
  public let section: SearchSection

  init?(_ entries: [Entry], objective: SearchObjective, folds: Int?) {
    let width = entries.map { $0.line.count }.max() ?? 0
    let lines = entries.map { entry in
      let gap = String(repeating: " ", count: width - entry.line.count)
      return "    \(entry.line)\(gap)  # \(escapedForTerminal(entry.reason))"
    }
    var parts = ["search:", "  space:"] + lines
    parts.append("  objective: \(objective.text)")
    if let folds { parts.append("  folds: \(folds)") }
    parts.append("  trials: \(entries.count > 1 ? 50 : 15)")
    text = parts.joined(separator: "\n") + "\n"
    self.entries = entries
    var log = DiagnosticLog()
    guard !entries.isEmpty,
      let tree = parse(SourceText(name: "proposed space", text: text), into: &log),
      let section = tree.root.at("search").flatMap({ read($0, as: SearchSection.type) }),
      let keys = section.space.value
    else { return nil }
    (self.section, self.keys) = (section, keys)
  }
}

extension ProposedSpace.Entry {
  fileprivate var line: String { "\(scalarText(path.description)): \(text)" }
}

extension Compilation {
  /// The keys that are worth searching for this spec: of some rules, or of all the advice on it.
  ///
  /// What the advisor names as alternatives comes first: other widths, then the rate, the batch,
  /// and what holds weights back. Nil where there is nothing, or the spec has no network.
  public func proposedSpace(over codes: [String] = []) -> ProposedSpace? {
    guard let facts, !hasErrors else { return nil }
    let proposals = SpaceProposals(facts: facts)
    let wanted = Set(codes.map { $0.uppercased() })
    var entries = proposals.all
    if !wanted.isEmpty {
      let rules = Rules.all.filter {
        wanted.contains($0.code) || wanted.contains($0.name.uppercased())
      }
      let names = Set(rules.map(\.code))
      let findings = diagnostics.filter { names.contains($0.code.code) }
      let helps = findings.flatMap(\.helps)
      entries = entries.filter { entry in
        helps.contains { $0.proposed.contains { $0.path.overlaps(entry.path) } }
          || rules.contains { rule in proposals.rules(about: entry.path).contains(rule.code) }
      }
      // Values that belong together are no values of single keys.
      let alone = helps.filter { $0.proposed.count == 1 }.flatMap(\.proposed)
      entries += proposals.choices(among: alone).filter { choice in
        !entries.contains { $0.path.overlaps(choice.path) }
      }
    }
    let hasRows = facts.spec.data.split.validation.of(.max) > 0
    let objective =
      entries.contains { SearchObjective.changesLoss($0.path) }
      ? SearchObjective.comparable(for: facts.spec.data.task.value)
      : SearchObjective("validation.loss", .minimize)
    return ProposedSpace(entries, objective: objective, folds: hasRows ? nil : 5)
  }
}

/// What each key may be in a search.
private struct SpaceProposals {
  let facts: Facts

  typealias Entry = ProposedSpace.Entry

  var all: [Entry] {
    [width, rate, batch, dropout, decay].compactMap { $0 }
  }

  /// The rules whose advice the search over a key tests.
  func rules(about path: SpecPath) -> Set<String> {
    if path.isWithin("model.hidden_layers") {
      return ["A202", "A203", "A204", "A205", "A206", "A207", "A208", "A209", "A210", "X804"]
    }
    if path.isWithin("training.learning_rate") {
      return [
        "O401", "O402", "O403", "O404", "O405", "O415", "X801", "X802", "X804", "X805",
      ]
    }
    if path == "training.batch_size" {
      return ["B501", "B502", "B503", "B504", "B506", "B509", "X801", "X802", "X803"]
    }
    if path == "model.dropout" { return ["R701", "R702", "X806", "X810"] }
    return ["R701", "R704", "X807", "X810"]
  }

  /// The width of one hidden layer, and two layers of the recommended one; of a deeper network
  /// the width of all its layers.
  private var width: Entry? {
    guard facts.spec.model.layers == nil, let sizing = facts.sizing,
      let layers = facts.spec.model.hiddenLayers.value
    else { return nil }
    let widths = Set([sizing.recommended] + sizing.alternatives + layers).sorted()
    var stacks = widths.map { Array(repeating: $0, count: max(1, layers.count)) }
    if layers.count < 2 { stacks.append([sizing.recommended, sizing.recommended]) }
    if !stacks.contains(layers) { stacks.append(layers) }
    let items = stacks.map { "[" + $0.map(String.init).joined(separator: ", ") + "]" }
    return Entry(
      path: "model.hidden_layers", text: "{choice: [\(items.joined(separator: ", "))]}",
      reason: "A203: \(sizing.recommended) is recommended, the others worth trying")
  }

  /// A decade to both sides of the rate that is usual, or written.
  private var rate: Entry? {
    guard let optimizer = facts.optimizer, !optimizer.needsAllRows, let usual = facts.usualRate
    else { return nil }
    let useful = optimizer.usefulLearningRates
    let written = facts.spec.training.learningRate.start.value ?? usual
    let bounds = [
      facts.lowestRate.map { $0.rate * 1.01 },
      (facts.spec.training.learningRate.schedule as? OneCycle)?.peak.map { $0 / 1.01 },
    ]
    let low = max(useful.lowerBound, min(usual, written) / 10, bounds[0] ?? 0)
    let high = min(useful.upperBound, max(usual, written) * 10, bounds[1] ?? .infinity)
    guard low * 2 < high else { return nil }
    return Entry(
      path: facts.ratePath,
      text: "{real: [\(roundedText(low)), \(roundedText(high))], scale: log}",
      reason: "\(numberText(usual)) is usual for `\(facts.optimizerName ?? "")`")
  }

  /// Half and double the batch, and double that, as far as there are some steps in an epoch.
  private var batch: Entry? {
    guard let optimizer = facts.optimizer, !optimizer.needsAllRows, let batch = facts.batchSize
    else { return nil }
    let most = facts.trainRows.map { max(8, $0 / 4) } ?? .max
    let sizes = Set([batch / 2, batch, batch * 2, batch * 4].filter { $0 >= 8 && $0 <= most })
      .union([batch])
    guard sizes.count > 1 else { return nil }
    return Entry(
      path: "training.batch_size",
      text: "{choice: [\(sizes.sorted().map(String.init).joined(separator: ", "))]}",
      reason: "around \(batch)")
  }

  private var dropout: Entry? {
    guard facts.spec.model.layers == nil, facts.spec.model.hiddenLayers.value?.isEmpty == false,
      !facts.needsAllRows
    else { return nil }
    return Entry(
      path: "model.dropout", text: "{real: [0, 0.5], step: 0.1}",
      reason: "R702: 0.1 to 0.5 in hidden layers")
  }

  /// The optimiser's own decay, where it has one.
  private var decay: Entry? {
    let path = facts.optimizerPath("weight_decay")
    guard facts.optimizerName == AdamW.name, LanguageKey.type(at: path) != nil else { return nil }
    return Entry(
      path: path, text: "{real: [0.0001, 0.1], scale: log}",
      reason: "R704: decoupled decay, over its useful magnitudes")
  }

  /// The value as it is and what findings propose in its place, for values without a range above.
  func choices(among proposed: [ProposedValue]) -> [Entry] {
    var values: [(path: SpecPath, texts: [String])] = []
    for value in proposed
    where LanguageKey.type(at: value.path) != nil
      && SearchedKeyChecks.reason(against: value.path) == nil
    {
      if let index = values.firstIndex(where: { $0.path == value.path }) {
        if !values[index].texts.contains(value.text) { values[index].texts.append(value.text) }
      } else if !values.contains(where: { $0.path.overlaps(value.path) }) {
        let current = facts.tree.root.at(value.path).map { JSONValue($0).yamlText }
        let first = current ?? facts.absent(value.path)
        values.append((value.path, [first, value.text].compactMap { $0 }))
      }
    }
    return values.compactMap { path, texts in
      let distinct = texts.enumerated().filter { texts.firstIndex(of: $0.element) == $0.offset }
      guard distinct.count > 1 else { return nil }
      return Entry(
        path: path, text: "{choice: [\(distinct.map(\.element).joined(separator: ", "))]}",
        reason: "as it is, and as advised")
    }
  }
}

extension Facts {
  /// What an absent key means, as it would be written; nil where it has no default.
  fileprivate func absent(_ path: SpecPath) -> String? {
    KeyExplanation.all.first { $0.path == path }?.field.defaultText
      .flatMap { $0 == "auto" || $0 == "{}" ? nil : $0 }
  }
}
