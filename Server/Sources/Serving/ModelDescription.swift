import Tables
import Training

/// What is told of a model: its columns, what it predicts, how good it was.
struct ModelDescription {
  let run: Run
  let inputs: [RunInput]
  let settings: ServerSettings

  init(_ run: Run, _ inputs: [RunInput], _ settings: ServerSettings) {
    (self.run, self.inputs, self.settings) = (run, inputs, settings)
  }

  var name: String { run.manifest.name }

  /// What it predicts, in words.
  var purpose: String {
    let targets = run.manifest.target.map { "`\($0)`" }.joined(separator: ", ")
    let columns = inputs.count == 1 ? "1 column" : "\(inputs.count) columns"
    return "predicts \(targets) from \(columns)"
  }

  /// A row that can be predicted.
  var exampleRow: JSONValue {
    .object(inputs.map { JSONValue.Member(name: $0.name, value: Self.exampleCell($0)) })
  }

  private static func exampleCell(_ input: RunInput) -> JSONValue {
    switch input.kind {
    case .numeric: Double(input.example).map { .number($0) } ?? .null
    case .boolean: .truth(input.example == "true")
    case .category, .date: .text(input.example)
    }
  }

  /// The model's card.
  var card: JSONValue {
    let verdict = run.outcome.verdict.map { verdict in
      JSONValue.members([
        "rows": .text(verdict.part), "metric": .text(verdict.metric),
        "network": .number(verdict.network), "constant": .number(verdict.constant),
        "linear": .number(verdict.linear), "sentence": .text(verdict.sentence),
      ])
    }
    return .members([
      "model": .text(name), "run": .text(run.folder), "task": .text(run.manifest.task),
      "target": .texts(run.manifest.target), "classes": run.manifest.classes.map { .texts($0) },
      "inputs": .list(inputs.map(Self.card)), "outputs": .texts(run.predictionNames),
      "verdict": verdict, "parameters": .number(Double(run.manifest.parameters)),
      "trained_by": .text(run.manifest.version), "example": exampleRow,
      "paths": .texts(Route.allCases.filter { $0 != .unknown }.map(\.path)),
    ])
  }

  private static func card(_ input: RunInput) -> JSONValue {
    .members([
      "name": .text(input.name), "type": .text(input.kind.rawValue),
      "categories": input.levels.isEmpty ? nil : .texts(input.levels),
      "date_order": input.dateOrder.map { .text($0.rawValue) },
    ])
  }
}
