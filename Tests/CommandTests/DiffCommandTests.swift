import Foundation
import TestSupport
import Testing

@Suite("plumb diff")
struct DiffCommandTests {
  @Test("two specs, in every form", arguments: ["text", "markdown", "json"])
  func forms(form: String) throws {
    let result = try Tool.run(["diff", "breast_cancer.yaml", "residual.yaml", "--format", form])
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(Golden.matches(result.output, "Tests/CommandTests/Golden/diff.\(form)"))
  }

  @Test("a spec is the same as itself")
  func same() throws {
    let result = try Tool.run(["diff", "iris.yaml", "iris.yaml", "--exit-code"])
    #expect(result.code == 0)
    #expect(result.output.contains("no difference"))
  }

  @Test("with --exit-code a difference is told by the code, an unreadable spec in any case")
  func codes() throws {
    #expect(try Tool.run(["diff", "iris.yaml", "digits.yaml", "--exit-code"]).code == 1)
    #expect(try Tool.run(["diff", "iris.yaml", "nowhere.yaml"]).code == 2)
    #expect(try Tool.run(["diff", "-", "-"]).code == 2)
    let noSpec = try Tool.run(["diff", "-", "iris.yaml"], input: "- a list\n")
    #expect(noSpec.code == 2 && noSpec.errors.contains("nothing can be compared"))
  }

  @Test("standard input is read as if it stood where the other spec stands")
  func standardInput() throws {
    let spec = Repository.text("specs/examples/iris.yaml") + "training: {batch_size: 7}\n"
    let result = try Tool.run(
      ["diff", "specs/examples/iris.yaml", "-", "--format", "json"], in: Repository.path(""),
      input: spec)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let values = try #require(object["values"] as? [[String: Any]])
    let batch = try #require(values.first { $0["name"] as? String == "training.batch_size" })
    #expect((batch["after"] as? [String: Any])?["value"] as? String == "7")
    #expect((batch["after"] as? [String: Any])?["origin"] as? String == "author")
    #expect((batch["before"] as? [String: Any])?["origin"] as? String == "rule")
  }

  @Test("findings appear and disappear, by code and place")
  func findings() throws {
    let base = Repository.text("specs/examples/iris.yaml")
    let result = try Tool.run(
      ["diff", "iris.yaml", "-"], input: base + "training: {learning_rate: 5}\n")
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("+ ") && $0.contains("training.learning_rate") })
    let back = try Tool.run(
      ["diff", "-", "iris.yaml"], input: base + "training: {learning_rate: 5}\n")
    #expect(back.output.split(separator: "\n").contains { $0.hasPrefix("- ") })
  }

  @Test("of runs, metrics are compared too")
  func runs() throws {
    let folder = try Repository.temporaryFolder()
    let spec = Repository.path("specs/examples/iris.yaml")
    for (run, epochs) in [("a", 3), ("b", 30)] {
      let result = try Tool.run(
        ["train", spec, "--quiet", "--run", run, "--set", "training.epochs=\(epochs)"],
        in: folder)
      #expect(result.code == 0, "\(result.errors)")
    }
    let text = try Tool.run(["diff", "a", "b"], in: folder).output
    #expect(text.contains("training.epochs"))
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("log_loss ") })
    let wrong = try Tool.run(["diff", "a", spec], in: folder)
    #expect(wrong.code == 0)
  }
}
