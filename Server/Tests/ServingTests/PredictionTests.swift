import Foundation
import Tables
import Testing
import Training

@testable import Serving

@Suite("predictions over HTTP")
struct PredictionTests {
  private static let row =
    #"{"size": 1.5, "colour": "red", "new": true, "day": "2003-03-04"}"#

  /// What `plumb predict` writes for a text.
  private func written(_ text: String, _ run: String, _ format: PredictionFormat) throws -> String {
    let run = try Run.open(run)
    var reader = try RowReader(
      bytes: Array(text.utf8), name: "t", options: run.tableOptions, columns: run.inputs.map(\.name))
    let writer = try PredictionWriter(run, keptNames: [], format: format)
    let predictor = try Predictor(run)
    var bytes = writer.head
    while let (batch, predicted) = try predictor.next(of: &reader) {
      #expect(batch.problems.isEmpty)
      bytes += writer.lines(batch, predicted, writesEmpty: false)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "a table is answered as plumb predict writes it, in every form",
    arguments: [Trained.mixed, Trained.refusing, Trained.quantiles])
  func same(run: String) throws {
    try withServer(.test(run)) { server in
      let csv = try server.predict(Trained.table, "text/csv")
      #expect(csv.status == 200 && csv.fields["content-type"] == "text/csv; charset=utf-8")
      #expect(csv.body == (try written(Trained.table, run, .csv)))
      let lines = try server.predict(
        Trained.table, "text/csv; charset=UTF-8", ["Accept: application/x-ndjson"])
      #expect(lines.body == (try written(Trained.table, run, .jsonl)))
      let tabs = try server.predict(Trained.table, "text/csv", ["Accept: text/tab-separated-values"])
      #expect(tabs.body == (try written(Trained.table, run, .tsv)))
      let json = try server.predict(
        Trained.table, "text/csv", ["Accept: application/json, text/csv;q=0.5"])
      let objects = lines.body.split(separator: "\n").joined(separator: ",")
      #expect(json.body == "{\"predictions\":[\(objects)]}\n")
    }
  }

  @Test("many clients at once get each its own answers")
  func clients() throws {
    let expected = try written(Trained.table, Trained.mixed, .csv).split(separator: "\n")
    let lines = Trained.table.split(separator: "\n")
    try withServer(.test { $0.threads = 4 }) { server in
      let connections = try (0..<16).map { _ in try RawConnection(server.port) }
      for round in 0..<20 {
        for (number, connection) in connections.enumerated() {
          let row = 1 + (round * 16 + number) % 120
          connection.send(
            request(
              "POST", "/predict", ["Content-Type: text/csv"], body: "\(lines[0])\n\(lines[row])\n"))
        }
        for (number, connection) in connections.enumerated() {
          let row = 1 + (round * 16 + number) % 120
          #expect(connection.response()?.body == "\(expected[0])\n\(expected[row])\n")
        }
      }
    }
  }

  @Test("one object, a list and `rows` are answered in their own shape")
  func shapes() throws {
    try withServer(.test()) { server in
      let one = try server.predict(Self.row)
      #expect(one.status == 200 && one.fields["content-type"] == "application/json")
      let names = one.object.keys.sorted()
      #expect(names == ["prediction", "probability_in", "probability_out"])
      let line = one.body.dropLast()
      let list = try server.predict("[\(Self.row),\n \(Self.row)]")
      #expect(list.body == "[\(line),\(line)]\n")
      let rows = try server.predict("{\"rows\" : [\(Self.row)]}")
      #expect(rows.body == "{\"predictions\":[\(line)]}\n")
      let lines = try server.predict("\(Self.row)\n\n\(Self.row)", "application/x-ndjson")
      #expect(lines.body == "\(line)\n\(line)\n")
      #expect(try server.predict("[]").body == "[]\n")
      #expect(try server.predict("{\"rows\":[]}").body == "{\"predictions\":[]}\n")
      #expect(try server.predict("size,colour,new,day\n", "text/csv").body.hasPrefix("prediction,"))
    }
  }

  @Test("missing values are null, further columns are ignored, kept ones are passed on")
  func columns() throws {
    try withServer(.test()) { server in
      let row = #"{"id": 7, "z": [1], "size": null, "colour": null, "new": null, "day": null}"#
      let kept = try server.predict("[\(row)]", query: "?keep=id&keep=size")
      #expect(kept.status == 200, "\(kept.body)")
      #expect(kept.body.hasPrefix(#"[{"id":7,"size":null,"prediction":"#))
      let twice = try server.predict(
        "prediction,size,colour,new,day\n1,2,red,no,2001-01-01\n", "text/csv",
        query: "?keep=prediction")
      #expect(twice.status == 400 && twice.body.contains("the prediction has that name"))
      let absent = try server.predict("[\(Self.row)]", query: "?keep=a%20b")
      #expect(absent.status == 422 && absent.body.contains("`a b`"))
    }
  }

  @Test("a category that training has not seen is predicted and told, or refused")
  func strangers() throws {
    let row = Self.row.replacingOccurrences(of: "red", with: "violet")
    try withServer(.test()) { server in
      let told = try server.predict("{\"rows\": [\(Self.row), \(row)]}")
      #expect(told.status == 200 && told.fields["plumb-remarks"] == "1")
      #expect(
        told.body.hasSuffix(
          #""remarks":[{"row":2,"message":"`violet` in `colour` was not seen in training"}]}"# + "\n"))
    }
    for settings in [ServerSettings.test(Trained.refusing), .test { $0.isStrict = true }] {
      try withServer(settings) { server in
        let refused = try server.predict("[\(Self.row), \(row)]")
        #expect(refused.status == 422)
        #expect(
          refused.object["detail"] as? String
            == "row 2: `violet` in `colour` was not seen in training")
      }
    }
  }

  @Test("a strict server refuses columns that the run does not know")
  func strict() throws {
    try withServer(.test { $0.isStrict = true }) { server in
      let refused = try server.predict(
        Self.row.replacingOccurrences(of: "{", with: #"{"Size": 1, "id": "a", "#))
      #expect(refused.status == 422 && refused.body.contains("the run has no columns `Size`"))
    }
  }

  @Test("what is wrong is told with its place and a way out", arguments: [
    ("application/json", "", 400, "the body is empty"),
    ("application/json", "  ", 400, "line 1, column 3: the body is empty"),
    ("application/json", "3", 400, "line 1, column 1: this is no object and no list"),
    ("application/json", "{\"size\": 1,\n \"colour\": 'red'}", 400,
     "line 2, column 12: this is no value of JSON; texts stand in double quotes"),
    ("application/json", "[{\"size\": 01}]", 400,
     "line 1, column 11: this is no value of JSON; texts stand in double quotes"),
    ("application/json", "[{\"é\": 1} {", 400, "line 1, column 11: `]` is missing here"),
    ("application/json", "[{},]", 400, "line 1, column 5: this is no value of JSON"),
    ("application/json", "{} {}", 400, "line 1, column 4: the document has ended before this"),
    ("application/json", "{\"a\": \"\\ud800\"}", 400, "half of a character stands alone"),
    ("application/json", "[[1]]", 422, "row 1: it is not an object"),
    ("application/json", "{\"rows\": [{}], \"extra\": 1}", 400, "`extra` beside `rows`"),
    ("application/json", "{\"size\": 1}", 422, "there are no columns `colour`, `new` and `day`"),
    ("application/json",
     "[{\"size\":1,\"colour\":\"red\",\"new\":true,\"day\":null},{\"size\":2}]", 422,
     "row 2: there is no `colour` in it; a missing value is `null`"),
    ("application/json", "{\"size\":\"abc\",\"colour\":\"red\",\"new\":true,\"day\":null}", 422,
     "row 1: `abc` in `size` is not a number"),
    ("application/json", "{\"size\":[1],\"colour\":\"red\",\"new\":true,\"day\":null}", 422,
     "row 1: `size` holds a list or an object"),
    ("application/x-ndjson", "[1]", 400, "line 1: the first line is not a JSON object"),
    ("application/x-ndjson",
     "{\"size\":1,\"colour\":\"red\",\"new\":true,\"day\":null}\n{", 422,
     "row 2 (line 2): the line is not a JSON object"),
    ("text/csv", "size,colour,new,day\n1,red,yes,2001-01-01\nx,red,yes,2001-01-01\n", 422,
     "row 2 (line 3): `x` in `size` is not a number"),
    ("text/csv", "size,colour,new,day\n1,red\n", 422,
     "row 1 (line 2): it has 2 values where the table has 4 columns"),
    ("text/csv", "size\n1\n", 422, "there are no columns `colour`, `new` and `day`"),
    ("text/csv", "{\"size\": 1}", 400, "the body is no delimited text"),
    ("text/csv", "\u{1F}\u{8B}", 422, "there are no columns"),
    ("application/octet-stream", "size\n1\n", 400, "the body is neither IDX nor NPY"),
    ("text/html", "x", 415, "a body of `text/html` cannot be read"),
    ("application/json; charset=latin1", "{}", 415, "a body in `latin1` cannot be read"),
  ])
  func mistakes(type: String, body: String, status: Int, detail: String) throws {
    try withServer(.test()) { server in
      let response = try server.predict(body, type)
      #expect(response.status == status, "\(response.body)")
      #expect(response.fields["content-type"] == "application/problem+json")
      let told = response.object["detail"] as? String ?? ""
      #expect(told.hasPrefix(detail) || told.contains(detail), "\(told)")
      #expect(response.object["status"] as? Int == status)
      #expect(!(response.object["hint"] as? String ?? "").isEmpty)
    }
  }

  @Test("all rows with problems are named, up to twenty, and nothing is predicted")
  func allRows() throws {
    try withServer(.test()) { server in
      let rows = (0..<60).map { "\($0 % 3 == 0 ? "1" : "x"),red,yes,2001-01-01\n" }
      let response = try server.predict("size,colour,new,day\n" + rows.joined(), "text/csv")
      let errors = response.object["errors"] as? [[String: Any]] ?? []
      #expect(response.status == 422 && errors.count == 20)
      #expect(errors.first?["row"] as? Int == 2 && errors.first?["line"] as? Int == 3)
      #expect(response.object["more_errors"] as? Int == 20)
    }
  }
}
