import SpecSyntax
import Training

/// Runs side by side: what differs in their specs, their metrics, their time.
struct RunComparison {
  private let runs: [RunSummary]
  /// Of each path that is not the same in all runs, the value in each; nil where it has none.
  private let differences: [(path: String, values: [String?])]
  private let metrics: [(name: String, values: [Double?])]

  init(_ runs: [RunSummary]) {
    self.runs = runs
    var paths: [String] = []
    var known: Set<String> = []
    var tables: [[String: String]] = []
    for run in runs {
      let values = run.specValues()
      paths += values.map(\.path).filter { known.insert($0).inserted }
      tables.append(Dictionary(values.map { ($0.path, $0.value) }, uniquingKeysWith: { $1 }))
    }
    differences = paths.compactMap { path in
      let values = tables.map { $0[path] }
      return values.allSatisfy { $0 == values[0] } ? nil : (path, values)
    }
    let names = Set(runs.flatMap { $0.judgingMetrics.keys }).sorted()
    metrics = names.map { name in (name, runs.map { $0.judgingMetrics[name] }) }
  }

  var text: String {
    let heads = runs.map { escapedForTerminal($0.folder) }
    var lines: [String] = []
    func add(_ title: String, _ rows: [[String]]) {
      if !lines.isEmpty { lines.append("") }
      lines += aligned([[title] + heads] + rows)
    }
    if differences.isEmpty {
      lines.append("the resolved specs are the same")
    } else {
      add(
        "value",
        differences.map { row in
          [row.path]
            + row.values.map { $0.map { shortened(escapedForTerminal($0), to: 40) } ?? "–" }
        })
    }
    add("metric", metrics.map { [$0.name] + marked($0.name, $0.values) })
    let rows: [(String, (RunSummary) -> String?)] = [
      ("verdict", { $0.verdict?.word.rawValue }), ("rows", { $0.rows.map { "\($0.train)" } }),
      ("parameters", { $0.parameters.map(String.init) }),
      ("epochs", { $0.epochs.map(String.init) }),
      ("best epoch", { $0.bestEpoch.map(String.init) }),
      ("seconds", { $0.seconds.map(figure) }), ("state", { $0.state.rawValue }),
    ]
    add("run", rows.map { name, value in [name] + runs.map { value($0) ?? "–" } })
    return lines.joined(separator: "\n")
  }

  /// Values with a star at the best, unless all are the same.
  private func marked(_ name: String, _ values: [Double?]) -> [String] {
    let present = values.compactMap { $0 }
    let isLower = Metrics.named(name)?.direction == .lowerIsBetter
    let best = isLower ? present.min() : present.max()
    let differs = Set(present).count > 1
    return values.map { value in
      guard let value else { return "–" }
      return figure(value) + (differs && value == best ? " *" : differs ? "  " : "")
    }
  }

  var json: JSONValue {
    [
      "schema_version": 1,
      "runs": .array(runs.map { RunsText.json($0) }),
      "differences": .array(
        differences.map { row in
          [
            "path": .string(row.path),
            "values": .array(row.values.map { $0.map { .string($0) } ?? .null }),
          ]
        }),
      "metrics": .array(
        metrics.map { row in
          [
            "name": .string(row.name),
            "values": .array(row.values.map { $0.map { .number($0) } ?? .null }),
          ]
        }),
    ]
  }
}
