import Tables
import Training

/// The OpenAPI 3.1 description of a server, from the run it serves.
struct OpenAPIDocument {
  private let model: ModelDescription

  init(_ model: ModelDescription) { self.model = model }

  var value: JSONValue {
    .members([
      "openapi": "3.1.0",
      "info": .members([
        "title": .text(model.name), "version": .text(model.settings.version),
        "summary": .text("Plumb \(model.purpose)."),
      ]),
      "servers": .list([.members(["url": "/"])]),
      "paths": paths,
      "components": .members([
        "schemas": OpenAPISchemas(model).value, "responses": responses,
      ]),
    ])
  }

  private var paths: JSONValue {
    .members([
      "/predict": .members(["post": prediction]),
      "/": reading("card", "The model's card, or a page for a browser.", "application/json"),
      "/openapi.json": reading("openapi", "This description.", "application/json"),
      "/health": reading(
        "health", "Whether the server lives and takes predictions.", "application/json",
        canBeBusy: true),
      "/health/live": reading("live", "Whether the server lives.", "application/json"),
      "/health/ready": reading(
        "ready", "Whether predictions are taken at this moment.", "application/json",
        canBeBusy: true),
      "/metrics": reading("metrics", "Counts in the text format of Prometheus.", "text/plain"),
    ])
  }

  private func reading(
    _ id: String, _ summary: String, _ type: String, canBeBusy: Bool = false
  ) -> JSONValue {
    let isText = type.hasPrefix("text")
    let content = JSONValue.members([
      type: .members(["schema": .members(["type": isText ? "string" : "object"])])
    ])
    let busy = JSONValue.members([
      "description": "Not at this moment.", "content": content,
    ])
    return .members([
      "get": .members([
        "operationId": .text(id), "summary": .text(summary),
        "responses": .members([
          "200": .members(["description": .text(summary), "content": content]),
          "503": canBeBusy ? busy : nil,
        ]),
      ])
    ])
  }

  private var prediction: JSONValue {
    .members([
      "operationId": "predict", "summary": .text("Predicts rows: \(model.purpose)."),
      "parameters": .list([
        .members([
          "name": "keep", "in": "query", "required": false, "explode": true,
          "description": "Columns to copy in front of the predictions.",
          "schema": .members(["type": "array", "items": .members(["type": "string"])]),
        ])
      ]),
      "requestBody": .members(["required": true, "content": bodies]),
      "responses": .members([
        "200": .members(["description": "A prediction for each row.", "content": answers]),
        "400": reference("Refused"), "406": reference("Refused"), "408": reference("Refused"),
        "413": reference("Refused"), "415": reference("Refused"), "422": reference("Refused"),
        "431": reference("Refused"), "503": reference("Busy"),
      ]),
    ])
  }

  private var bodies: JSONValue {
    let rows = JSONValue.members([
      "schema": .members([
        "oneOf": .list([
          schema("Row"), .members(["type": "array", "items": schema("Row")]), schema("Rows"),
        ])
      ]),
      "examples": .members([
        "row": .members(["summary": "One row", "value": model.exampleRow]),
        "list": .members(["summary": "A list of rows", "value": .list([model.exampleRow])]),
        "rows": .members([
          "summary": "An object with rows",
          "value": .members(["rows": .list([model.exampleRow])]),
        ]),
      ]),
    ])
    return .members([
      "application/json": rows, "application/x-ndjson": Self.text("An object a line."),
      "text/csv": Self.text("A line of names, then a line for each row."),
      "text/tab-separated-values": Self.text("The same with tabs."),
      "application/octet-stream": Self.text("IDX or NPY, where the model was trained on such."),
    ])
  }

  private var answers: JSONValue {
    .members([
      "application/json": .members([
        "schema": .members([
          "oneOf": .list([
            schema("Prediction"), .members(["type": "array", "items": schema("Prediction")]),
            schema("Predictions"),
          ])
        ])
      ]),
      "application/x-ndjson": Self.text("An object a line."),
      "text/csv": Self.text("A line of names, then a line for each row."),
      "text/tab-separated-values": Self.text("The same with tabs."),
    ])
  }

  private var responses: JSONValue {
    let content = JSONValue.members([
      "application/problem+json": .members(["schema": schema("Problem")])
    ])
    let wait = JSONValue.members([
      "description": "Seconds after which to try again.",
      "schema": .members(["type": "integer"]),
    ])
    return .members([
      "Refused": .members(["description": "What is wrong, and where.", "content": content]),
      "Busy": .members([
        "description": "The server has too much to do.",
        "headers": .members(["Retry-After": wait]), "content": content,
      ]),
    ])
  }

  private func schema(_ name: String) -> JSONValue {
    .members(["$ref": .text("#/components/schemas/\(name)")])
  }

  private func reference(_ name: String) -> JSONValue {
    .members(["$ref": .text("#/components/responses/\(name)")])
  }

  private static func text(_ words: String) -> JSONValue {
    .members(["schema": .members(["type": "string", "description": .text(words)])])
  }
}
