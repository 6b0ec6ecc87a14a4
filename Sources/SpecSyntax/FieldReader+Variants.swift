// Families of named forms, of which a mapping holds one.

extension FieldReader {
  /// Reads the one member of a family that is named by a key of this mapping, beside other
  /// fields: `- dense: {units: 8}` with `name: trunk`; or alone, as in `optimizer: {adam: {…}}`.
  public mutating func variantKey<Value>(
    _ kind: String, _ variants: [Variant<Value>], isAlone: Bool = false
  ) -> Value {
    if isDescribing {
      note("", .variant(kind: kind, variants.map(\.description)))
      return variants[0].atDefaults
    }
    if purpose == .names {
      for variant in variants { note(variant.name, .section([]), default: "") }
    }
    let found = claim { entry in variants.contains { $0.name == entry.name } }
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
    let record = session.record(
      isAlone ? path : fieldsPath, at: first.key.range, text: variant.name)
    let (value, hasFields) = variant.value(
      of: first.value, at: first.key.range, path: fieldsPath, session: session)
    // Beside other keys, a member without fields stands as an empty mapping.
    if !isAlone, !hasFields { session.change(record, at: fieldsPath, to: "{}") }
    return value
  }

  /// Reports that no key names a member; an unknown key gets the blame if there is one.
  private mutating func reportNoVariant(_ kind: String, _ names: [String]) {
    let entries = mapping?.entries ?? []
    guard !claims.areAll(of: entries.count) else {
      session.report(.missingVariant(kind, names: names, at: range, path: path))
      return
    }
    let known = Set(descriptions.map(\.name))
    guard purpose == .names, let stranger = entries.first(where: { !known.contains($0.name) })
    else { return }
    note(stranger.name, .boolean, default: "")
    explained.append(
      session.unknownName(
        stranger.key, stranger.name, path.key(stranger.name), among: names, kind: kind))
  }

  /// Reads the member of a family that the value of `key` names; its fields stand beside `key`.
  public mutating func variantNamed<Value>(
    by key: String, _ kind: String, _ variants: [Variant<Value>], default name: String, doc: String
  ) -> Value {
    if isDescribing {
      let choices = variants.map { TypeDescription.Choice($0.name, $0.summary) }
      note(key, .choice(choices), doc: doc, default: name)
      for field in Self.fields(of: variants.map(\.description)) {
        note(
          field.name, field.type, doc: field.doc, default: field.defaultText,
          members: field.members)
      }
      return variants.first { $0.name == name }?.atDefaults ?? variants[0].atDefaults
    }
    if purpose == .names { note(key, .text(kind), doc: doc, default: name) }
    let node = claim(key)
    let written = node.map {
      session.name($0, path.key(key), among: variants.map(\.name), kind: kind)
    }
    let chosen = (written ?? name) ?? name
    session.record(
      path, key, origin: node == nil ? .declaredDefault : .author,
      at: node?.range ?? range, text: chosen)
    let variant = variants.first { $0.name == chosen } ?? variants[0]
    let value = variant.read(&self)
    if purpose == .names {
      // Beside a name that is unknown, the fields of any member may be right.
      explainFields(of: variants, beside: written == .some(nil) ? nil : chosen, kind)
    }
    return value
  }

  /// The fields of all members, each once, with the members that use it and all that it may take.
  private static func fields(
    of members: [TypeDescription.VariantDescription]
  ) -> [FieldDescription] {
    var fields: [FieldDescription] = []
    for field in members.flatMap(\.fields)
    where !fields.contains(where: { $0.name == field.name }) {
      var field = field
      let users = members.filter { $0.fields.contains { $0.name == field.name } }
      if users.count < members.count { field.members = users.map(\.name) }
      var words = [field.type.words]
      for other in users.flatMap(\.fields)
      where other.name == field.name && !words.contains(other.type.words) {
        words.append(other.type.words)
        field.type = .either(field.type, other.type)
      }
      fields.append(field)
    }
    return fields
  }

  /// Reports the written fields that only other members of a family have than the one chosen.
  private mutating func explainFields<Value>(
    of variants: [Variant<Value>], beside chosen: String?, _ kind: String
  ) {
    for name in Set(variants.flatMap { $0.description.fields.map(\.name) }).sorted() {
      guard let written = mapping?.entry(name), !descriptions.contains(where: { $0.name == name })
      else { continue }
      note(name, .boolean, default: "")
      guard let chosen else { continue }
      explained.append(
        .noEffect(
          written.key, because: "the \(kind) `\(chosen)` does not use it", path: path.key(name)))
    }
  }
}
