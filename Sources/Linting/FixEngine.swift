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
    for _ in 0..<Self.maximumPasses {
      let wanted = fixes(of: outcome.compilation)
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
      for (code, _) in pass.fixes { outcome.fixed[code, default: 0] += 1 }
    }
    if !fixes(of: outcome.compilation).isEmpty {
      outcome.problem = "fixes did not come to an end after \(Self.maximumPasses) passes"
    }
    return outcome
  }

  /// How many findings the engine would fix at once.
  public func count(in compilation: Compilation) -> Int { fixes(of: compilation).count }

  /// The fixes of one pass: the first of each finding, none overlapping another; graver findings
  /// and those further up go first.
  private func fixes(of compilation: Compilation) -> [(code: DiagnosticCode, fix: Fix)] {
    let wanted = compilation.diagnostics
      .filter { only.isEmpty || only.contains($0.code.code) || only.contains($0.code.name) }
      .compactMap { finding in
        finding.helps.lazy.compactMap(\.fix).first { isApplied($0) }
          .map { (finding: finding, fix: $0) }
      }
      .sorted { ($1.finding.level, $0.finding.primary.range.lower)
        < ($0.finding.level, $1.finding.primary.range.lower) }
    var taken: [SourceRange] = []
    var chosen: [(code: DiagnosticCode, fix: Fix)] = []
    for (finding, fix) in wanted {
      let isFree = fix.edits.allSatisfy { edit in
        !taken.contains { $0.lower <= edit.range.upper && edit.range.lower <= $0.upper }
      }
      guard isFree else { continue }
      taken += fix.edits.map(\.range)
      chosen.append((finding.code, fix))
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

/// Fixes that are applied at once.
private struct Pass {
  let fixes: [(code: DiagnosticCode, fix: Fix)]
  let text: SourceText
  /// What speaks against them; nil where nothing does.
  let violation: String?

  init(_ fixes: [(code: DiagnosticCode, fix: Fix)], of source: SourceText) {
    self.fixes = fixes
    let edits = fixes.flatMap(\.fix.edits).sorted { $0.range.lower < $1.range.lower }
    text = SourceText(name: source.name, bytes: apply(edits, to: source))
    violation = FixChecks(before: source, after: text, edits: edits).violation
  }
}
