/// Reads the fields of one mapping; given nothing to read, it records what was asked of it.
///
/// One declaration gives reading, default, the detection of unknown keys, help and reference:
///
///     _slope = fields.field("slope", .positive, default: 0.01, doc: "Factor for negatives.")
public struct FieldReader {
  /// What has been asked so far.
  public private(set) var descriptions: [FieldDescription] = []
  /// Where this section stands in the document.
  public let path: SpecPath
  /// The section's own place; for an absent section, that of the enclosing one.
  public let range: SourceRange

  let session: ReadingSession
  let mapping: Mapping?
  let purpose: Purpose
  /// Which entries were asked for.
  private(set) var claims = Claims()
  /// Required fields that are not there.
  var missing: [String] = []
  /// Whether a value would do for a field.
  private(set) var accepts: [String: (Node) -> Bool] = [:]
  /// Keys that are no field's name but were reported in words of their own.
  var explained: [Diagnostic] = []

  /// What fields are asked for.
  enum Purpose {
    /// Their values alone, which is all that a reading without strange keys needs.
    case values
    /// Their names too, because a key was found that is none of them.
    case names
    /// To be described; there is nothing to read.
    case description
  }

  init(node: Node?, at range: SourceRange, path: SpecPath, session: ReadingSession) {
    self.init(node?.mapping, at: range, path: path, session: session, for: .values)
  }

  init(
    _ mapping: Mapping?, at range: SourceRange, path: SpecPath, session: ReadingSession,
    for purpose: Purpose
  ) {
    self.mapping = mapping
    self.range = range
    self.path = path
    self.session = session
    self.purpose = purpose
  }

  private init() {
    self.init(nil, at: .none, path: .root, session: ReadingSession(), for: .description)
  }

  var isDescribing: Bool { purpose == .description }

  /// A reader with nothing to read.
  static func describing() -> FieldReader { FieldReader() }

  /// The fields that a section declares.
  public static func describe<Section: FieldReadable>(_ type: Section.Type) -> [FieldDescription] {
    var reader = FieldReader()
    _ = Section(reading: &reader)
    return reader.descriptions
  }

  /// A field with a default.
  public mutating func field<Value>(
    _ name: String, _ type: FieldType<Value>, default value: Value, doc: String
  ) -> Located<Value> {
    declare(name, type, doc: doc, default: value)
    return read(name, type) ?? absent(name, value, text: type.show(value))
  }

  /// A field that has to be there.
  public mutating func required<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Value> {
    declare(name, type, doc: doc, default: nil)
    if let value = read(name, type) { return value }
    missing.append(name)
    return Located(wrappedValue: type.placeholder, at: range)
  }

  /// A field that may be left out or be `none`.
  public mutating func optional<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Value?> {
    guard purpose == .values else { return field(name, type.orNone, default: nil, doc: doc) }
    guard let node = claim(name) else { return absent(name, nil, text: "none") }
    if node.isNone {
      session.record(path, name, at: node.range, text: "none")
      return Located(wrappedValue: nil, at: node.range, isWritten: !node.isDecided)
    }
    let value = session.read(node, as: type, path: path.key(name))
    return Located(
      wrappedValue: value, at: node.range, isWritten: value == nil || !node.isDecided)
  }

  /// A field that a rule decides when it is `auto` or absent.
  public mutating func auto<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Setting<Value>> {
    if purpose != .values { declare(name, type.orAuto, doc: doc, default: .auto) }
    guard let node = claim(name) else { return absent(name, .auto, text: "auto", origin: .open) }
    if node.isAuto {
      session.record(path, name, origin: .open, at: node.range, text: "auto")
      return Located(wrappedValue: .auto, at: node.range, isWritten: !node.isDecided)
    }
    let value = session.read(node, as: type, path: path.key(name))
    return Located(
      wrappedValue: value.map { .value($0) } ?? .auto, at: node.range,
      isWritten: value == nil || !node.isDecided)
  }

  /// A section, or the value of the one field that a bare value sets.
  private static func described(
    _ fields: [FieldDescription], shorthand: String?
  ) -> TypeDescription {
    guard let field = fields.first(where: { $0.name == shorthand }) else { return .section(fields) }
    return .either(field.type, .section(fields))
  }

  /// A section that is read even where it is absent, so that its defaults are known.
  ///
  /// With a `shorthand`, a bare value stands for a section with that one field.
  public mutating func section<Section: FieldReadable>(
    _ name: String, _ type: Section.Type, shorthand: String? = nil, doc: String
  ) -> Section {
    if isDescribing {
      var reader = FieldReader()
      let section = Section(reading: &reader)
      let described = Self.described(reader.descriptions, shorthand: shorthand)
      note(name, described, doc: doc, default: "{}")
      return section
    }
    if purpose == .names {
      note(name, .section([]), doc: doc, default: "{}")
      accepts[name] = { $0.mapping != nil || ($0.scalar != nil && shorthand != nil) }
    }
    var node = claim(name)
    let range = node.flatMap { $0.mapping == nil ? $0.range : keyRange(name) } ?? self.range
    if let shorthand { session.shorthands[path.key(name)] = shorthand }
    if let written = node, written.mapping == nil {
      node = shorthand.map { written.standing(for: $0) }
      let isNull = written.scalar?.isNull == true
      if isNull || written.scalar?.text == "auto" { node = nil }
      if node == nil, !isNull, shorthand == nil {
        session.report(
          .wrongType(written, wanted: .section(Self.describe(type)), path: path.key(name)))
      }
    }
    var reader = FieldReader(node: node, at: range, path: path.key(name), session: session)
    let section = Section(reading: &reader)
    reader.finish { _ = Section(reading: &$0) }
    return section
  }
}

extension FieldReader {
  /// Whether the author wrote this key.
  public func isWritten(_ name: String) -> Bool {
    node(name).map { !$0.isDecided } ?? false
  }

  /// The keys that stand here, in the order written.
  public var keys: [String] { mapping?.entries.map(\.name) ?? [] }

  /// The node of a key, if it is there.
  public func node(_ name: String) -> Node? { mapping?[name] }

  /// The key as a node, if it is there.
  public func keyNode(_ name: String) -> Node? { mapping?.entry(name)?.key }

  /// The place of a key, if it is there.
  public func keyRange(_ name: String) -> SourceRange? { mapping?.entry(name)?.key.range }

  /// Reports a key that is missing, unless an unknown key turns out to be meant for it or for one
  /// of `others`, which would do as well.
  public func reportMissing(_ diagnostic: Diagnostic, or others: [String] = []) {
    guard !isDescribing else { return }
    session.reportMissing(diagnostic, orInstead: others.map { path.key($0) })
  }

  /// Reports a finding about this section.
  public func report(_ diagnostic: Diagnostic) {
    guard !isDescribing else { return }
    session.report(diagnostic)
  }

  /// Notes a field where names or descriptions are asked for.
  private mutating func declare<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String, default value: Value?
  ) {
    guard purpose != .values else { return }
    note(
      name, isDescribing ? type.describe() : .boolean, doc: doc, default: value.map(type.show))
    if !isDescribing { accepts[name] = { type.read($0, .root, ReadingSession()) != nil } }
  }

  mutating func note(
    _ name: String, _ type: TypeDescription, doc: String = "", default text: String? = nil,
    members: [String] = []
  ) {
    descriptions.append(
      FieldDescription(name: name, type: type, doc: doc, defaultText: text, members: members))
  }

  /// The node of a key that is now asked for, if it is there.
  mutating func claim(_ name: String) -> Node? {
    claims.askedCount += 1
    guard let mapping, let index = mapping.index(of: name) else { return nil }
    claims.add(index)
    return mapping.entries[index].value
  }

  /// The entries that are members of a family; they count as asked for.
  mutating func claim(where isMember: (Mapping.Entry) -> Bool) -> [Mapping.Entry] {
    claims.askedCount += 1
    var found: [Mapping.Entry] = []
    for (index, entry) in (mapping?.entries ?? []).enumerated() where isMember(entry) {
      claims.add(index)
      found.append(entry)
    }
    return found
  }

  private mutating func read<Value>(_ name: String, _ type: FieldType<Value>) -> Located<Value>? {
    guard let node = claim(name) else { return nil }
    guard let value = session.read(node, as: type, path: path.key(name)) else {
      return Located(wrappedValue: type.placeholder, at: node.range, isWritten: true)
    }
    return Located(wrappedValue: value, at: node.range, isWritten: !node.isDecided)
  }

  private func absent<Value>(
    _ name: String, _ value: Value, text: @autoclosure @escaping @Sendable () -> String,
    origin: FieldValue.Origin = .declaredDefault
  ) -> Located<Value> {
    if !isDescribing { session.record(path, name, origin: origin, at: range, text: text()) }
    return Located(wrappedValue: value, at: range)
  }
}

/// Which entries of a mapping were asked for.
struct Claims {
  /// How many fields were asked for, whether they are there or not.
  var askedCount = 0
  /// A bit for each of the first 64 entries.
  private var bits: UInt64 = 0

  mutating func add(_ index: Int) { if index < 64 { bits |= 1 << UInt64(index) } }

  /// Whether all of so many entries are known to have been asked for.
  func areAll(of count: Int) -> Bool { bits.nonzeroBitCount == count }
}
