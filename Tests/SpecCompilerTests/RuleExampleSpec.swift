import NetworkGraph
import SpecSyntax
import Tables
import Tensors
import TestSupport
import Testing

@testable import SpecCompiler

/// An example of a rule as facts: its fragment over a small complete spec and a made-up table.
struct RuleExampleSpec {
  /// The fragment without its marks.
  let text: String
  /// Codes that must be reported, by line from 1.
  let marks: [Int: String]
  let document: RuleDocument
  let facts: Facts
  /// What reading the spec and building its network reported; of an example that is refused, also
  /// what its checks did.
  private(set) var problems: [Diagnostic]

  init(_ example: RuleExample) throws {
    try self.init(
      example.text, table: example.table, probe: example.probe, earlier: example.earlier)
    guard case .refused = example.expectation else { return }
    problems += checked()
  }

  /// What the checks of the sections against each other and against the table report.
  private func checked() -> [Diagnostic] {
    var log = DiagnosticLog()
    let (spec, root) = (facts.spec, facts.tree.root)
    SpecChecks(
      spec: spec, root: root, classes: facts.classCount, rows: facts.usableRows,
      trainRows: facts.trainRows, mistakes: ReadingMistakes(problems)
    ).run(&log)
    guard let profile = facts.profile else { return log.diagnostics }
    DataChecks(
      data: spec.data, training: spec.training, facts: TableFacts(profile: profile),
      features: FeatureChoice(spec.data, profile: profile), header: [:], root: root
    ).run(&log)
    return log.diagnostics
  }

  init(_ marked: String, table: ExampleTable, probe: Probe?, earlier: String? = nil) throws {
    var marks: [Int: String] = [:]
    var lines: [String] = []
    for (index, line) in marked.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let parts = line.split(separator: "#!", maxSplits: 1)
      if parts.count == 2 { marks[index + 1] = parts[1].filter { $0 != " " } }
      lines.append(String((parts.first ?? "").trimmingSuffix { $0 == " " }))
    }
    text = lines.joined(separator: "\n")
    self.marks = marks
    var log = DiagnosticLog()
    let source = SourceText(name: "fragment.yaml", text: text)
    let base = SourceText(name: "base.yaml", text: Self.base(for: table))
    guard let tree = parse(source, into: &log), let baseTree = parse(base, index: 1, into: &log)
    else { throw Unreadable(text: text) }
    document = RuleDocument(source: source, tree: tree)
    let root = tree.root.over(baseTree.root)
    let reading = read(Spec.self, from: root, into: &log)
    let spec = reading.section
    let outputs = spec.training.loss.value?.outputUnits(classes: table.classes ?? 1, targets: 1) ?? 1
    let graph = Graph(
      lowering: spec, input: spec.data.shape.map { Shape($0) } ?? [table.inputs], plans: [],
      outputs: outputs, into: &log)
    problems = log.diagnostics
    let profile = try table.profile()
    let features = FeatureChoice(reading.section.data, profile: profile)
    let layout = InputLayout(
      reading.section.data, features.plans, isRow: reading.section.data.shape == nil)
    facts = Facts(
      spec: spec, tree: SyntaxTree(root: root), profile: profile, features: features,
      inputWidth: table.columns.isEmpty ? table.inputs : layout.width, outputUnits: outputs,
      graph: graph, probe: probe,
      earlier: try earlier.map { try Self($0, table: table, probe: nil).facts.spec })
  }

  struct Unreadable: Error { var text: String }

  /// A complete spec about which no rule has anything to say.
  private static func base(for table: ExampleTable) -> String {
    let loss = table.classes.map { $0 == 2 ? "binary_cross_entropy" : "cross_entropy" } ?? "mse"
    let task = table.classes == nil ? "regression" : "classification"
    let scale = table.classes == nil ? "target_scale: standard\n  " : ""
    return """
      plumb: 1
      data:
        source: table.csv
        target: target
        task: \(task)
        \(scale)split: {validation: 20%, test: 0}
      model:
        hidden_layers: [64]
        dropout: 0.1
      training:
        loss: \(loss)
        optimizer: {adamw: {weight_decay: 0.01}}
        learning_rate: {schedule: cosine, start: 0.001}
        batch_size: 32
        epochs: 100
        early_stopping: {monitor: validation.loss, patience: 30, restore_best: true}
      """
  }
}

extension Node {
  /// This tree with what only `base` has; flow and scalar values win whole.
  func over(_ base: Node) -> Node {
    guard let own = mapping, let other = base.mapping else { return self }
    var entries = own.entries.map { entry in
      other[entry.name].map { Mapping.Entry(key: entry.key, value: entry.value.over($0)) } ?? entry
    }
    // Loss, optimiser, rate and model are variants: keys of two of them must not mix.
    let names =
      Losses.all.map { $0.name } + Optimizers.all.map { $0.name } + ["schedule", "layers"]
    let isVariant = entries.contains { names.contains($0.name) }
    if !isVariant { entries += other.entries.filter { own[$0.name] == nil } }
    return Node(.mapping(Mapping(entries, isFlow: own.isFlow)), range: range)
  }
}

extension ExampleTable {
  /// Profiles of tables of a few rows, of which most examples have the same.
  private static let known = Shared<DataProfile>()

  private func small() throws -> DataProfile {
    var lines = [((1...inputs).map { "x\($0)" } + ["target"]).joined(separator: ",")]
    for row in 0..<max(40, 2 * (classes ?? 0)) {
      let cells = (1...inputs).map { "\((row * 7 + $0 * 13) % 97).\((row + $0) % 10)" }
      let target = classes.map { "c\(row % $0)" } ?? "\(row * row % 31).5"
      lines.append((cells + [target]).joined(separator: ","))
    }
    let table = try readTable(bytes: Array(lines.joined(separator: "\n").utf8), name: "table.csv")
    return DataProfile(of: table)
  }

  /// A profile with these numbers, made from a table of a few rows.
  func profile() throws -> DataProfile {
    var profile = try Self.known.value("\(inputs) \(classes ?? 0)") { try small() }
    var target = try #require(profile.columns.last)
    describe(&target)
    let inputs = columns.isEmpty ? profile.columns.dropLast() : columns.map { $0.profile(rows: rows) }[...]
    profile.columns = (inputs + [target]).map { column in
      var column = column
      column.rows = rows
      return column
    }
    profile.rows = rows
    profile.repeatedRows = Int(repeatedShare * Double(rows))
    profile.duplicateRows = (profile.repeatedRows ?? 0) / 2
    let links = columns.compactMap(\.link)
    if !links.isEmpty { profile.links = TargetLinks(target: "target", rows: rows, columns: links) }
    return profile
  }

  /// Gives the target's profile the numbers of the example.
  private func describe(_ target: inout ColumnProfile) {
    target.levels = levels
    guard classes == nil else { return }
    target.mean = mean
    target.standardDeviation = deviation
    target.outlierShare = outlierShare
    target.excessKurtosis = excessKurtosis
    if let minimum { target.minimum = minimum }
    if let skewness { target.skewness = skewness }
    if let maximumOverMedian {
      target.median = max(1, mean / 2)
      target.maximum = maximumOverMedian * max(1, mean / 2)
    }
  }
}

extension ExampleTable {
  /// The classes with their rows, the most frequent first.
  private var levels: [ColumnProfile.LevelCount] {
    guard let classes else { return [] }
    let share = rareShare ?? 1 / Double(classes)
    let rare = Int((share * Double(rows)).rounded())
    return (0..<classes).map { index in
      let count = index == classes - 1 ? rare : (rows - rare) / max(1, classes - 1)
      return ColumnProfile.LevelCount(name: "c\(index)", count: count)
    }
  }
}

extension ExampleColumn {
  /// The facts of such a column in a table of so many rows.
  func profile(rows: Int) -> ColumnProfile {
    let distinct = min(distinct ?? rows, rows)
    let storage: Column.Storage =
      type == .category
      ? .codes(Codes((0..<distinct).map { Int32($0) }), levels: (0..<distinct).map { "level \($0)" })
      : .numbers(Numbers((0..<distinct).map { Double($0) + (isInteger || type == .date ? 0 : 0.5) }))
    var profile = ColumnProfile(
      of: Column(name: name, type: type, evidence: "as the example says", storage: storage))
    profile.rows = rows
    profile.missing = Int(missingShare * Double(rows))
    profile.stepShare = nil
    profile.orderShare = orderShare
    profile.sameAs = sameAs
    if type == .category {
      profile.levels = profile.levels.map { .init(name: $0.name, count: rows / distinct) }
      if let rarest { profile.levels[distinct - 1].count = rarest }
    } else if type == .numeric {
      (profile.mean, profile.standardDeviation) = (mean, deviation)
    }
    if let tailRatio, let low = profile.quantile25, let high = profile.quantile75,
      let median = profile.median
    {
      profile.maximum = median + tailRatio * (high - low)
    }
    return profile
  }
}

extension Substring {
  /// The text without the characters at its end that satisfy a condition.
  func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, condition(last) { text.removeLast() }
    return text
  }
}
