public import SpecSyntax
import NetworkGraph

/// Every kind of finding that is not a rule of advice.
public var diagnosticCodes: [DiagnosticCode] {
  DiagnosticCode.syntaxCodes + DiagnosticCode.fieldCodes + DiagnosticCode.networkCodes
    + DiagnosticCode.compilerCodes + DiagnosticCode.searchCodes + DiagnosticCode.suppressionCodes
    + DiagnosticCode.projectCodes
}

/// The explanation of a rule, of a kind of finding, or of a key; nil for anything else.
public func explanation(of subject: String) -> String? {
  let wanted = subject.lowercased()
  if let rule = Rules.all.first(where: { $0.code.lowercased() == wanted || $0.name == wanted }) {
    return explanation(of: rule)
  }
  if let code = diagnosticCodes.first(where: {
    $0.code.lowercased() == wanted || $0.name == wanted
  }) {
    return explanation(of: code)
  }
  if let term = Term.named(wanted) { return wrapped(term.text, width: 80) }
  let keys = KeyExplanation.named(wanted)
  return keys.isEmpty ? nil : keys.map(\.text).joined(separator: "\n\n")
}

/// Everything that can be explained.
public var explainableNames: [String] {
  Rules.all.flatMap { [$0.code, $0.name] } + diagnosticCodes.flatMap { [$0.code, $0.name] }
    + Set(KeyExplanation.all.map(\.field.name)).sorted() + Term.all.flatMap(\.names)
}
