import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let unscaledInputs = Rule(
    code: "D101", name: "unscaled-numeric-inputs", level: .warning,
    title: "numeric inputs are not on a common scale",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Columns of unequal scale give the first layer a badly conditioned loss, so that no single \
      learning rate suits all weights; initialisation and weight decay assume inputs of order \
      one. Reported where `scale: none` is written, when standard deviations differ by more than \
      10 times or exceed 10, or a mean lies beyond 3 and beyond three of them; for a `shape`, when \
      values go beyond 10. The limits are proposals.
      """,
    source: """
      LeCun et al. 1998, "Efficient BackProp" (from memory); CS231n notes, "Neural Networks 2"; \
      scikit-learn user guide, practical tips on neural networks (from memory).
      """,
    failsWhen: "The first layer normalises its inputs, or all columns are yes or no.",
    examples: [
      .fires(
        """
        data:
          numeric:
            scale: none   #! D101
        """,
        on: ExampleTable(columns: [
          .number("income", mean: 61_000, deviation: 52_000), .number("rate", deviation: 0.4),
        ]),
        fixed: """
          data:
            numeric:
              scale: standard
          """),
      .fires(
        """
        data:
          features:
            income: {type: numeric, scale: none}   #! D101
            rate: numeric
        """,
        on: ExampleTable(columns: [
          .number("income", mean: 61_000, deviation: 52_000), .number("rate", deviation: 0.4),
        ]),
        fixed: """
          data:
            features:
              income: {type: numeric, scale: standard}
              rate: numeric
          """),
      .silent(
        "data: {numeric: {scale: standard}}",
        on: ExampleTable(columns: [.number("income", mean: 61_000, deviation: 52_000)])),
      .silent(
        "data: {numeric: {scale: none}}",
        on: ExampleTable(columns: [.number("share", mean: 0.5, deviation: 0.3)])),
      .silent(
        """
        data: {numeric: {scale: none}}
        model: {layers: [batch_norm, {dense: 32}]}
        """,
        on: ExampleTable(columns: [.number("income", mean: 61_000, deviation: 52_000)])),
    ]
  ) { facts, report in
    guard !facts.normalisesInputs else { return }
    guard facts.isTabular else {
      facts.reportUnscaledShape(&report)
      return
    }
    let plain = facts.plainNumbers.filter { $0.plan.scale == .none && $0.profile.distinct > 2 }
    let spreads = facts.plainNumbers.filter { $0.profile.distinct > 2 }
      .compactMap { $0.plan.scale == .none ? $0.profile.standardDeviation : 1 }
    guard let least = spreads.filter({ $0 > 0 }).min() else { return }
    let odd = plain.filter { column in
      guard let mean = column.profile.mean, let spread = column.profile.standardDeviation,
        spread > 0
      else { return false }
      return spread > 10 || spread > 10 * least || mean.magnitude > 3 * max(1, spread)
    }
    guard let first = odd.first else { return }
    let own = facts.path(ofColumn: first.name).key("scale")
    let path = facts.isWritten(own) ? own : "data.numeric.scale"
    let mean = roundedText(first.profile.mean ?? 0)
    report.at(
      path,
      """
      \(namesText(odd.map(\.name))) \(odd.count == 1 ? "reaches" : "reach") the network unscaled; \
      `\(escapedForTerminal(first.name))` has mean \(mean) and standard deviation \
      \(roundedText(first.profile.standardDeviation ?? 0))
      """,
      label: "not scaled", remedies: [.set(path, .name("standard"), "use `standard`")])
  }
}

extension Facts {
  /// Whether the first layer brings its inputs to a common scale.
  fileprivate var normalisesInputs: Bool {
    guard let first = spec.model.layers?.first?.op else { return false }
    return first is BatchNorm || first is LayerNorm
  }

  /// Reports images and series with large values.
  fileprivate func reportUnscaledShape(_ report: inout RuleReport) {
    let path: SpecPath = "data.numeric.scale"
    guard isWritten(path), spec.data.numeric.scale == .none, let profile else { return }
    let targets = spec.data.targetColumns
    let largest = profile.columns.filter { !targets.contains($0.name) }
      .compactMap { max($0.maximum ?? 0, -($0.minimum ?? 0)) }.max() ?? 0
    guard largest > 10 else { return }
    report.at(
      path, "values up to \(roundedText(largest)) reach the network unscaled",
      label: "not scaled", remedies: [.set(path, .name("min_max"), "use `min_max`")])
  }
}
