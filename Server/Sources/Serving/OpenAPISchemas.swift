import Tables
import Training

/// The schemas of rows, predictions and problems.
struct OpenAPISchemas {
  private let model: ModelDescription

  init(_ model: ModelDescription) { self.model = model }

  var value: JSONValue {
    .members([
      "Row": row,
      "Rows": .members([
        "type": "object", "required": ["rows"], "additionalProperties": false,
        "properties": .members(["rows": list("Row")]),
      ]),
      "Prediction": prediction,
      "Predictions": .members([
        "type": "object", "required": ["predictions"], "additionalProperties": false,
        "properties": .members(["predictions": list("Prediction"), "remarks": list("Remark")]),
      ]),
      "Remark": .members([
        "type": "object", "required": ["row", "message"],
        "description": "What was taken as unknown; the row was predicted.",
        "properties": .members(["row": whole, "message": text]),
      ]),
      "Problem": .members([
        "type": "object", "required": ["type", "title", "status", "detail"],
        "description": "RFC 9457.",
        "properties": .members([
          "type": text, "title": text, "status": whole, "detail": text, "hint": text,
          "errors": .members([
            "type": "array",
            "items": .members([
              "type": "object", "required": ["row", "message"],
              "properties": .members(["row": whole, "line": whole, "message": text]),
            ]),
          ]),
          "more_errors": whole,
        ]),
      ]),
    ])
  }

  private var whole: JSONValue { .members(["type": "integer"]) }
  private var text: JSONValue { .members(["type": "string"]) }

  private func list(_ name: String) -> JSONValue {
    .members([
      "type": "array", "items": .members(["$ref": .text("#/components/schemas/\(name)")]),
    ])
  }

  private var row: JSONValue {
    .members([
      "type": "object", "required": .texts(model.inputs.map(\.name)),
      "description": "A value for each column, null where it is missing.",
      "additionalProperties": .truth(!model.settings.isStrict),
      "properties": .object(
        model.inputs.map { JSONValue.Member(name: $0.name, value: Self.schema(of: $0)) }),
      "examples": .list([model.exampleRow]),
    ])
  }

  private static func schema(of input: RunInput) -> JSONValue {
    switch input.kind {
    case .numeric: return .members(["type": ["number", "null"]])
    case .boolean: return .members(["type": ["boolean", "null"]])
    case .date:
      let order = (input.dateOrder ?? .yearFirst).rawValue.split(separator: "_").joined(
        separator: " ")
      return .members([
        "type": ["string", "null"],
        "description": .text("A date, \(order), with or without a time."),
        "examples": .list([.text(input.example)]),
      ])
    case .category:
      let seen = input.levels.prefix(50)
      let more = input.levels.count > 50 ? "; \(input.levels.count - 50) more were seen" : ""
      guard !input.refusesUnknown else {
        return .members(["enum": .list(input.levels.map { .text($0) } + [.null])])
      }
      return .members([
        "type": ["string", "number", "boolean", "null"],
        "description": .text(
          "A category; one that training has not seen counts as unknown\(more)."),
        "examples": .texts(seen),
      ])
    }
  }

  /// A prediction by the names that `plumb predict` gives.
  private var prediction: JSONValue {
    let names = model.run.predictionNames
    let kinds = names.map { name -> JSONValue in
      guard let classes = model.run.manifest.classes else { return .members(["type": "number"]) }
      if name == "prediction" { return .members(["type": "string", "enum": .texts(classes)]) }
      return name.hasPrefix("probability_")
        ? .members(["type": "number", "minimum": 0, "maximum": 1]) : .members(["type": "number"])
    }
    return .members([
      "type": "object", "required": .texts(names),
      "description": "What `keep` names stands in front.",
      "properties": .object(
        zip(names, kinds).map { JSONValue.Member(name: $0, value: $1) }),
    ])
  }
}
