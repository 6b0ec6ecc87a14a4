import Foundation
import TestSupport
import Testing

@Suite("plumb compile")
struct CompileCommandTests {
  @Test(
    "what is printed of a network with branches",
    arguments: ["text", "graph", "dot", "mermaid", "svg", "plan"])
  func forms(form: String) throws {
    let arguments = ["compile", "two_branch.yaml", "--emit", form, "--no-estimate"]
    let result = try Tool.run(arguments)
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(Golden.matches(result.output, "Tests/CommandTests/Golden/compile.\(form)"))
    #expect(try Tool.run(arguments).output == result.output)
  }

  @Test("pictures show the settings that a layer's shape does not tell", arguments: [
    "text", "graph", "dot", "mermaid", "svg",
  ])
  func settings(form: String) throws {
    let arguments = ["compile", "digits_cnn.yaml", "--emit", form, "--no-estimate"]
    let result = try Tool.run(arguments)
    for words in ["kernel 3, padding same", "size 2", "rate 0.3"] {
      #expect(result.output.contains(words), "\(words) in \(result.output)")
    }
    let stack = try Tool.run(
      ["compile", "iris.yaml", "--emit", form, "--no-estimate", "--set", "model.dropout=0.25"])
    #expect(stack.output.contains("rate 0.25"))
    #expect(!stack.output.contains("initializer") && !stack.output.contains("units"))
  }

  @Test("the training time is told with how it was measured")
  func estimate() throws {
    let text = try Tool.run(["compile", "iris.yaml"]).output
    let line = text.split(separator: "\n").first { $0.hasPrefix("training time: about ") }
    #expect(line?.contains("for 500 epochs of 4 steps") == true, "\(text)")
    #expect(text.contains("steps taken here just now on one thread"))
  }

  @Test("the estimate holds what JSON says of it")
  func json() throws {
    let output = try Tool.run(["compile", "iris.yaml", "--emit", "json"]).output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let time = try #require(object["training_time"] as? [String: Any])
    let seconds = try ["low_seconds", "seconds", "high_seconds"].map {
      try #require(time[$0] as? Double)
    }
    #expect(seconds[0] > 0 && seconds == seconds.sorted())
    #expect((object["learning_rate"] as? [String: Any])?["epochs"] as? Int == 500)
    let same = try Tool.run(["compile", "iris.yaml", "--format", "json", "--no-estimate"]).output
    #expect(!same.contains("training_time"))
  }

  @Test("a training whose length is not known says why")
  func unknown() throws {
    let text = try Tool.run(["compile", "iris.yaml", "--set", "training.optimizer=lbfgs"]).output
    #expect(text.contains("training time: not known: `lbfgs`"))
  }

  @Test("fused layers are named in the plan")
  func fusion() throws {
    let spec = """
      plumb: 1
      data: {source: iris.csv, target: species}
      model: {layers: [{dense: {units: 8}, name: first}, {relu: {}, name: second}]}
      """
    let output = try Tool.run(["compile", "-", "--emit", "plan"], input: spec).output
    #expect(output.contains("dense + relu (with second)"))
    let json = try Tool.run(
      ["compile", "-", "--emit", "plan", "--format", "json"], input: spec
    ).output
    let plan = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let calls = try #require(plan["calls"] as? [[String: Any]])
    #expect(calls.map { $0["pass"] as? String } == [
      "gather", "forward", "forward", "loss", "backward", "backward", "update",
    ])
    #expect(calls[1]["fused"] as? [String] == ["second"])
    // Every window lies within the arena.
    let floats = try #require(plan["floats"] as? Int)
    for call in calls {
      for key in ["reads", "writes"] {
        for window in call[key] as? [[String: Any]] ?? [] {
          let end = (window["offset"] as? Int ?? 0) + (window["count"] as? Int ?? 0)
          #expect(end <= floats)
        }
      }
    }
  }

  @Test("JSON goes with the plan and not with a drawing")
  func usage() throws {
    let result = try Tool.run(["compile", "iris.yaml", "--emit", "svg", "--format", "json"])
    #expect(result.code == 2)
    #expect(result.errors.contains("--format json goes with --emit plan"))
  }
}
