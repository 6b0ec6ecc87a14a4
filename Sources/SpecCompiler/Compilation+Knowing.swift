import SpecSyntax

extension Compilation {
  /// The same with what a run showed, or an earlier spec, known to the rules, which are asked
  /// again; what a project says about levels and comments has to be applied afterwards.
  ///
  /// - Parameters:
  ///   - earlier: with its values decided.
  ///   - decided: the spec with its values decided, where this compilation had no table to decide
  ///     them by.
  public func knowing(
    probe: Probe? = nil, earlier: Spec? = nil, decided: Spec? = nil
  ) -> Compilation {
    guard var facts else { return self }
    facts.probe = probe ?? facts.probe
    facts.earlier = earlier ?? facts.earlier
    facts.spec = decided ?? facts.spec
    var result = self
    result.facts = facts
    var log = DiagnosticLog()
    for finding in diagnostics where finding.rule == nil { log.report(finding) }
    advise(facts, in: document, into: &log)
    result.diagnostics = log.sorted
    result.hasErrors = log.hasErrors
    return result
  }

  /// What the rules that need a run say, in the order of doing, without what the project turns
  /// off and what comments suppress.
  public var measuredAdvice: [AdviceOrder.Entry] {
    let findings = diagnostics.filter { finding in
      finding.isMeasured && !settings.off.contains(finding.code.code) && !isSuppressed(finding)
    }
    return AdviceOrder(findings).entries
  }
}
