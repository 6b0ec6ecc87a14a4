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
  private let mapping: Mapping?
  private let isDescribing: Bool
  private var missing: [String] = []
  private var accepts: [String: (Node) -> Bool] = [:]

  init(node: Node?, at range: SourceRange, path: SpecPath, session: ReadingSession) {
    self.mapping = node?.mapping
    self.range = range
    self.path = path
    self.session = session
    isDescribing = false
  }

  private init() {
    mapping = nil
    range = .none
    path = .root
    session = ReadingSession()
    isDescribing = true
  }

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
    declare(name, type, doc: doc, default: type.show(value))
    return read(name, type) ?? absent(name, value, text: type.show(value))
  }

  /// A field that has to be there.
  public mutating func required<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Value> {
    declare(name, type, doc: doc, default: nil)
    if let value = read(name, type) { return value }
    if node(name) == nil { missing.append(name) }
    return Located(wrappedValue: type.placeholder, at: range)
  }

  /// A field that may be left out or be `none`.
  public mutating func optional<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Value?> {
    field(name, type.orNone, default: nil, doc: doc)
  }

  /// A field that a rule decides when it is `auto` or absent.
  public mutating func auto<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Setting<Value>> {
    let type = type.orAuto
    declare(name, type, doc: doc, default: "auto")
    return read(name, type) ?? absent(name, .auto, text: "auto", origin: .open)
  }

  /// A section that is read even where it is absent, so that its defaults are known.
  ///
  /// With a `shorthand`, a bare value stands for a section with that one field.
  public mutating func section<Section: FieldReadable>(
    _ name: String, _ type: Section.Type, shorthand: String? = nil, doc: String
  ) -> Section {
    let described = isDescribing ? TypeDescription.section(Self.describe(type)) : .section([])
    descriptions.append(
      FieldDescription(name: name, type: described, doc: doc, defaultText: "{}"))
    guard !isDescribing else {
      var reader = FieldReader()
      return Section(reading: &reader)
    }
    accepts[name] = { $0.mapping != nil || ($0.scalar != nil && shorthand != nil) }
    var node = node(name)
    let range = node.flatMap { $0.mapping == nil ? $0.range : keyRange(name) } ?? self.range
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
    reader.finish()
    return section
  }
}

extension FieldReader {
  /// Whether the author wrote this key.
  public func isWritten(_ name: String) -> Bool {
    node(name) != nil && session.isWritten(path.key(name))
  }

  /// The node of a key, if it is there.
  public func node(_ name: String) -> Node? { mapping?[name] }

  /// The key as a node, if it is there.
  public func keyNode(_ name: String) -> Node? { mapping?.entry(name)?.key }

  /// The place of a key, if it is there.
  public func keyRange(_ name: String) -> SourceRange? { mapping?.entry(name)?.key.range }

  /// Reports a finding about this section.
  public func report(_ diagnostic: Diagnostic) {
    guard !isDescribing else { return }
    session.report(diagnostic)
  }

  private mutating func declare<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String, default text: String?
  ) {
    let described = isDescribing ? type.describe() : .boolean
    descriptions.append(
      FieldDescription(name: name, type: described, doc: doc, defaultText: text))
    guard !isDescribing else { return }
    accepts[name] = { type.read($0, .root, ReadingSession()) != nil }
  }

  private func read<Value>(_ name: String, _ type: FieldType<Value>) -> Located<Value>? {
    guard let node = node(name) else { return nil }
    let path = path.key(name)
    guard let value = session.read(node, as: type, path: path) else {
      return Located(wrappedValue: type.placeholder, at: node.range, isWritten: true)
    }
    return Located(wrappedValue: value, at: node.range, isWritten: session.isWritten(path))
  }

  private func absent<Value>(
    _ name: String, _ value: Value, text: String, origin: FieldValue.Origin = .declaredDefault
  ) -> Located<Value> {
    if !isDescribing { session.record(path.key(name), text, origin: origin, at: range) }
    return Located(wrappedValue: value, at: range)
  }
}

extension FieldReader {
  /// Reads the one member of a family that is named by a key of this mapping, beside other
  /// fields: `- dense: {units: 8}` with `name: trunk`; or alone, as in `optimizer: {adam: {…}}`.
  public mutating func variantKey<Value>(
    _ kind: String, _ variants: [Variant<Value>], isAlone: Bool = false
  ) -> Value {
    if isDescribing {
      descriptions.append(
        FieldDescription(
          name: "", type: .variant(kind: kind, variants.map(\.description)), doc: "",
          defaultText: nil))
      return variants[0].atDefaults
    }
    for variant in variants {
      descriptions.append(
        FieldDescription(
          name: variant.name, type: .section([]), doc: variant.summary, defaultText: ""))
    }
    let entries = mapping?.entries ?? []
    let found = entries.filter { entry in variants.contains { $0.name == entry.name } }
    guard let first = found.first, let variant = variants.first(where: { $0.name == first.name })
    else {
      reportNoVariant(kind, variants.map(\.name))
      return variants[0].atDefaults
    }
    for other in found.dropFirst() {
      session.report(
        .exclusiveKeys(
          other.key, with: first.key, because: "only one \(kind) can stand here",
          path: path.key(other.name)))
    }
    let fieldsPath = path.key(first.name)
    session.record(
      isAlone ? path : fieldsPath, isAlone || variant.hasFields ? variant.name : "{}",
      at: first.key.range, hasFields: variant.hasFields)
    return variant.value(of: first.value, path: fieldsPath, session: session)
  }

  /// Reports that no key names a member; an unknown key gets the blame if there is one.
  private mutating func reportNoVariant(_ kind: String, _ names: [String]) {
    let known = Set(descriptions.map(\.name))
    if let stranger = (mapping?.entries ?? []).first(where: { !known.contains($0.name) }) {
      descriptions.append(
        FieldDescription(name: stranger.name, type: .boolean, doc: "", defaultText: ""))
      let synonym = session.synonyms[session.normalised(stranger.name)]
      let similar = synonym.flatMap { names.contains($0) ? [$0] : nil }
      session.report(
        .unknownName(
          stranger.key, text: stranger.name, kind: kind, names: names,
          similar: similar ?? nearest(to: stranger.name, among: names),
          path: path.key(stranger.name)))
    } else {
      session.report(.missingVariant(kind, names: names, at: range, path: path))
    }
  }

  /// Reads the member of a family that the value of `key` names; its fields stand beside `key`.
  public mutating func variantNamed<Value>(
    by key: String, _ kind: String, _ variants: [Variant<Value>], default name: String, doc: String
  ) -> Value {
    let names = variants.map(\.name)
    if isDescribing {
      let choices = variants.map { TypeDescription.Choice($0.name, $0.summary) }
      descriptions.append(
        FieldDescription(name: key, type: .choice(choices), doc: doc, defaultText: name))
      for field in variants.flatMap(\.description.fields)
      where !descriptions.contains(where: { $0.name == field.name }) {
        descriptions.append(field)
      }
      return variants.first { $0.name == name }?.atDefaults ?? variants[0].atDefaults
    }
    descriptions.append(
      FieldDescription(name: key, type: .text(kind), doc: doc, defaultText: name))
    var chosen = name
    var origin = FieldValue.Origin.declaredDefault
    if let node = node(key) {
      chosen = session.name(node, path.key(key), among: names, kind: kind) ?? name
      origin = .author
    }
    session.record(
      path.key(key), chosen, origin: origin, at: node(key)?.range ?? range)
    let variant = variants.first { $0.name == chosen } ?? variants[0]
    let value = variant.read(&self)
    for name in Set(variants.flatMap { $0.description.fields.map(\.name) }).sorted() {
      guard let written = mapping?.entry(name), !descriptions.contains(where: { $0.name == name })
      else { continue }
      descriptions.append(
        FieldDescription(name: name, type: .boolean, doc: "", defaultText: ""))
      session.report(
        .noEffect(
          written.key, because: "the \(kind) `\(chosen)` does not use it", path: path.key(name)))
    }
    return value
  }

  /// Reports what nobody asked for and what is missing; call it last.
  mutating func finish() {
    guard !isDescribing else { return }
    let known = descriptions.map(\.name)
    let strangers = (mapping?.entries ?? []).filter { !known.contains($0.name) }
    let free = strangers.isEmpty ? [] : known.filter { !$0.isEmpty && node($0) == nil }
    for entry in strangers {
      let synonym = session.synonyms[session.normalised(entry.name)]
      var similar = synonym.flatMap { free.contains($0) ? [$0] : nil } ?? []
      if similar.isEmpty { similar = nearest(to: entry.name, among: free) }
      let isCertain =
        similar.first.map { similar.count == 1 && isOneSlip(entry.name, $0) } ?? false
      let fits = similar.first.flatMap { accepts[$0] }?(entry.value) ?? false
      session.report(
        .unknownKey(
          entry.key, in: path, known: known.filter { !$0.isEmpty }, similar: similar,
          isCertain: isCertain && fits, homes: similar.isEmpty ? session.homes(entry.name) : []))
      missing.removeAll { similar.contains($0) }
    }
    for name in missing {
      session.report(.missingKey(name, in: path, at: range))
    }
  }
}
