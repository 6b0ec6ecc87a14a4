import Foundation
import NetworkGraph
import SpecSyntax
import TestSupport
import Testing

@testable import SpecCompiler

@Suite("the JSON Schema of the language")
struct LanguageSchemaTests {
  @Test("the committed schema is what the fields say")
  func golden() {
    #expect(Golden.matches(LanguageSchema.json.text() + "\n", "specs/plumb.schema.json"))
  }

  @Test("every key of the language is in it, with its meaning")
  func keys() {
    let described = descriptions(LanguageSchema.json)
    for key in KeyExplanation.all {
      #expect(described.contains { $0.hasPrefix(key.field.doc) }, "\(key.path)")
    }
  }

  @Test("a validator accepts the examples and every member of every family")
  func accepts() throws {
    let examples = try FileManager.default.contentsOfDirectory(
      atPath: Repository.path("specs/examples")
    ).filter { $0.hasSuffix(".yaml") }.map { Repository.path("specs/examples/\($0)") }
    let folder = try Repository.temporaryFolder()
    var files = examples
    for (index, text) in memberSpecs.enumerated() {
      let file = "\(folder)/member\(index).yaml"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      files.append(file)
    }
    guard let found = try validate(files, in: folder) else { return }
    #expect(found == [], "\(found)")
    #expect(files.count > 70)
  }

  @Test(
    "a validator refuses what no table is needed to see",
    arguments: [
      "plumb: 1\ndata: {source: a.csv, target: y}\ntrainig: {epochs: 3}\n",
      "plumb: 1\ndata: {source: a.csv, target: y, tarqet: z}\n",
      "plumb: 2\ndata: {source: a.csv, target: y}\n",
      "plumb: 1\ndata: {target: y}\n",
      "data: {source: a.csv, target: y}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\nmodel: {dropout: 1}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\nmodel: {hidden_layers: [0]}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\nmodel: {activation: rellu}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\nmodel: {layers: [{dense: 3, dropout: 0.1}]}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\nmodel: {layers: [conv2d]}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\ntraining: {optimizer: {adam: {beta: 1}}}\n",
      "plumb: 1\ndata: {source: a.csv, target: y}\ntraining: {learning_rate: 0}\n",
    ])
  func refuses(text: String) throws {
    let folder = try Repository.temporaryFolder()
    let file = "\(folder)/a.yaml"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    guard let found = try validate([file], in: folder) else { return }
    #expect(found == [file])
  }

  /// The files that a real validator refuses; nil where there is none on this machine.
  private func validate(_ files: [String], in folder: String) throws -> [String]? {
    guard let validator = Tool.validator("check-jsonschema") else { return nil }
    let schema = Repository.path("specs/plumb.schema.json")
    let list = files.map { "'\($0)'" }.joined(separator: " ")
    let text = try Tool.shell(
      "'\(validator)' --output-format json --schemafile '\(schema)' \(list)", in: folder)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    let refused = (report["errors"] as? [[String: Any]] ?? []).compactMap {
      $0["filename"] as? String
    }
    let unread = (report["parse_errors"] as? [[String: Any]] ?? []).compactMap {
      $0["filename"] as? String
    }
    return Set(refused + unread).sorted()
  }

  /// A spec for the example of every operation, loss, optimizer, schedule and initializer.
  private var memberSpecs: [String] {
    let head = "plumb: 1\ndata: {source: a.csv, target: y}\n"
    let layers = Ops.variants.map {
      "model:\n  layers:\n    \(MemberExample.layer($0.description))"
    }
    let losses = Losses.variants.map {
      "training: {\(MemberExample.value(of: "loss", $0.description))}"
    }
    let optimizers = Optimizers.variants.map {
      "training: {\(MemberExample.value(of: "optimizer", $0.description))}"
    }
    let schedules = Schedules.variants.map {
      "training: {\(MemberExample.schedule($0.description))}"
    }
    let initializers = Initializers.variants.map {
      "model: {\(MemberExample.value(of: "initializer", $0.description))}"
    }
    return (layers + losses + optimizers + schedules + initializers).map { head + $0 + "\n" }
  }

  private func descriptions(_ value: JSONValue) -> Set<String> {
    switch value {
    case .array(let values): Set(values.flatMap(descriptions))
    case .object(let members):
      Set(
        members.flatMap { member -> Set<String> in
          if member.name == "description", case .string(let text) = member.value { return [text] }
          return descriptions(member.value)
        })
    default: []
    }
  }
}
