import SpecSyntax

// The findings about the keys of a search and what they may be.

extension Diagnostic {
  static func missingDomain(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .missingDomain, "`\(path)` has neither `real` nor `integer` nor `choice`", at: range,
      label: "which values?", path: path,
      helps: [Help("write `real: [LOW, HIGH]`, `integer: [LOW, HIGH]` or `choice: [A, B]`")])
  }

  /// `similar` are keys that may be meant; `words` say what to do where there is none.
  static func unknownSearchKey(
    _ key: SearchedPlace, because reason: String, similar: [SpecPath], words: String?
  ) -> Diagnostic {
    var helps = similar.map { path in
      Help(
        "did you mean `\(path)`?",
        fix: Fix("use `\(path)`", [Edit(key.nameRange, scalarText(path.description))], .unsafe))
    }
    if let words { helps.append(Help(words)) }
    if helps.isEmpty { helps = [Help("`plumb resolve` lists the keys that the spec has")] }
    return Diagnostic(
      .unknownSearchKey, "`\(escapedForTerminal(key.name))` cannot be searched: \(reason)",
      at: key.nameRange, label: "not a key of this spec", path: key.place, helps: helps)
  }

  static func unsearchableKey(
    _ key: SearchedPlace, because reason: String, help: String
  ) -> Diagnostic {
    Diagnostic(
      .unsearchableKey, "`\(escapedForTerminal(key.name))` cannot be searched: \(reason)",
      at: key.nameRange, label: "the same in all trials", path: key.place, helps: [Help(help)])
  }

  static func overlappingSearchKeys(
    _ inner: SearchedPlace, in outer: SearchedPlace
  ) -> Diagnostic {
    let isSame = inner.path == outer.path
    return Diagnostic(
      .overlappingSearchKeys,
      isSame
        ? "`\(inner.path)` is searched twice" : "`\(inner.path)` lies in `\(outer.path)`",
      at: inner.nameRange, label: "written over by the other", path: inner.place,
      secondary: [Label(outer.nameRange, isSame ? "the first time" : "is searched as a whole")],
      helps: [
        Help(
          isSame
            ? "keep one of the two"
            : "keep one of the two, or search the inner one below the other and only beside "
              + "some of its values: `when: {\(outer.path): VALUE}`")
      ])
  }

  static func emptySearchRange(
    _ key: SearchedPlace, low: String, high: String, at range: SourceRange,
    ends: (low: SourceRange, high: SourceRange)
  ) -> Diagnostic {
    let isSame = low == high
    return Diagnostic(
      .emptySearchRange,
      isSame
        ? "`\(key.path)` has the range from \(low) to \(high), which is one number"
        : "`\(key.path)` has a range that begins at \(low) and ends at \(high)",
      at: range, label: isSame ? "nothing between" : "the greater comes first", path: key.place,
      helps: [
        isSame
          ? Help("write the value into the spec, or widen the range")
          : Help(
            "write the least number first",
            fix: Fix(
              "swap them", [Edit(ends.low, high), Edit(ends.high, low)], .unsafe))
      ])
  }

  static func unfitSearchScale(
    _ key: SearchedPlace, low: String, better: String?, at range: SourceRange, scale: SourceRange
  ) -> Diagnostic {
    var helps = [
      Help(
        "search it on a linear scale",
        fix: Fix("use `linear`", [Edit(scale, "linear")], .unsafe))
    ]
    helps.insert(
      better.map {
        Help("begin at \($0)", fix: Fix("use `\($0)`", [Edit(range, $0)], .unsafe))
      } ?? Help("begin at the least number above 0 that matters"), at: 0)
    return Diagnostic(
      .unfitSearchScale, "`\(key.path)` is searched on a log scale from \(low)", at: range,
      label: "has no logarithm", path: key.place, secondary: [Label(scale, "a log scale")],
      helps: helps)
  }

  static func unfitSearchStep(
    _ key: SearchedPlace, _ words: String, label: String, at range: SourceRange,
    level: Level = .error, helps: [Help]
  ) -> Diagnostic {
    var finding = Diagnostic(
      .unfitSearchStep, "`\(key.path)` \(words)", at: range, label: label, path: key.place,
      helps: helps)
    finding.level = level
    return finding
  }

  static func choiceOfOne(
    _ key: SearchedPlace, value: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .choiceOfOne,
      value == nil ? "`\(key.path)` has no values to choose from"
        : "`\(key.path)` has one value to choose from", at: range,
      label: value == nil ? "nothing to try" : "always this", path: key.place,
      helps: [
        Help(
          value.map { "add another value, or write `\($0)` into the spec" }
            ?? "add at least two values")
      ])
  }

  static func repeatedChoice(
    _ key: SearchedPlace, value: String, at range: SourceRange, first: SourceRange, removal: Edit?
  ) -> Diagnostic {
    Diagnostic(
      .choiceOfOne, "`\(key.path)` has the value `\(escapedForTerminal(value))` twice", at: range,
      label: "again", path: key.place, secondary: [Label(first, "the first time")],
      helps: [Help("remove one", fix: removal.map { Fix("remove it", [$0], .unsafe) })])
  }

  /// `finding` is what the spec has with the value in it.
  static func refusedSearchValue(
    _ key: SearchedPlace, value: String, at range: SourceRange, _ finding: Diagnostic
  ) -> Diagnostic {
    let found = finding.primary.range
    let isHere =
      found.source == range.source && found.lower >= range.lower && found.upper <= range.upper
    // Whoever reads the key and the value does not need them again.
    let reason = finding.code == .outOfRange ? "it \(finding.primary.text)" : finding.message
    return Diagnostic(
      .refusedSearchValue,
      "`\(key.path)` cannot be \(escapedForTerminal(value)): \(reason)", at: isHere ? found : range,
      label: isHere ? finding.primary.text : "with this value", path: key.place,
      secondary: isHere || found.isEmpty ? [] : [Label(found, finding.primary.text)],
      notes: ["it is the finding \(finding.code.code), `\(finding.code.name)`"],
      helps: finding.helps.isEmpty
        ? [Help("leave the value out")] : finding.helps.map { Help($0.text) })
  }

  static func unusableCondition(
    _ key: SearchedPlace, _ words: String, label: String, at range: SourceRange, help: Help
  ) -> Diagnostic {
    Diagnostic(
      .unusableCondition, "`\(key.path)` depends on \(words)", at: range, label: label,
      path: key.place, helps: [help])
  }

  static func ambiguousSearchList(
    _ key: SearchedPlace, text: String, isWhole: Bool, at range: SourceRange
  ) -> Diagnostic {
    let domain = isWhole ? "integer" : "real"
    return Diagnostic(
      .ambiguousSearchList, "`\(key.path)` is searched among two numbers, and none between them",
      at: range, label: "a choice, not a range", path: key.place,
      helps: [
        Help(
          "say that it is a choice",
          fix: Fix("use `choice`", [Edit(range, "{choice: \(text)}")], .safe)),
        Help(
          "make it a range",
          fix: Fix("use `\(domain)`", [Edit(range, "{\(domain): \(text)}")], .unsafe)),
      ])
  }

  static func unusableFirst(
    _ name: String, _ reason: String, at range: SourceRange, path: SpecPath, similar: [String]
  ) -> Diagnostic {
    Diagnostic(
      .unusableFirst, "the first trial gives `\(escapedForTerminal(name))` \(reason)", at: range,
      label: "outside the space", path: path,
      helps: similar.isEmpty
        ? [Help("write a value that the search may try, or leave the key out")]
        : similar.map {
          Help(
            "did you mean `\($0)`?",
            fix: Fix("use `\($0)`", [Edit(range, scalarText($0))], .unsafe))
        })
  }
}

/// A searched key as the author wrote it.
struct SearchedPlace {
  /// As written.
  var name: String
  var nameRange: SourceRange
  /// Which value of the spec it is.
  var path: SpecPath
  var key: SearchedKey

  /// Where it stands among the searched keys.
  var place: SpecPath { SpecPath("search.space").key(name) }
}
