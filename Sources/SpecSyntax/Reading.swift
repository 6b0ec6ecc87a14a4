/// A document read as a section, with what was found on the way.
public struct Reading<Section: Sendable>: Sendable {
  public var section: Section
  /// Every field asked for, in declared order, with its value and where that came from.
  public var values: [FieldValue]
}

/// Reads a document.
///
/// - Parameter synonyms: names from other programs, in lower case without `_`, `-` and blanks, and
///   what they are called here.
public func read<Section: FieldReadable>(
  _ type: Section.Type, from root: Node, synonyms: [String: String] = [:],
  into log: inout DiagnosticLog
) -> Reading<Section> {
  let session = ReadingSession(synonyms: synonyms, describe: { FieldReader.describe(type) })
  var reader = FieldReader(node: root, at: root.range, path: .root, session: session)
  if root.mapping == nil {
    session.report(
      .wrongType(root, wanted: .section(FieldReader.describe(type)), path: .root))
  }
  let section = Section(reading: &reader)
  if root.mapping != nil { reader.finish { _ = Section(reading: &$0) } }
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
    case .integer, .number, .share, .boolean, .text, .choice, .list, .map: []
    }
  }
}
