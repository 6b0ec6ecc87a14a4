import SpecSyntax

extension Rule {
  static let unknownOrContradictingKeys = Rule(
    code: "S906", name: "unknown-or-contradicting-keys", level: .error,
    title: "keys that would be ignored, or that contradict each other",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A misspelt key that is dropped in silence leaves its default in force, so the author tunes \
      nothing. Readers of YAML 1.1 take 1e-3 without a point for text, a classic trap.
      """,
    source: "The float pattern of YAML 1.1; Karpathy 2019, training fails silently.",
    failsWhen: "Never: what a tool of your own reads belongs into a file of its own.",
    guarantee: """
      Reading the spec reports every one: unknown keys (K101), words for numbers (K102), quoted \
      numbers (K108), keys that exclude each other (K106), keys without effect (K107). 1e-3 is \
      the number here.
      """,
    examples: [
      .refused("K101", "model: {hidden_layers: [64], droput: 0.3}"),
      .refused("K108", "training: {batch_size: \"64\"}"),
      .silent("training: {learning_rate: 1e-3}"),
    ])
}
