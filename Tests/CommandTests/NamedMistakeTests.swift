import Foundation
import TestSupport
import Testing

/// The mistakes that people make most, each as they would meet it on the command line.
@Suite("the usual mistakes")
struct NamedMistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var code: String
    var line: Int
    var column: Int
    /// Words of the way out.
    var help: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ code: String, _ line: Int, _ column: Int, _ help: String) {
      (self.name, self.text, self.code) = (name, text, code)
      (self.line, self.column, self.help) = (line, column, help)
    }
  }

  private static let iris = "plumb: 1\ndata: {source: iris.csv, target: species}\n"
  private static let diabetes = "plumb: 1\ndata: {source: diabetes.csv, target: progression}\n"

  static let mistakes = [
    Mistake(
      "a misspelt key under `data`", "plumb: 1\ndata:\n  source: iris.csv\n  targt: species\n",
      "K101", 4, 3, "`target`"),
    Mistake(
      "a misspelt key under `data.split`",
      "plumb: 1\ndata: {source: iris.csv, target: species, split: {tset: 10%}}\n",
      "K101", 2, 51, "`test`"),
    Mistake(
      "a misspelt key under `model`", iris + "model:\n  dropuot: 0.1\n", "K101", 4, 3, "`dropout`"),
    Mistake(
      "a misspelt key under `training`", iris + "training:\n  epoch: 30\n", "K101", 4, 3,
      "`epochs`"),
    Mistake("a misspelt section", iris + "trainig: {epochs: 30}\n", "K101", 3, 1, "`training`"),
    Mistake(
      "a misspelt key in a feature",
      "plumb: 1\ndata:\n  source: iris.csv\n  target: species\n  features:\n"
        + "    petal_width: {type: numeric, scael: robust}\n",
      "K101", 6, 34, "`scale`"),
    Mistake(
      "an unknown column", "plumb: 1\ndata: {source: iris.csv, target: speceis}\n",
      "D201", 2, 34, "`species`"),
    Mistake(
      "a word for a number", iris + "training: {batch_size: large}\n", "K102", 3, 24,
      "a whole number, at least 1"),
    Mistake(
      "a quoted number", iris + "training: {batch_size: \"32\"}\n", "K108", 3, 24, "without quotes"),
    Mistake(
      "a misspelt type",
      "plumb: 1\ndata:\n  source: iris.csv\n  target: species\n"
        + "  features: {petal_width: nummeric}\n",
      "K104", 5, 27, "`numeric`"),
    Mistake(
      "a text column declared numeric",
      "plumb: 1\ndata:\n  source: iris.csv\n  target: petal_width\n"
        + "  features: {petal_length: numeric, species: numeric}\n",
      "D202", 5, 46, "category"),
    Mistake(
      "no layers and a width left over", iris + "model: {hidden_layers: [8], layers: []}\n",
      "K106", 3, 9, "keep one of the two"),
    Mistake(
      "zero neurons", iris + "model: {hidden_layers: [32, 0]}\n", "K103", 3, 29, "from 1 to"),
    Mistake(
      "a negative rate", iris + "training: {learning_rate: -0.01}\n", "K103", 3, 27, "above 0"),
    Mistake("a rate of zero", iris + "training: {learning_rate: 0}\n", "K103", 3, 27, "above 0"),
    Mistake(
      "a missing data file", "plumb: 1\ndata: {source: irises.csv, target: species}\n",
      "D203", 2, 16, "check the path"),
    Mistake(
      "a loss that does not fit the target", diabetes + "training: {loss: cross_entropy}\n",
      "L310", 3, 18, "regression"),
    Mistake(
      "an unclosed bracket", iris + "model:\n  hidden_layers: [32, 16\ntraining: {epochs: 9}\n",
      "Y121", 4, 18, "close it with `]`"),
    Mistake(
      "a key that is written twice", iris + "training:\n  seed: 1\n  seed: 2\n", "Y301", 5, 3,
      "keep one of the two"),
    Mistake(
      "a tab as indentation", iris + "training:\n\tepochs: 30\n", "Y105", 4, 1, "use spaces"),
    Mistake(
      "an unknown operation", iris + "model:\n  layers:\n    - dens: 8\n", "K104", 5, 7, "`dense`"),
    Mistake(
      "two keys that exclude each other",
      iris + "model:\n  layers:\n    - dense: 8\n  hidden_layers: [8]\n", "K106", 6, 3,
      "keep one of the two"),
    Mistake(
      "a metric that does not fit", iris + "training: {metrics: [accuracy, rmse]}\n", "K113", 3, 32,
      "classification"),
    Mistake("an empty file", "", "Y006", 1, 1, "plumb new"),
  ]

  @Test("are found with file, line, column and a way out, and nothing beside them",
    arguments: mistakes)
  func found(mistake: Mistake) throws {
    let full = try Tool.run(
      ["lint", "-", "--stdin-filename", "flowers.yaml"], input: mistake.text)
    #expect(full.code == 1 || (mistake.code == "D203" && full.code != 0))
    let place = "flowers.yaml:\(mistake.line):\(mistake.column)\n"
    #expect(full.output.contains("error[\(mistake.code)]"), "\(full.output)")
    #expect(full.output.contains("--> " + place), "\(full.output)")
    #expect(full.output.contains("help: "))
    #expect(full.output.contains(mistake.help), "\(full.output)")
    let brief = try Tool.run(
      ["lint", "-", "--stdin-filename", "flowers.yaml", "--format", "concise"], input: mistake.text)
    let findings = brief.output.split(separator: "\n").filter { $0.contains("[") }
    #expect(findings.count == 1, "\(brief.output)")
  }

  @Test("a missing spec and an unknown flag are answered with what was meant")
  func commandLine() throws {
    let spec = try Tool.run(["lint", "iriss.yaml"])
    #expect(spec.code == 2)
    #expect(spec.errors.contains("`iriss.yaml`") && spec.errors.contains("help: "))
    let flag = try Tool.run(["lint", "--unsafe-fixs", "--fix", "iris.yaml"])
    #expect(flag.code == 2)
    #expect(flag.errors.contains("--unsafe-fixs") && flag.errors.contains("--unsafe-fixes"))
  }
}
