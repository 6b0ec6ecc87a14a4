import Foundation
import Testing

@testable import Serving

@Suite("what a server tells of itself")
struct DescriptionTests {
  @Test("the example of the description is predicted", arguments: [
    Trained.mixed, Trained.refusing, Trained.quantiles,
  ])
  func example(run: String) throws {
    try withServer(.test(run) { $0.isStrict = true }) { server in
      let document = try server.ask("GET", "/openapi.json").object
      let paths = document["paths"] as? [String: [String: [String: Any]]] ?? [:]
      let body = paths["/predict"]?["post"]?["requestBody"] as? [String: Any] ?? [:]
      let content = body["content"] as? [String: [String: Any]] ?? [:]
      let examples = content["application/json"]?["examples"] as? [String: [String: Any]] ?? [:]
      #expect(examples.count == 3)
      for (name, example) in examples {
        let value = try JSONSerialization.data(withJSONObject: example["value"] ?? [:])
        let response = try server.predict(String(decoding: value, as: UTF8.self))
        #expect(response.status == 200, "\(name): \(response.body)")
      }
    }
  }

  @Test("columns, types, categories and classes are those of the run")
  func columns() throws {
    try withServer(.test(Trained.refusing)) { server in
      let document = try server.ask("GET", "/openapi.json").object
      let schemas = (document["components"] as? [String: [String: [String: Any]]])?["schemas"]
      let row = try #require(schemas?["Row"])
      #expect(row["required"] as? [String] == ["size", "colour", "new", "day"])
      let columns = row["properties"] as? [String: [String: Any]] ?? [:]
      #expect(columns["size"]?["type"] as? [String] == ["number", "null"])
      #expect(columns["new"]?["type"] as? [String] == ["boolean", "null"])
      let colours = (columns["colour"]?["enum"] as? [Any] ?? []).compactMap { $0 as? String }
      #expect(colours == ["a \"b\", c", "green", "red"])
      let prediction = schemas?["Prediction"]?["properties"] as? [String: [String: Any]] ?? [:]
      #expect(prediction["prediction"]?["enum"] as? [String] == ["in", "out"])
      #expect(prediction["probability_in"]?["maximum"] as? Int == 1)
    }
  }

  @Test("the description is OpenAPI 3.1, and what is answered fits it", arguments: [
    Trained.mixed, Trained.refusing, Trained.quantiles,
  ])
  func valid(run: String) throws {
    let python = Repository.root + "/.build/validators/bin/python3"
    let candidates = [python, "/usr/bin/env python3"]
    let command = candidates.first { candidate in
      (try? shell("\(candidate) -c 'import openapi_spec_validator, jsonschema' && echo yes"))?
        .contains("yes") ?? false
    }
    guard let command else {
      print("skipped: no Python that can import openapi_spec_validator was found")
      return
    }
    try withServer(.test(run)) { server in
      let folder = try Repository.temporaryFolder()
      let document = try server.ask("GET", "/openapi.json").body
      try document.write(toFile: "\(folder)/api.json", atomically: true, encoding: .utf8)
      let lines = Trained.table.split(separator: "\n").prefix(4).joined(separator: "\n")
      let answer = try server.predict(lines, "text/csv", ["Accept: application/json"]).body
      let problem = try server.predict("[{}]").body
      try answer.write(toFile: "\(folder)/answer.json", atomically: true, encoding: .utf8)
      try problem.write(toFile: "\(folder)/problem.json", atomically: true, encoding: .utf8)
      let script = """
        import json, sys
        from openapi_spec_validator import validate
        from jsonschema import Draft202012Validator
        api = json.load(open("api.json"))
        validate(api)
        for name, schema in [("answer", "Predictions"), ("problem", "Problem")]:
            root = {"$ref": "#/components/schemas/" + schema, "components": api["components"]}
            Draft202012Validator(root).validate(json.load(open(name + ".json")))
        row = {"$ref": "#/components/schemas/Row", "components": api["components"]}
        for example in api["components"]["schemas"]["Row"]["examples"]:
            Draft202012Validator(row).validate(example)
        print("valid")
        """
      try script.write(toFile: "\(folder)/check.py", atomically: true, encoding: .utf8)
      let told = try shell("cd \(folder) && \(command) check.py 2>&1")
      #expect(told.hasSuffix("valid\n"), "\(told)")
    }
  }

  @Test("metrics are in the text format: every sample follows its family, histograms add up")
  func metrics() throws {
    try withServer(.test()) { server in
      for _ in 0..<3 { _ = try server.predict(Trained.table, "text/csv") }
      _ = try server.ask("GET", "/nowhere")
      let text = try server.ask("GET", "/metrics").body
      var family = ""
      var seen: Set<String> = []
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 3)
        if words[0] == "#" {
          family = String(words[2])
          #expect(words[1] == "HELP" ? seen.insert(family).inserted : words[3].count > 4)
          continue
        }
        #expect(line.hasPrefix(family) && Double(line.split(separator: " ").last ?? "") != nil)
      }
      for sample in [
        #"plumb_requests_total{route="/predict",status="200"} 3"#,
        #"plumb_requests_total{route="other",status="404"} 1"#,
        #"plumb_request_seconds_bucket{route="/predict",le="+Inf"} 3"#,
        #"plumb_request_seconds_count{route="/predict"} 3"#, "plumb_rows_predicted_total 360",
        "plumb_queue_waiting 0", "plumb_queue_limit 128", "plumb_connections 1",
      ] {
        #expect(text.contains("\n\(sample)\n"), "\(sample)")
      }
    }
  }

  @Test("times are written as header fields and logs have them")
  func times() {
    #expect(WallTime(seconds: 784_111_777.25).fieldText == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(WallTime(seconds: 784_111_777.25).logText == "1994-11-06T08:49:37.250Z")
    #expect(WallTime(seconds: 951_782_400).fieldText == "Tue, 29 Feb 2000 00:00:00 GMT")
  }
}

/// What a line of a shell prints.
func shell(_ line: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", line]
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
