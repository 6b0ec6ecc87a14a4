/// What one reading of a document collects: findings, and the value of every field.
///
/// A class, because the closures of field types share it while a section is being read.
final class ReadingSession {
  private(set) var log = DiagnosticLog()
  private(set) var values: [FieldValue] = []
  /// Names from other programs and what they are called here.
  let synonyms: () -> Synonyms
  /// The text that is read and its tree, where fixes may be edited into it.
  let document: SpecDocument?
  /// What messages call the document: "spec".
  let noun: String
  /// Of sections that may be a bare value, the key that it stands for.
  var shorthands: [SpecPath: String] = [:]
  /// How many names were unknown so far; only of the first ones the known ones are listed and
  /// compared, which takes longer than all else.
  private var unknownNames = 0
  private static let explainedNames = 100
  /// What unknown keys were probably meant for, so that it is not missing.
  private var blamed: [SpecPath] = []
  private var missing: [(finding: Diagnostic, instead: [SpecPath])] = []
  /// The fields of the whole document, described when an unknown key first asks for them.
  private lazy var places = Dictionary(
    grouping: allPaths(in: describe(), below: .root), by: \.lastKey)
  private let describe: () -> [FieldDescription]

  init(
    synonyms: @escaping () -> Synonyms = { Synonyms() }, document: SpecDocument? = nil,
    noun: String = "spec", describe: @escaping () -> [FieldDescription] = { [] }
  ) {
    self.synonyms = synonyms
    self.document = document
    self.noun = noun
    self.describe = describe
  }

  /// Where a key of this name belongs, over the whole document.
  func homes(_ name: String) -> [SpecPath] {
    (places[name] ?? []).sorted { $0.steps.count < $1.steps.count }
  }

  func report(_ diagnostic: Diagnostic) { log.report(diagnostic) }

  /// Reports that a key is missing, unless an unknown key turns out to be meant for it, or for
  /// one of those that may stand in its place.
  func reportMissing(_ diagnostic: Diagnostic, orInstead: [SpecPath] = []) {
    missing.append((diagnostic, orInstead))
  }

  /// Notes what an unknown key was probably meant for.
  func blame(_ path: SpecPath) { blamed.append(path) }

  /// Reports what is missing after all: neither meant by an unknown key, nor there but unreadable.
  func finish() {
    let unread = log.diagnostics.filter { $0.code == .wrongType }.map(\.path)
    for (finding, instead) in missing {
      let paths = [finding.path] + instead
      let isExcused = paths.contains { path in
        blamed.contains { path.isWithin($0) }
          || unread.contains { path.isWithin($0) || $0.isWithin(path) }
      }
      if !isExcused { log.report(finding) }
    }
  }

  /// A path through a family, such as `training.optimizer.adamw.epsilon`, by way of the member
  /// that the spec chooses.
  func withChosenMember(_ path: SpecPath) -> SpecPath {
    guard path.steps.count > 2, let root = document?.root else { return path }
    let family = path.parent.parent
    let node = root.at(family)
    let written = node?.mapping?.entries.first?.name ?? node?.scalar?.text
    guard let written, case .key(let last)? = path.steps.last else { return path }
    let chosen = family.key(written).key(last)
    return homes(last).contains(chosen) ? chosen : path
  }

  /// Notes the value at a path, or that of a field below it; its place among the values.
  @discardableResult
  func record(
    _ path: SpecPath, _ name: String? = nil, origin: FieldValue.Origin = .author,
    at range: SourceRange, text: @autoclosure @escaping @Sendable () -> String
  ) -> Int {
    values.append(FieldValue(path, name, origin: origin, at: range, text: text))
    return values.count - 1
  }

  /// Gives the value noted last at `path` another text.
  func change(_ record: Int, at path: SpecPath, to text: String) {
    let old = values[record]
    values[record] = FieldValue(path, nil, origin: old.origin, at: old.range) { text }
  }

  /// Reads a value and records it, unless reading it recorded its parts.
  func read<Value>(_ node: Node, as type: FieldType<Value>, path: SpecPath) -> Value? {
    let before = values.count
    guard let value = type.read(node, path, self) else { return nil }
    if values.count == before {
      record(
        path, origin: node.isAuto ? .open : .author, at: node.range, text: type.show(value))
    }
    return value
  }
}

extension ReadingSession {
  func integer(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> Int? {
    guard let scalar = plainNumber(node, path, wanted: wanted) else { return nil }
    guard let value = CoreScalar.integer(scalar.text) else {
      report(.wrongType(node, wanted: wanted, path: path))
      return nil
    }
    checkAmbiguity(node, scalar.text, value: Double(value), path)
    return value
  }

  func number(_ node: Node, _ path: SpecPath, wanted: TypeDescription) -> Double? {
    guard let scalar = plainNumber(node, path, wanted: wanted) else { return nil }
    guard let value = CoreScalar.number(scalar.text) else {
      report(.wrongType(node, wanted: wanted, path: path))
      return nil
    }
    checkAmbiguity(node, scalar.text, value: value, path)
    return value
  }

  /// Whole numbers that start with a zero are of base 8 to some, and text to others.
  private func checkAmbiguity(_ node: Node, _ text: String, value: Double, _ path: SpecPath) {
    let digits = text.drop { $0 == "+" || $0 == "-" }
    guard digits.count > 1, digits.first == "0", !digits.contains("."), !digits.contains("e"),
      !digits.contains("E"), OldScalar(text) != .number(value)
    else { return }
    var elsewhere = "text"
    if case .number(let old) = OldScalar(text) { elsewhere = numberText(old) }
    report(
      .ambiguousNumber(node, text: numberText(value), elsewhere: elsewhere, path: path))
  }

  /// The scalar where it is plain text; quoted numbers and commas get their own words.
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
    var isWhole = false
    if case .integer = wanted { isWhole = true }
    let readings = Self.numbersWithComma(scalar.text, isWhole: isWhole)
    guard readings.isEmpty else {
      report(.numberWithComma(node, readings: readings, path: path))
      return nil
    }
    return scalar
  }

  /// What a number with commas may mean: `0,5` is 0.5, `1,000,000` a million, `1,000` either.
  private static func numbersWithComma(_ text: String, isWhole: Bool) -> [String] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count > 1, !text.contains(" ") else { return [] }
    let joined = parts.joined()
    let areThousands =
      parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
      && !parts[0].hasPrefix("0") && CoreScalar.number(joined) != nil
    let point = parts.count == 2 ? "\(parts[0]).\(parts[1])" : ""
    let isDecimal = CoreScalar.number(point) != nil && !(isWhole && areThousands)
    return (areThousands ? [joined] : []) + (isDecimal ? [point] : [])
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
    checkText(node, path)
    return scalar.text
  }

  /// Warns of plain text that other programs take for something else.
  func checkText(_ node: Node, _ path: SpecPath) {
    guard let scalar = node.scalar, scalar.style == .plain,
      let first = scalar.text.unicodeScalars.first,
      "0123456789+-.yYnNoO".unicodeScalars.contains(first),
      let reason = OldScalar.loss(of: scalar.text), !node.isDecided
    else { return }
    report(.ambiguousText(node, because: reason, path: path))
  }

  /// One of `names`; `kind` says what they are, for messages.
  func name(_ node: Node, _ path: SpecPath, among names: [String], kind: String?) -> String? {
    guard let scalar = node.scalar, !scalar.text.isEmpty else {
      report(
        .wrongType(node, wanted: .choice(names.map { .init($0, "") }), path: path))
      return nil
    }
    if names.contains(scalar.text) { return scalar.text }
    report(unknownName(node, scalar.text, path, among: names, kind: kind))
    return nil
  }

  /// The finding of a name that is none of `names`.
  func unknownName(
    _ node: Node, _ text: String, _ path: SpecPath, among names: [String], kind: String?
  ) -> Diagnostic {
    unknownNames += 1
    guard unknownNames <= Self.explainedNames else {
      return .unknownName(
        node, text: text, kind: kind ?? "value of `\(path)`", names: [], similar: [], words: nil,
        path: path)
    }
    let foreign = synonyms().name(text, kind: kind, among: names)
    return .unknownName(
      node, text: text, kind: kind ?? "value of `\(path)`", names: names,
      similar: foreign?.names ?? nearest(to: text, among: names), words: foreign?.words,
      path: path)
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
}

/// Whether two names differ by one slip of the keyboard, or in spelling alone.
func isOneSlip(_ a: String, _ b: String) -> Bool {
  if haveSameSpelling(a, b) { return true }
  let (first, second) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
  return editDistance(first, second, within: 1) != nil
}
