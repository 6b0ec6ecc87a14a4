public import SpecSyntax
import NetworkGraph
import Tables

/// Compiles a spec: any bytes in, a compilation out.
///
/// Text becomes a tree, the tree a typed spec, open values are decided, the spec becomes a graph,
/// and rules advise on the whole. What goes wrong on the way is collected, and each stage goes
/// on as far as the ones before allow. Where only mistakes matter, as in one trial of a search, the
/// rules that only advise need not be asked.
public func compile(
  _ source: SourceText, overrides: [Override] = [], in environment: Environment = .none,
  settings: RuleSettings = .standard, asking rules: RuleScope = .all
) -> Compilation {
  var pipeline = Pipeline(source, environment, settings)
  pipeline.parse(overrides)
  pipeline.read()
  guard !pipeline.isFull else { return pipeline.finish() }
  pipeline.profile()
  guard !pipeline.isFull else { return pipeline.finish() }
  pipeline.resolve()
  pipeline.lower()
  pipeline.search()
  pipeline.advise(rules)
  return pipeline.finish()
}

/// The stages of a compilation in the order in which they run.
struct Pipeline {
  private let environment: Environment
  private var inheritance: Inheritance
  var log = DiagnosticLog()
  var result: Compilation
  var mistakes = ReadingMistakes([])
  /// The checks of the spec's sections, once its values are decided.
  var specChecks: SpecChecks?
  /// The table of the spec as it is, so that trials do not read it again.
  private var knownTable: (request: TableRequest, facts: TableFacts, header: [String: SourceRange])?

  init(_ source: SourceText, _ environment: Environment, _ settings: RuleSettings) {
    self.environment = environment
    inheritance = Inheritance(source, load: environment.loadText)
    result = Compilation(sources: [source], diagnostics: [], notChecked: [])
    result.settings = settings
  }

  mutating func parse(_ overrides: [Override]) {
    guard var tree = inheritance.tree(&log) else { return }
    for override in overrides {
      guard let (path, value) = override.parts else {
        log.report(.badOverride(override.text))
        continue
      }
      let text = SourceText(
        name: "\(override.option) \(path)", text: value.isEmpty ? "\"\"" : value)
      guard let node = inheritance.parsed(text, &log) else { continue }
      tree.root = tree.root.overriding(path, with: node)
      result.overridden.append(path)
    }
    result.tree = tree
  }

  /// The stages up to the network for another tree of the same sources.
  func compile(_ tree: SyntaxTree) -> Pipeline {
    var pipeline = self
    pipeline.log = DiagnosticLog()
    pipeline.result = Compilation(sources: result.sources, diagnostics: [], notChecked: [])
    pipeline.result.tree = tree
    pipeline.read()
    pipeline.profile()
    pipeline.resolve()
    pipeline.lower()
    return pipeline
  }

  mutating func read() {
    guard let tree = result.tree else { return }
    var found = DiagnosticLog()
    let reading = SpecSyntax.read(
      Spec.self, from: tree.root, synonyms: synonyms, source: result.sources[0], into: &found)
    for finding in found.diagnostics where inheritance.isWhole || finding.code != .missingKey {
      log.report(finding)
    }
    mistakes = ReadingMistakes(found.diagnostics)
    result.spec = reading.section
    result.resolver = Resolver(root: tree.root, reading: reading)
  }

  mutating func profile() {
    guard let spec = result.spec, !spec.data.source.isEmpty else { return }
    let request = TableRequest(
      path: spec.data.source, labels: spec.data.labels,
      from: inheritance.sources[spec.data.$source.source].name, options: spec.data.tableOptions,
      target: spec.data.targetColumns.count == 1 ? spec.data.targetColumns[0] : nil)
    if let known = knownTable, known.request == request {
      return take(known.facts, spec, header: known.header)
    }
    let loaded = environment.loadTable(request)
    let written = environment.takesProfiles ? readProfile(spec) : nil
    let words = "columns, sizes and advice on data"
    switch loaded {
    case .skipped(let reason):
      if let written { return stand(in: written, for: request, spec, because: reason) }
      result.notChecked.append("\(words): \(reason)")
    case .outside(let root):
      log.report(
        .outsideProject(spec.data.source, root: root, at: spec.data.$source, path: "data.source"))
      result.notChecked.append("\(words): the table is not read")
    case .refused(let error):
      if let written, error.cause == .absent {
        return stand(in: written, for: request, spec, because: "there is no `\(error.path)`")
      }
      let isLabels =
        spec.data.labels.map { error.path == $0 || error.path.hasSuffix("/\($0)") } ?? false
      log.report(
        .unreadableData(
          error, at: isLabels ? spec.data.$labels : spec.data.$source,
          path: isLabels ? "data.labels" : "data.source"))
      result.notChecked.append("\(words): the table cannot be read")
    case .facts(let facts): take(facts, spec, written, request)
    case .known(let table, let facts):
      result.table = table
      take(facts, spec, written, request)
    case .table(let table):
      result.table = table
      take(TableFacts(of: table, target: request.target), spec, written, request)
    }
  }

  /// The profile that a spec names; what is wrong with it is reported.
  private mutating func readProfile(_ spec: Spec) -> ReadProfile? {
    guard let path = spec.data.profile else { return nil }
    let named = spec.data.$profile
    switch environment.loadText(path, inheritance.sources[named.source].name) {
    case .outside(let root):
      log.report(.outsideProject(path, root: root, at: named, path: "data.profile"))
    case .refused(let reason):
      log.report(.unreadableProfile(path, reason: reason, at: named))
    case .text(let text):
      guard
        let root = inheritance.parsed(text, maximumNodes: SyntaxLimits.profileNodes, &log)
      else { return nil }
      return ReadProfile(root, file: path, named: named, into: &log)
    }
    return nil
  }

  /// Takes a profile in place of the table.
  private mutating func stand(
    in written: ReadProfile, for request: TableRequest, _ spec: Spec, because reason: String
  ) {
    let (facts, unknown) = written.facts.declaring(request.options.types)
    result.profileFile = written.file
    result.notChecked.append("the table's cells: \(reason); `\(written.file)` stands in for it")
    if !unknown.isEmpty {
      let names = unknown.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
      let more = unknown.count > 8 ? " and \(unknown.count - 8) more" : ""
      result.notChecked.append("whether \(names)\(more) hold what is declared")
    }
    knownTable = (request, facts, written.names)
    take(facts, spec, header: written.names)
  }

  /// Takes a table's facts, and compares them with the profile that stands in for it elsewhere.
  private mutating func take(
    _ facts: TableFacts, _ spec: Spec, _ written: ReadProfile?, _ request: TableRequest
  ) {
    let digest = environment.digest
    if let written,
      let difference = written.difference(to: facts.profile, digest: { digest(request) })
    {
      log.report(
        .staleProfile(
          written.file, table: spec.data.source, difference: difference, at: spec.data.$profile))
    }
    let header = header(of: facts)
    knownTable = (request, facts, header)
    take(facts, spec, header: header)
  }

  private mutating func take(
    _ facts: TableFacts, _ spec: Spec, header: [String: SourceRange]
  ) {
    guard let root = result.tree?.root else { return }
    result.profile = facts.profile
    result.imageShape = facts.imageShape
    let features = FeatureChoice(
      spec.data, profile: facts.profile, isImage: facts.imageShape != nil)
    result.features = features
    guard !mistakes.hide("data.format") else { return }
    DataChecks(
      data: spec.data, training: spec.training, facts: facts, features: features,
      header: header, root: root
    ).run(&log)
    let isCause = { (path: SpecPath) in
      path.isWithin("data.features") || path.isWithin("data.ignore")
    }
    if features.plans.isEmpty, !log.diagnostics.contains(where: { isCause($0.path) }) {
      log.report(
        .noInputs(features.columns.map { "`\($0.name)`: \($0.reason)" }, at: spec.data.$source))
    }
  }

  /// The place of each column's name in the table's header line, which becomes a source.
  private mutating func header(of facts: TableFacts) -> [String: SourceRange] {
    guard let text = facts.headerText else { return [:] }
    let start = max(0, facts.headerLine - 1)
    let padding = String(repeating: "\n", count: start)
    let source = inheritance.add(SourceText(name: facts.profile.path, text: padding + text))
    let cells = zip(facts.profile.columns, facts.headerCells).map { column, cell in
      (
        column.name,
        SourceRange(source: source, lower: start + cell.lowerBound, upper: start + cell.upperBound)
      )
    }
    return Dictionary(cells, uniquingKeysWith: { first, _ in first })
  }

  mutating func resolve() {
    guard var resolver = result.resolver else { return }
    let known = result
    resolver.decide { spec in known.facts(for: spec, root: nil) }
    let spec = resolver.spec
    result.resolver = resolver
    result.spec = spec
    if let profile = result.profile { result.features?.plan(for: spec.data, profile: profile) }
    guard let root = result.tree?.root else { return }
    let facts = known.facts(for: spec, root: root)
    let checks = SpecChecks(
      spec: spec, root: root, classes: facts?.classCount, rows: facts?.usableRows,
      trainRows: facts?.trainRows, mistakes: mistakes)
    checks.run(&log)
    specChecks = checks
    checkShape(spec)
  }

  /// Whether the sizes of one example are those of the table.
  private mutating func checkShape(_ spec: Spec) {
    guard let sizes = spec.data.shape, let features = result.features,
      !mistakes.hide("data.features"), !mistakes.hide("data.ignore")
    else { return }
    let width = InputLayout(spec.data, features.plans, isRow: false).rawWidth
    guard !result.isProduct(of: sizes, width) else { return }
    log.report(.shapeOfAnotherSize(sizes, inputs: width, at: spec.data.$shape))
  }

  mutating func lower() {
    guard let spec = result.spec, let shape = result.inputShape, let features = result.features,
      let outputs = result.outputUnits(spec)
    else { return }
    guard !mistakes.hideInputs else {
      result.notChecked.append("the network: errors in `data` come first")
      return
    }
    result.graph = Graph(
      lowering: spec, input: shape, plans: features.plans, outputs: outputs,
      mistaken: mistakes.layers, into: &log)
    result.summary = result.counts(of: result.graph)
  }

  mutating func advise(_ rules: RuleScope) {
    guard let spec = result.spec, let resolver = result.resolver else { return }
    guard !log.hasErrors else {
      result.notChecked.append("advice: errors come first")
      return
    }
    guard let facts = result.facts(for: spec, root: resolver.root) else { return }
    result.facts = facts
    SpecCompiler.advise(facts, in: result.document, asking: rules, into: &log)
  }

  /// Whether there are so many findings that going on is in vain; says so.
  var isFull: Bool {
    mutating get {
      guard log.isFull || result.spec?.model.isTooDeep == true else { return false }
      result.notChecked.append("what depends on the rest: mend the findings first")
      return true
    }
  }

  consuming func finish() -> Compilation {
    result.sources = inheritance.sources
    result.diagnostics = log.sorted.withoutAmbiguityOfMistakes
    result.hasErrors = log.hasErrors
    return result
  }
}

extension [Diagnostic] {
  /// Without warnings of how other programs read a text that is a mistake to this one.
  fileprivate var withoutAmbiguityOfMistakes: [Diagnostic] {
    let mistaken = Set(filter { $0.level == .error }.map(\.primary.range))
    return filter { $0.code != .ambiguousScalar || !mistaken.contains($0.primary.range) }
  }
}
