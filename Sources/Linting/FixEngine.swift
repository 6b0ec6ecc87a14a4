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
      let chosen = fixes(of: outcome.compilation)
      guard !chosen.isEmpty else { return outcome }
      let edits = chosen.flatMap(\.fix.edits).sorted { $0.range.lower < $1.range.lower }
      let text = SourceText(
        name: source.name, bytes: apply(edits, to: outcome.source))
      let checks = FixChecks(before: outcome.source, after: text, edits: edits)
      if let violation = checks.violation {
        outcome.problem = "a fix was not applied: \(violation)"
        return outcome
      }
      outcome.source = text
      outcome.compilation = check(text)
      for (code, _) in chosen { outcome.fixed[code, default: 0] += 1 }
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
