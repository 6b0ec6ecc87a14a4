/// What one reading of a document collects: findings, and the value of every field.
///
/// A class, because the closures of field types share it while a section is being read.
final class ReadingSession {
  private(set) var log = DiagnosticLog()
  private(set) var values: [FieldValue] = []
  /// Names from other programs and what they are called here.
  let synonyms: [String: String]
  /// The fields of the whole document, described when an unknown key first asks for them.
  private lazy var places = Dictionary(
    grouping: allPaths(in: describe(), below: .root), by: \.lastKey)
  private let describe: () -> [FieldDescription]

  init(
    synonyms: [String: String] = [:],
    describe: @escaping () -> [FieldDescription] = { [] }
  ) {
    self.synonyms = synonyms
    self.describe = describe
  }

  /// Where a key of this name belongs, over the whole document.
  func homes(_ name: String) -> [SpecPath] {
    (places[name] ?? []).sorted { $0.steps.count < $1.steps.count }
  }

  func report(_ diagnostic: Diagnostic) { log.report(diagnostic) }

  /// Notes the value at a path, or that of a field below it; its place among the values.
  @discardableResult
  func record(
    _ path: SpecPath, _ name: String? = nil, text: String, origin: FieldValue.Origin = .author,
    at range: SourceRange
  ) -> Int {
    values.append(FieldValue(path, name, text, origin: origin, at: range))
    return values.count - 1
  }

  /// Gives a noted value another text.
  func change(_ record: Int, to text: String) { values[record].text = text }

  /// Reads a value and records it, unless reading it recorded its parts.
  func read<Value>(_ node: Node, as type: FieldType<Value>, path: SpecPath) -> Value? {
    let before = values.count
    guard let value = type.read(node, path, self) else { return nil }
    if values.count == before {
      let text = type.show(value)
      record(path, text: text, origin: text == "auto" ? .open : .author, at: node.range)
    }
    return value
  }
}

extension ReadingSession {
  func integer(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> Int? {
    guard let scalar = plainNumber(node, path, wanted: wanted) else { return nil }
    if let value = CoreScalar.integer(scalar.text) { return value }
    report(.wrongType(node, wanted: wanted, path: path))
    return nil
  }

  func number(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> Double? {
    guard let scalar = plainNumber(node, path, wanted: wanted) else { return nil }
    if let value = CoreScalar.number(scalar.text) { return value }
    report(.wrongType(node, wanted: wanted, path: path))
    return nil
  }

  /// The scalar where it is plain text; quoted numbers and decimal commas get their own words.
  private func plainNumber(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> Scalar? {
    guard let scalar = node.scalar else {
      report(.wrongType(node, wanted: wanted, path: path))
      return nil
    }
    let isNumber = CoreScalar.number(scalar.text) != nil
    if scalar.style != .plain, isNumber {
      report(.quotedNumber(node, text: scalar.text, path: path))
      return nil
    }
    let parts = scalar.text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2, CoreScalar.number("\(parts[0]).\(parts[1])") != nil {
      report(.decimalComma(node, text: "\(parts[0]).\(parts[1])", path: path))
      return nil
    }
    return scalar
  }

  func boolean(_ node: Node, _ path: SpecPath) -> Bool? {
    if let scalar = node.scalar, scalar.style == .plain,
      let value = CoreScalar.boolean(scalar.text)
    {
      return value
    }
    report(.wrongType(node, wanted: .boolean, path: path))
    return nil
  }

  func text(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> String? {
    guard let scalar = node.scalar, !(scalar.style == .plain && scalar.text.isEmpty) else {
      report(.wrongType(node, wanted: wanted, path: path))
      return nil
    }
    return scalar.text
  }

  /// One of `names`; `kind` says what they are, for messages.
  func name(_ node: Node, _ path: SpecPath, among names: [String], kind: String?) -> String? {
    guard let scalar = node.scalar, !scalar.text.isEmpty else {
      report(
        .wrongType(node, wanted: .choice(names.map { .init($0, "") }), path: path))
      return nil
    }
    if names.contains(scalar.text) { return scalar.text }
    let known = synonyms[normalised(scalar.text)].flatMap { names.contains($0) ? $0 : nil }
    report(
      .unknownName(
        node, text: scalar.text, kind: kind ?? "value of `\(path)`", names: names,
        similar: known.map { [$0] } ?? nearest(to: scalar.text, among: names), path: path))
    return nil
  }

  func amount(_ node: Node, _ path: SpecPath) -> Amount? {
    let type = FieldType<Amount>.amount.describe()
    guard let scalar = node.scalar else {
      report(.wrongType(node, wanted: type, path: path))
      return nil
    }
    if scalar.text.hasSuffix("%"), let percent = CoreScalar.number(String(scalar.text.dropLast())) {
      guard percent >= 0, percent < 100 else {
        report(
          .outOfRange(
            node, value: scalar.text, wanted: "at least 0% and below 100%", path: path))
        return nil
      }
      return .share(percent / 100)
    }
    guard let plain = plainNumber(node, path, wanted: type) else { return nil }
    if let count = CoreScalar.integer(plain.text), (0...2_147_483_647).contains(count) {
      return .count(count)
    }
    guard let share = CoreScalar.number(plain.text) else {
      report(.wrongType(node, wanted: type, path: path))
      return nil
    }
    guard share >= 0, share < 1 else {
      report(
        .outOfRange(
          node, value: plain.text, wanted: "a share at least 0 and below 1, or a whole number",
          path: path))
      return nil
    }
    return .share(share)
  }

  func normalised(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }
}

/// Whether two names differ by one slip of the keyboard, or in spelling alone.
func isOneSlip(_ a: String, _ b: String) -> Bool {
  if haveSameSpelling(a, b) { return true }
  let (first, second) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
  return editDistance(first, second, within: 1) != nil
}
