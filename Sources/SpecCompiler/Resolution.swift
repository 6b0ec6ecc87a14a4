import NetworkGraph
public import SpecSyntax

/// Every effective value of a spec and where it came from.
public struct Resolution: Sendable {
  public struct Value: Sendable, Encodable {
    public enum Origin: String, Sendable, Encodable {
      /// Written in the spec, its base or on the command line.
      case author
      /// Decided by a rule of advice.
      case rule
      /// A default of the language or of the compiler.
      case `default`
    }

    public var path: String
    /// As it would be written in a flow mapping.
    public var value: String
    public var origin: Origin
    /// The code of the rule, or the name of the default.
    public var rule: String?
    /// Why, with the numbers of this case; empty for what the author wrote.
    public var reason: String
  }

  public var values: [Value] {
    let byPath = Dictionary(decided.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return fields.map { Self.value(of: $0, byPath) }
  }
  /// Paths that could not be decided, for lack of data.
  public private(set) var open: [SpecPath] = []

  private var fields: [FieldValue] = []
  private let decided: [Decided]

  /// A value that the compiler put in.
  struct Decided: Sendable {
    var path: SpecPath
    var value: PlainValue
    var origin: Value.Origin
    var rule: String
    var reason: String
  }

  init(_ reading: Reading<Spec>, decided: [Decided]) {
    self.decided = decided
    // The values of a base are in place already.
    let unused = reading.section.model.unusedPaths + ["extends"]
    let (features, size): (SpecPath, SpecPath) = ("data.features", "data.category.size")
    for field in reading.values where !unused.contains(where: { field.isWithin($0) }) {
      if field.origin == .declaredDefault, Self.isNoise(field) { continue }
      // What a column leaves open is as its section says; sizes are decided column by column.
      if field.origin == .open {
        if field.isWithin(features) || field.isAt(size) { continue }
        if !field.isAt("search.space") { open.append(field.path) }
      }
      self.fields.append(field)
    }
  }

  /// Whether a default says nothing: that nothing is searched, or which of several forms a searched
  /// key does not have.
  private static func isNoise(_ field: FieldValue) -> Bool {
    field.isAt("search") || field.isWithin("search.space") || field.isWithin("search.objective")
  }

  private static func value(of field: FieldValue, _ decided: [SpecPath: Decided]) -> Value {
    let path = field.path.description
    // The decision on the value itself comes before those on what surrounds it.
    var around = field.path
    while decided[around] == nil, !around.steps.isEmpty { around = around.parent }
    if let decision = decided[around] {
      guard field.origin != .declaredDefault || field.path == decision.path else {
        return Value(path: path, value: field.text, origin: .default, rule: nil, reason: "")
      }
      return Value(
        path: path, value: field.text, origin: decision.origin, rule: decision.rule,
        reason: decision.reason)
    }
    switch field.origin {
    case .author:
      return Value(path: path, value: field.text, origin: .author, rule: nil, reason: "")
    case .declaredDefault:
      return Value(path: path, value: field.text, origin: .default, rule: nil, reason: "")
    case .open where field.isAt("search.space"):
      return Value(
        path: path, value: "auto", origin: .default, rule: nil, reason: "proposed by the rules")
    case .open:
      return Value(
        path: path, value: "auto", origin: .default, rule: nil,
        reason: "cannot be decided without the table")
    }
  }
}

extension ModelSection {
  /// Values that mean nothing beside the others, and that a complete spec leaves out.
  var unusedPaths: [SpecPath] {
    if layers != nil { return Self.stackPaths }
    return hiddenLayers.value == [] ? Array(Self.stackPaths.dropFirst()) : []
  }

  /// What describes a stack of dense layers: its widths, and what stands between them.
  private static let stackPaths: [SpecPath] = [
    "model.hidden_layers", "model.activation", "model.dropout", "model.normalization",
  ]
}

/// Decides what the author left open, in the order of `OpenValue.all`.
///
/// A decision is put into the spec, and as a node into the tree, which can be read again: so a
/// resolved spec is a spec.
struct Resolver {
  /// The spec as decided so far.
  private(set) var spec: Spec
  private(set) var root: Node
  private(set) var decided: [Resolution.Decided] = []
  /// What the author wrote.
  let reading: Reading<Spec>

  init(root: Node, reading: Reading<Spec>) {
    self.root = root
    self.reading = reading
    spec = reading.section
  }

  /// Writes down the model's name, so that a copy in another file keeps it.
  mutating func put(name: String) {
    guard reading.section.name == nil else { return }
    let range = range(of: "name")
    let decision = Resolution.Decided(
      path: "name", value: .name(name), origin: .default, rule: "file-name",
      reason: "the name of the file")
    decided.append(decision)
    root = root.setting(decision.path, to: decision.value.decidedNode(at: range), at: range)
  }

  /// Writes down what becomes of each column.
  mutating func put(_ features: FeatureChoice) {
    let isWritten = reading.section.data.features != nil
    let range = range(of: "data.features")
    var entries: [PlainValue.Entry] = []
    for column in features.columns {
      let path = SpecPath("data.features").key(column.name)
      let written = reading.section.data.features?.first { $0.name == column.name }?.value
      if let written, written.use != .auto { continue }
      if written == nil, isWritten || column.isNamedElsewhere { continue }
      entries.append(.init(column.name, .name(column.use.rawValue)))
      let hasSettings = root.at(path)?.mapping != nil
      decided.append(
        Resolution.Decided(
          path: hasSettings ? path.key("type") : path, value: .name(column.use.rawValue),
          origin: .default, rule: "column-type", reason: column.reason))
    }
    guard !entries.isEmpty else { return }
    let isList = root.at("data.features")?.sequence != nil
    if !isWritten || isList {
      let value = PlainValue.map(entries)
      root = root.setting("data.features", to: value.decidedNode(at: range), at: range)
    } else {
      for entry in entries {
        var path = SpecPath("data.features").key(entry.key)
        if root.at(path)?.mapping != nil { path = path.key("type") }
        root = root.setting(path, to: entry.value.decidedNode(at: range), at: range)
      }
    }
  }

  /// Where the author wrote a value, or where its section stands.
  private func range(of path: SpecPath) -> SourceRange {
    reading.values.first { $0.isAt(path) }?.range ?? .none
  }

  /// Writes down how many numbers stand for a level of each embedded column.
  mutating func put(sizesOf layout: InputLayout) {
    let section = reading.section.data.category
    guard section.size.value == nil else { return }
    let specs = reading.section.data.features ?? []
    for column in layout.columns {
      guard case .level(let levels, let size, _) = column.treatment,
        specs.first(where: { $0.name == column.name })?.value.size.value == nil
      else { continue }
      let path = SpecPath("data.features").key(column.name).key("size")
      let decision = Resolution.Decided(
        path: path, value: .integer(size), origin: .default, rule: "embedding-size",
        reason: "1.6 · levels^0.56 for \(counted(levels, "level")), the rule of fastai")
      decided.append(decision)
      let range = section.$encode
      let node = decision.value.decidedNode(at: range)
      root = root.setting(path, to: node, at: range, shorthand: "type")
    }
  }

  /// Decides every open value; `facts` sees the spec as decided so far.
  mutating func decide(_ facts: (Spec) -> Facts?) {
    for value in OpenValue.all {
      guard
        let field = reading.values.first(where: { $0.origin == .open && $0.isAt(value.path) }),
        !spec.model.unusedPaths.contains(value.path), let known = facts(spec),
        let decision = decision(value.path, known)
      else { continue }
      let node = decision.value.decidedNode(at: field.range)
      value.put(node, into: &spec)
      decided.append(decision)
      root = root.setting(value.path, to: node, at: field.range)
    }
  }

  /// Writes down the initialiser of every layer that the author left open.
  mutating func putInitializers() {
    for layer in reading.section.model.layers ?? [] {
      guard let (name, rule, reason) = openInitializer(of: layer.op) else { continue }
      let path = layer.path.key(layer.op.name).key("initializer")
      let decision = Resolution.Decided(
        path: path, value: .name(name), origin: .default, rule: rule, reason: reason)
      decided.append(decision)
      // A bare word or width in place of the fields has to become a mapping first.
      root = root.setting(
        path, to: decision.value.decidedNode(at: layer.range), at: layer.range,
        shorthand: type(of: layer.op).shorthand)
    }
  }

  /// The initialiser that an operation gets, with the default's name and its reason; nil where it
  /// has none or the author chose one.
  private func openInitializer(of op: any Op) -> (name: String, rule: String, reason: String)? {
    if let op = op as? any WeightedOp, op.initializer.value == nil {
      return (
        type(of: Initializers.usual(before: op.activation)).name, "initializer-of-activation",
        "keeps the signal's size through the activation"
      )
    }
    if let dense = op as? GroupedDense, dense.initializer.value == nil {
      return (
        type(of: Initializers.usual(before: dense.activation)).name, "initializer-of-activation",
        "keeps the signal's size through the activation"
      )
    }
    if let embedding = op as? Embedding, embedding.initializer.value == nil {
      return (Lecun.name, "rows-of-length-one", "a level's row is as long as its one-hot row")
    }
    return nil
  }

  /// Reads the spec with all that was put in; what is wrong with it was reported before.
  func readAgain() -> Reading<Spec> {
    var silent = DiagnosticLog()
    return read(Spec.self, from: root, into: &silent)
  }

  private static let rules = Dictionary(
    grouping: Rules.all.filter { $0.decides != nil }, by: { $0.decides ?? .root })
  private static let defaults = Dictionary(grouping: NamedDefault.all, by: \.path)

  private func decision(_ path: SpecPath, _ facts: Facts) -> Resolution.Decided? {
    for rule in Self.rules[path] ?? [] {
      if let found = rule.value(for: facts) {
        return Resolution.Decided(
          path: path, value: found.value, origin: .rule, rule: rule.code, reason: found.reason)
      }
    }
    for named in Self.defaults[path] ?? [] {
      if let found = named.decide(facts) {
        return Resolution.Decided(
          path: path, value: found.value, origin: .default, rule: named.name,
          reason: found.reason)
      }
    }
    return nil
  }
}
