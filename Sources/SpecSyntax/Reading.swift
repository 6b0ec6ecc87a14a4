/// A document read as a section, with what was found on the way.
public struct Reading<Section: Sendable>: Sendable {
  public var section: Section
  /// Every field asked for, in declared order, with its value and where that came from.
  public var values: [FieldValue]
}

/// Reads a document.
///
/// - Parameters:
///   - synonyms: names from other programs and what they are called here; asked for only where
///     something is unknown.
///   - source: the text that was parsed to `root`, if findings may edit it.
///   - noun: what messages call the document.
public func read<Section: FieldReadable>(
  _ type: Section.Type, from root: Node,
  synonyms: @autoclosure @escaping () -> Synonyms = Synonyms(), source: SourceText? = nil,
  noun: String = "spec", into log: inout DiagnosticLog
) -> Reading<Section> {
  let session = ReadingSession(
    synonyms: synonyms,
    document: source.map { SpecDocument(source: $0, root: root) }, noun: noun,
    describe: { FieldReader.describe(type) })
  // The first key stands for a document that lacks one.
  let place = root.mapping?.entries.first?.key.range ?? root.range
  var reader = FieldReader(node: root, at: place, path: .root, session: session)
  if root.mapping == nil {
    session.report(
      .wrongType(root, wanted: .section(FieldReader.describe(type)), path: .root, of: noun))
  }
  let section = Section(reading: &reader)
  guard root.mapping != nil else {
    for diagnostic in session.log.diagnostics { log.report(diagnostic) }
    return Reading(section: section, values: session.values)
  }
  reader.finish { _ = Section(reading: &$0) }
  session.finish()
  for diagnostic in session.log.diagnostics { log.report(diagnostic) }
  return Reading(section: section, values: session.values)
}

/// Reads one value by itself; nil where the node holds none.
public func read<Value>(_ node: Node, as type: FieldType<Value>) -> Value? {
  type.read(node, .root, ReadingSession())
}

/// The paths of all fields, each before those below it.
func allPaths(in fields: [FieldDescription], below path: SpecPath) -> [SpecPath] {
  fields.filter { !$0.name.isEmpty }.flatMap { field in
    let own = path.key(field.name)
    return [own] + allPaths(in: field.type.fields, below: own)
  }
}

extension SpecPath {
  /// The name of the last key; empty for an item of a list.
  var lastKey: String {
    if case .key(let key)? = steps.last { key } else { "" }
  }
}

extension TypeDescription {
  /// The fields directly below a value of this type.
  public var fields: [FieldDescription] {
    switch self {
    case .section(let fields): fields
    case .auto(let type), .optional(let type): type.fields
    case .either(let first, let second): first.fields + second.fields
    case .variant(_, let variants):
      variants.map {
        FieldDescription(name: $0.name, type: .section($0.fields), doc: $0.summary, defaultText: "")
      }
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .list, .map: []
    }
  }
}
