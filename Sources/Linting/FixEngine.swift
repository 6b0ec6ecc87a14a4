public import SpecCompiler
public import SpecSyntax

/// Applies the fixes of findings to a spec until none is left to apply.
///
/// Fixes are edits of the author's bytes; after each pass the text is checked again, and a pass
/// that breaks what `FixChecks` names is thrown away.
public struct FixEngine: Sendable {
  /// Which fixes are applied besides the safe ones.
  public enum Extent: Sendable {
    case safe
    /// Also those after which the trained model may differ.
    case unsafe
  }

  public var extent: Extent
  /// The codes or names of the findings that are fixed; empty for all.
  public var only: Set<String>
  /// Whether rules of interaction wait to be named, because other changes make them speak.
  public var sparesInteractions = false
  /// What was measured, by code: what was found not to help is written only where it is named.
  public var verdicts: [String: MeasuredVerdict] = [:]
  /// Passes after which fixing ends although fixes are left.
  static let maximumPasses = 10

  public init(_ extent: Extent, only: Set<String> = []) {
    self.extent = extent
    self.only = only
  }

  /// What fixing gave.
  public struct Outcome: Sendable {
    /// The text with all fixes.
    public var source: SourceText
    /// The check of that text.
    public var compilation: Compilation
    /// How many findings of each kind were fixed.
    public var fixed: [DiagnosticCode: Int]
    /// Why fixing ended before nothing was left; nil where it did not.
    public var problem: String?
  }

  /// Fixes a spec; `check` compiles a text in its place.
  public func fix(_ source: SourceText, check: (SourceText) -> Compilation) -> Outcome {
    var outcome = Outcome(source: source, compilation: check(source), fixed: [:])
    var settled: [ProposedValue] = []
    for _ in 0..<Self.maximumPasses {
      let wanted = fixes(of: outcome.compilation, after: settled)
      guard !wanted.isEmpty else { return outcome }
      var pass = Pass(wanted, of: outcome.source)
      if pass.violation != nil, wanted.count > 1 {
        // Two fixes that are right alone may write the same key: then one goes first.
        pass = wanted.reduce(Pass([], of: outcome.source)) { done, fix in
          let next = Pass(done.fixes + [fix], of: outcome.source)
          return next.violation == nil ? next : done
        }
        if pass.fixes.isEmpty { pass = Pass(Array(wanted.prefix(1)), of: outcome.source) }
      }
      if let violation = pass.violation {
        outcome.problem = "a fix was not applied: \(violation)"
        return outcome
      }
      outcome.source = pass.text
      outcome.compilation = check(pass.text)
      for fix in pass.fixes {
        outcome.fixed[fix.code, default: 0] += 1
        settled += fix.proposed
      }
    }
    if !fixes(of: outcome.compilation, after: settled).isEmpty {
      outcome.problem = "fixes did not come to an end after \(Self.maximumPasses) passes"
    }
    return outcome
  }

  /// How many findings the engine would fix at once.
  public func count(in compilation: Compilation) -> Int { fixes(of: compilation).count }

  /// The fixes of one pass: the first of each finding that speaks about its values, none
  /// overlapping another; graver findings and those further up go first. A value that an earlier
  /// pass wrote stays.
  private func fixes(
    of compilation: Compilation, after settled: [ProposedValue] = []
  ) -> [Wanted] {
    let named = compilation.diagnostics.filter {
      only.isEmpty || only.contains($0.code.code) || only.contains($0.code.name)
    }
    let wanted = AdviceOrder(named, verdicts: verdicts).entries
      .filter { $0.group != .interactions || !sparesInteractions }
      .filter { $0.group != .refuted || !only.isEmpty }
      .compactMap { entry -> (finding: Diagnostic, fix: Wanted)? in
        let finding = entry.finding
        guard let help = finding.helps.first(where: { $0.fix.map(isApplied) ?? false }),
          let fix = help.fix
        else { return nil }
        let isSettled = help.proposed.contains { value in
          settled.contains { $0.path.overlaps(value.path) && $0 != value }
        }
        guard !isSettled else { return nil }
        return (finding, Wanted(code: finding.code, fix: fix, proposed: help.proposed))
      }
      .sorted { ($1.finding.level, $0.finding.primary.range.lower)
        < ($0.finding.level, $1.finding.primary.range.lower) }
    var taken: [SourceRange] = []
    var chosen: [Wanted] = []
    for (_, item) in wanted {
      let isFree = item.fix.edits.allSatisfy { edit in
        !taken.contains { $0.lower <= edit.range.upper && edit.range.lower <= $0.upper }
      }
      guard isFree else { continue }
      taken += item.fix.edits.map(\.range)
      chosen.append(item)
    }
    return chosen
  }

  /// Whether a fix is one of those asked for and lies in the spec's own text.
  private func isApplied(_ fix: Fix) -> Bool {
    guard !fix.edits.isEmpty, fix.edits.allSatisfy({ $0.range.source == 0 }) else { return false }
    switch fix.applicability {
    case .safe: return true
    case .unsafe: return extent == .unsafe
    case .display: return false
    }
  }
}

/// A fix with the finding it answers and the values it writes.
private struct Wanted {
  var code: DiagnosticCode
  var fix: Fix
  var proposed: [ProposedValue]
}

/// Fixes that are applied at once.
private struct Pass {
  let fixes: [Wanted]
  let text: SourceText
  /// What speaks against them; nil where nothing does.
  let violation: String?

  init(_ fixes: [Wanted], of source: SourceText) {
    self.fixes = fixes
    let edits = fixes.flatMap(\.fix.edits).sorted { $0.range.lower < $1.range.lower }
    text = SourceText(name: source.name, bytes: apply(edits, to: source))
    violation = FixChecks(before: source, after: text, edits: edits).violation
  }
}
