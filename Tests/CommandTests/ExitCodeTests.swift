import Foundation
import TestSupport
import Testing

@Suite("the program ends with the documented exit code")
struct ExitCodeTests {
  @Test("0 for a clean spec, which also says what was checked")
  func clean() throws {
    let result = try Tool.run(["lint", "breast_cancer.yaml"])
    #expect(result.code == 0)
    #expect(result.output.contains("no findings; checked"))
  }

  @Test("1 for a spec with an error, which is shown with its place")
  func findings() throws {
    let text = "plumb: 1\ndata: {source: iris.csv, target: species}\ntraining: {epohcs: 3}\n"
    let result = try Tool.run(["lint", "-"], input: text)
    #expect(result.code == 1)
    #expect(result.output.contains("error[K101]"))
    #expect(result.output.contains("<stdin>:3:12"))
    #expect(result.output.contains("`epochs`"))
  }

  @Test("a threshold decides whether a warning fails")
  func threshold() throws {
    let text = """
      plumb: 1
      data: {source: iris.csv, target: species}
      model: {hidden_layers: [], dropout: 0.5}
      """
    #expect(try Tool.run(["lint", "-"], input: text).code == 0)
    #expect(try Tool.run(["lint", "-", "--fail-on", "warning"], input: text).code == 1)
    #expect(try Tool.run(["lint", "-", "--fail-on", "never"], input: text).code == 0)
  }

  @Test("2 for wrong usage and for what cannot be read", arguments: [
    ["lint", "--no-such-flag", "iris.yaml"], ["lint", "no-such-file.yaml"], ["lint", "no-such/*.yaml"],
    ["frobnicate"], ["train", "."], ["train", "iris.yaml", "--format", "xml"],
    ["new", "no-such-table.csv", "--target", "x"], ["new", "iris.csv", "--target", "specie"],
    ["new", "iris.csv"], ["explain", "no-such-thing"], ["predict", "no-such-run", "iris.csv"],
    ["evaluate", ".", "iris.csv"],
  ])
  func unusable(arguments: [String]) throws {
    let result = try Tool.run(arguments)
    #expect(result.code == 2)
    #expect(result.errors.lowercased().hasPrefix("error: "))
    #expect(result.output.isEmpty)
    #expect(!result.errors.contains("Fatal error"))
  }

  @Test("3 when the numbers run off, with the step, the layer and what to try; no run is left")
  func diverged() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Tool.run([
      "train", "diabetes.yaml", "--quiet", "--run", "\(folder)/run",
      "--set", "training.optimizer=sgd", "--set", "training.learning_rate=1e30",
      "--set", "training.loss=mse",
    ])
    #expect(result.code == 3)
    #expect(result.errors.contains("step"))
    #expect(result.errors.contains("layer"))
    #expect(result.errors.contains("learning_rate"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test("help names every command and every option has words")
  func help() throws {
    let result = try Tool.run(["--help"])
    #expect(result.code == 0)
    for command in [
      "new", "lint", "advise", "explain", "resolve", "compile", "train", "evaluate", "predict",
    ] {
      #expect(result.output.contains("  \(command)"))
      let help = try Tool.run([command, "--help"])
      #expect(help.code == 0)
      #expect(help.output.contains("OVERVIEW: "))
    }
    #expect(try Tool.run(["--version"]).output.contains("."))
  }
}
