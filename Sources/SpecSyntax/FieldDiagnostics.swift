extension DiagnosticCode {
  public static let unknownKey = DiagnosticCode(
    "K101", "unknown-key", title: "a key that the language does not have",
    explanation: """
      Unknown keys are errors because a misspelt option would otherwise be ignored, and the model \
      trained with a default nobody asked for. Write the name that was meant, or remove the line.
      """)
  public static let wrongType = DiagnosticCode(
    "K102", "wrong-type", title: "a value of another kind than the key takes",
    explanation: """
      Each key takes one kind of value: a whole number, a number, a name, a list or a mapping. \
      The message says which. `plumb explain KEY` describes the key.
      """)
  public static let outOfRange = DiagnosticCode(
    "K103", "out-of-range", title: "a number outside the range that has a meaning",
    explanation: """
      The number can be read, but training with it cannot work: a layer of zero units, a \
      negative learning rate, a dropout of 1. The message gives the range.
      """)
  public static let unknownName = DiagnosticCode(
    "K104", "unknown-name", title: "a name that is not among the known ones",
    explanation: """
      Operations, losses, optimizers, schedules and choices are known by name. Names from other \
      programs are recognised where their meaning is the same.
      """)
  public static let missingKey = DiagnosticCode(
    "K105", "missing-key", title: "a key without which the spec means nothing",
    explanation: "A few keys have no sensible default; the message says what they stand for.")
  public static let exclusiveKeys = DiagnosticCode(
    "K106", "exclusive-keys", title: "two keys that exclude each other",
    explanation: "Both say the same thing in different ways; keep the one that is meant.")
  public static let noEffect = DiagnosticCode(
    "K107", "setting-without-effect", .warning, title: "a setting that changes nothing",
    explanation: """
      The key is known, but beside the other settings it is never used. Whoever reads the spec \
      would believe that it matters.
      """)
  public static let quotedNumber = DiagnosticCode(
    "K108", "quoted-number", title: "a number in quotes",
    explanation: "In quotes it is text. Without them it is the number that is wanted here.")
  public static let decimalComma = DiagnosticCode(
    "K109", "decimal-comma", title: "a number with a decimal comma",
    explanation: "Numbers in a spec have a decimal point, whatever the table uses.")
  public static let ambiguousScalar = DiagnosticCode(
    "K110", "ambiguous-scalar", .warning, title: "a value that programs read differently",
    explanation: """
      YAML 1.1 and 1.2 differ in what plain text stands for: `no` is false in one and a word in \
      the other, `017` is 15 or 17, `1.10` loses its zero as a number. A spec is read as 1.2, and \
      text where text is wanted; in quotes, or as a plain number, it is the same to all.
      """)

  /// The codes of reading fields.
  public static let fieldCodes: [DiagnosticCode] = [
    unknownKey, wrongType, outOfRange, unknownName, missingKey, exclusiveKeys, noEffect,
    quotedNumber, decimalComma, ambiguousScalar,
  ]
}

extension Diagnostic {
  /// `moves` are the edits that write the key where it belongs, if it has such a place and they
  /// can be made.
  static func unknownKey(
    _ key: Node, in section: SpecPath, of noun: String, known: [String],
    _ meaning: UnknownKeys.Meaning, isCertain: Bool, moves: [[Edit]?]
  ) -> Diagnostic {
    let name = escapedForTerminal(key.scalar?.text ?? "")
    let place = section == .root ? "at the top of a \(noun)" : "in `\(section)`"
    var helps: [Help] = meaning.similar.map { candidate in
      Help(
        isSynonym(name, candidate)
          ? "here it is called `\(candidate)`"
          : "a key with a similar name exists: `\(candidate)`",
        fix: Fix(
          "use `\(candidate)`", [Edit(key.range, candidate)], isCertain ? .safe : .unsafe))
    }
    var notes: [String] = []
    if let words = meaning.words {
      helps.append(Help(words))
    } else if let rival = meaning.rival {
      helps.append(Help("`\(rival)`, which says the same, is written already: remove one of them"))
    } else if let home = meaning.homes.first {
      let fix = (moves.first ?? nil).map { Fix("move it to `\(home)`", $0, .unsafe) }
      let words =
        home.lastKey == name
        ? "it belongs in `\(home.parent)`: write it as `\(home)`" : "here it is `\(home)`"
      helps.append(Help(words, fix: fix))
    } else if helps.isEmpty {
      notes.append("known here: " + known.map { "`\($0)`" }.joined(separator: ", "))
      helps.append(Help("remove the line, or use one of the known keys"))
    }
    return Diagnostic(
      .unknownKey, "unknown key `\(name)` \(place)", at: key.range,
      label: section == .root ? "not a key of a \(noun)" : "not a key of `\(section)`",
      path: section.key(key.scalar?.text ?? ""), notes: notes, helps: helps)
  }

  /// Whether two names are so far apart that one is the other's name elsewhere.
  private static func isSynonym(_ name: String, _ candidate: String) -> Bool {
    nearest(to: name, among: [candidate]).isEmpty
  }

  static func wrongType(
    _ node: Node, wanted: TypeDescription, path: SpecPath, of noun: String = "spec"
  ) -> Diagnostic {
    let name = path == .root ? "a \(noun)" : "`\(path)`"
    let better = node.scalar.flatMap { wanted.better(than: $0) }
    var help = Help("write \(wanted.words)")
    if let better {
      help = Help(
        "write `\(better.text)`",
        fix: Fix(
          "use `\(better.text)`", [Edit(node.range, better.text)],
          better.isCertain ? .safe : .unsafe))
    }
    return Diagnostic(
      .wrongType, "\(name) is \(node.kindWords), not \(wanted.shortWords)", at: node.range,
      label: "\(wanted.shortWords) is wanted here", path: path, helps: [help])
  }

  static func outOfRange(
    _ node: Node, value: String, wanted: String, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .outOfRange, "`\(path)` is \(escapedForTerminal(value)), which is out of range",
      at: node.range, label: "must be \(wanted)", path: path,
      helps: [Help("write a value that is \(wanted)")])
  }

  static func unknownName(
    _ node: Node, text: String, kind: String, names: [String], similar: [String], words: String?,
    path: SpecPath
  ) -> Diagnostic {
    let article = kind.hasPrefix("value") ? "allowed" : "known"
    var helps = similar.map { name in
      let isSame = similar.count == 1 && haveSameSpelling(name, text)
      return Help(
        "did you mean `\(name)`?",
        fix: Fix(
          "use `\(name)`", [Edit(node.range, scalarText(name))], isSame ? .safe : .unsafe))
    }
    if let words { helps.append(Help(words)) }
    if helps.isEmpty { helps = [Help("use one of the \(article) names")] }
    return Diagnostic(
      .unknownName, "`\(escapedForTerminal(text))` is not a known \(kind)", at: node.range,
      label: "not a known name", path: path,
      notes: names.isEmpty
        ? [] : ["\(article): " + names.map { "`\($0)`" }.joined(separator: ", ")], helps: helps)
  }

  static func missingKey(
    _ name: String, in section: SpecPath, of noun: String, at range: SourceRange
  ) -> Diagnostic {
    let place = section == .root ? "the \(noun)" : "`\(section)`"
    return Diagnostic(
      .missingKey, "\(place) has no key `\(name)`", at: range, label: "`\(name)` is missing here",
      path: section.key(name), 
      helps: [Help("add `\(name): …`; `plumb explain \(name)` describes it")])
  }

  static func missingVariant(
    _ kind: String, names: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .missingKey, "no \(kind) is named here", at: range, label: "which \(kind)?", path: path,
      notes: ["known: " + names.map { "`\($0)`" }.joined(separator: ", ")],
      helps: [Help("write one of the known names as the key")])
  }

  /// `key` cannot stand beside `other`.
  public static func exclusiveKeys(
    _ key: Node, with other: Node, because reason: String, path: SpecPath
  ) -> Diagnostic {
    let (a, b) = (key.scalar?.text ?? "", other.scalar?.text ?? "")
    return Diagnostic(
      .exclusiveKeys, "`\(a)` and `\(b)` exclude each other: \(reason)", at: key.range,
      label: "excludes `\(b)`", path: path, secondary: [Label(other.range, "the other")],
      helps: [Help("keep one of the two")])
  }

  /// `key` is known but changes nothing.
  public static func noEffect(
    _ key: Node, because reason: String, path: SpecPath, secondary: [Label] = []
  ) -> Diagnostic {
    Diagnostic(
      .noEffect, "`\(path)` has no effect: \(reason)", at: key.range, label: "never used",
      path: path, secondary: secondary, helps: [Help("remove it")])
  }

  static func quotedNumber(_ node: Node, text: String, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .quotedNumber, "`\(path)` is a number in quotes", at: node.range, label: "text, not a number",
      path: path,
      helps: [
        Help(
          "write it without quotes", fix: Fix("use `\(text)`", [Edit(node.range, text)], .safe))
      ])
  }

  /// `readings` are the numbers that may be meant, the likeliest first.
  static func numberWithComma(_ node: Node, readings: [String], path: SpecPath) -> Diagnostic {
    let isClear = readings.count == 1 && readings[0].contains(".")
    return Diagnostic(
      .decimalComma, "`\(path)` is a number with a comma", at: node.range,
      label: "text, not a number", path: path,
      helps: readings.map { text in
        Help(
          "write `\(text)`",
          fix: Fix("use `\(text)`", [Edit(node.range, text)], isClear ? .safe : .unsafe))
      })
  }

  /// A number that is read as `text` here and otherwise elsewhere.
  static func ambiguousNumber(
    _ node: Node, text: String, elsewhere: String, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .ambiguousScalar, "`\(path)` is \(text) here, but \(elsewhere) to readers of YAML 1.1",
      at: node.range, label: "read as \(text)", path: path,
      helps: [
        Help("write `\(text)`", fix: Fix("use `\(text)`", [Edit(node.range, text)], .safe))
      ])
  }

  /// Text that other programs do not take for text.
  static func ambiguousText(_ node: Node, because reason: String, path: SpecPath) -> Diagnostic {
    let text = node.scalar?.text ?? ""
    return Diagnostic(
      .ambiguousScalar, "`\(escapedForTerminal(text))` is text here, but \(reason)",
      at: node.range, label: "text without quotes", path: path,
      helps: [
        Help("quote it", fix: Fix("quote it", [Edit(node.range, quotedText(text))], .safe))
      ])
  }
}

extension Node {
  /// What was written, for messages: "the text `abc`", "a list".
  var kindWords: String {
    switch resolved.content {
    case .scalar(let scalar) where scalar.isNull: return "empty"
    case .scalar(let scalar):
      let text = escapedForTerminal(String(scalar.text.prefix(40)))
      if scalar.style == .plain, CoreScalar.number(scalar.text) != nil {
        return "the number `\(text)`"
      }
      return "the text `\(text)`"
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .alias: return "an alias"
    }
  }
}

extension TypeDescription {
  /// What is wanted, without the enumeration of names.
  var shortWords: String {
    switch self {
    case .section: "a mapping"
    case .choice(let choices) where choices.count > 6: "a name"
    case .variant(let kind, _): "a \(kind)"
    case .auto(let type): "`auto` or \(type.shortWords)"
    case .optional(let type): "`none` or \(type.shortWords)"
    case .list(let type): "a list (each item \(type.shortWords))"
    case .either(let first, let second): "\(first.shortWords) or \(second.shortWords)"
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .map: words
    }
  }
}
