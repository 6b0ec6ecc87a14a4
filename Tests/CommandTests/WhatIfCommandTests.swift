import Foundation
import TestSupport
import Testing

@Suite("plumb whatif")
struct WhatIfCommandTests {
  private func folder(_ spec: String = Self.spec) throws -> String {
    try Repository.folder(with: spec)
  }

  private static let spec = """
    plumb: 1
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training:
      {epochs: 6, metrics: [log_loss], learning_rate: 0.003, batch_size: 16, early_stopping: none}
    """ + "\n"
  private static let rate = ["--vary", "training.learning_rate=0.003,0.03"]
  private static let batch = ["--vary", "training.batch_size=16,64"]

  @Test("prints noise, cells, effects with verdicts and sentences, a plot, and what to train next")
  func text() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let arguments = Self.rate + Self.batch + ["--seeds", "10", "--budget", "60m"]
    let result = try Tool.run(["whatif", "a.yaml"] + arguments, in: folder)
    #expect(result.code == 0 && result.errors.contains("whatif: noise: 5 repeats"), "\(result)")
    let parts = [
      "4 cells × 10 seeds = 40 runs", "135 rows in 10 folds; the 15 test rows took no part",
      "judged by log_loss, the first of `training.metrics`; lower is better",
      "effects that matter: ±", "2 % of the spec's own error", "noise: ±",
      "learning_rate  batch_size  log_loss  best is ahead by",
      "as it is", "effect ", "p after Holm", "learning_rate 0.003 → 0.03 ", "better",
      "learning_rate × batch_size",
      "raising `learning_rate` from 0.003 to 0.03 helps: −",
      "log_loss by learning_rate, a line for each batch_size", "best: learning_rate 0.03, batch_size 16",
      "next: plumb train a.yaml --set training.learning_rate=0.03",
    ]
    var rest = result.output[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(result.output)")
      rest = rest[range.upperBound...]
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/runs"))
    let threads = try Tool.run(["whatif", "a.yaml", "--threads", "1"] + arguments, in: folder)
    #expect(threads.output == result.output)
  }

  @Test("is in JSON with every score, and in Markdown")
  func forms() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let arguments = Self.rate + [
      "--vary", "training.optimizer=adam,sgd,rmsprop", "--seeds", "3", "--metric", "accuracy",
      "--effect", "0.05", "--budget", "60m",
    ]
    let json = try Tool.run(["whatif", "a.yaml", "--format", "json"] + arguments, in: folder).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let cells = try #require(object["cells"] as? [[String: Any]])
    #expect(cells.count == 6 && cells.allSatisfy { ($0["scores"] as? [Double])?.count == 3 })
    #expect((object["effects"] as? [Any])?.count == 5 && object["seeds"] as? Int == 3)
    #expect(object["metric"] as? String == "accuracy" && object["margin"] as? Double == 0.05)
    #expect((object["effects"] as? [[String: Any]])?[0]["finding"] as? String == "not_enough_runs")
    let markdown = try Tool.run(
      ["whatif", "a.yaml", "--format", "markdown"] + arguments, in: folder).output
    #expect(markdown.hasPrefix("# What if, on `a.yaml`\n"))
    #expect(markdown.contains("| learning_rate 0.003 → 0.03 |"))
    #expect(markdown.contains("`optimizer: sgd` in place of `adam`"))
  }

  @Test("wrong keys and levels are shown with their place and a way out before anything is trained")
  func mistakes() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (arguments, words) in [
      ([], "--vary names what to vary"),
      (["--vary", "training.batch_size"], "training.batch_size"),
      (["--vary", "training.batch_size=16"], "has one level: write two or more"),
      (["--vary", "training.batch_size=16,16"], "has the level `16` twice"),
      (["--vary", "training.batch_size=16,,8"], "a level is empty"),
      (["--vary", "training.learning_rate=0.01,1e-2"], "make the same spec"),
      (["--vary", "training.seed=1,2"], "--seeds says how many"),
      (["--vary", "training.metrics=[accuracy],[f1]"], "--metric chooses it"),
      (Self.rate + ["--vary", "training.learning_rate.start=0.1,1"], "set the same value"),
      (["--vary", "data.split.test=10%,20%"], "changes which rows judge"),
      (["--vary", "training.batch_siz=16,32"], "a key with a similar name exists: `batch_size`"),
      (["--vary", "training.optimizer=adam,adan"], "did you mean `adam`?"),
      (["--vary", "training.optimizer=adam,adan"], "--> --vary training.optimizer:1:1"),
      (["--vary", "training.batch_size=16,foo"], "`training.batch_size` is the text `foo`"),
      (Self.batch + ["--effect", "0"], "--effect takes a number above 0"),
      (Self.batch + ["--folds", "0"], "--folds takes a number"),
      (Self.batch + ["--budget", "soon"], "--budget takes a time"),
      (Self.batch + ["--metric", "accuray"], "accuracy"),
      (["--vary", "training.epochs=1,2,3,4,5", "--cells", "4"], "more than 4 cells"),
    ] {
      let result = try Tool.run(["whatif", "a.yaml"] + arguments, in: folder)
      let isBase = arguments.contains("--metric")
      #expect(result.code == (isBase ? 1 : 2), "\(arguments) \(result)")
      #expect(result.errors.contains(words), "\(arguments) \(result)")
      #expect(!result.errors.contains("noise") && result.output.isEmpty)
    }
  }

  @Test("a surface tells how far the best of one key moves with another, and writes a page")
  func surface() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let arguments = [
      "whatif", "a.yaml", "--surface", "--vary", "training.learning_rate=0.001,0.1",
      "--vary", "training.epochs=2,12", "--seeds", "2", "--budget", "60m",
    ]
    let result = try Tool.run(arguments + ["--output", "page.html"], in: folder)
    #expect(result.code == 0, "\(result)")
    let parts = [
      "18 points × 2 seeds = 36 runs", "interactions that matter: ±",
      "learning_rate: from 0.001 to 0.1, logarithmic", "epochs: from 2 to 12, linear, whole numbers",
      "the surface", "log_loss, low to high", "learning_rate × epochs", "`learning_rate` and `epochs`",
      "log_loss on the surface by learning_rate, a line for each epochs", "best on the surface: ",
    ]
    var rest = result.output[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(result.output)")
      rest = rest[range.upperBound...]
    }
    let page = try String(contentsOfFile: "\(folder)/page.html", encoding: .utf8)
    #expect(page.contains("<section id=\"surface\"") && page.hasSuffix("</html>\n"))
    let json = try Tool.run(arguments + ["--format", "json"], in: folder).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["coefficients"] as? [Double])?.count == 6)
    #expect((object["points"] as? [Any])?.count == 18 && object["least_runs"] as? Int == 18)
    for (varied, words) in [
      (["training.epochs=2,12"], "--surface takes two keys or more"),
      (["training.epochs=12,2", "training.learning_rate=0.1,1"], "takes two rising numbers"),
      (["training.dropout=0,1,log", "training.learning_rate=0.1,1"], "takes two rising numbers"),
      (["training.optimizer=adam,sgd", "training.epochs=2,12"], "takes two rising numbers"),
      (["training.epoch=2,12", "training.learning_rate=0.1,1"], "similar name exists: `epochs`"),
    ] {
      let refused = try Tool.run(
        ["whatif", "a.yaml", "--surface"] + varied.flatMap { ["--vary", $0] }, in: folder)
      #expect(refused.code == 2 && refused.errors.contains(words), "\(varied) \(refused)")
    }
  }

  @Test("a cell whose loss is no number is a result, with exit code 0")
  func diverged() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let arguments = Self.batch + ["--vary", "training.learning_rate=0.003,1e30", "--seeds", "2"]
    let result = try Tool.run(
      ["whatif", "a.yaml", "--set", "training.optimizer=sgd", "--budget", "60m"] + arguments,
      in: folder)
    #expect(result.code == 0 && result.output.contains("diverged"), "\(result)")
    #expect(result.output.contains("the loss was no number with batch_size 16, learning_rate 1e30"))
  }

  @Test("an interrupted experiment tells what is whole, and ends with 130")
  func interrupted() throws {
    let folder = try folder(Self.spec.replacing("epochs: 6", with: "epochs: 30000"))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let unblocked = """
      perl -MPOSIX -e 'sigprocmask(SIG_UNBLOCK, POSIX::SigSet->new(SIGTERM)); exec @ARGV'
      """
    let output = try Tool.shell(
      """
      \(unblocked) plumb whatif a.yaml --vary training.batch_size=16,64 --budget 60m >out 2>err &
      pid=$!
      while ! grep -q 'noise' err; do sleep 0.1; kill -0 $pid || break; done
      sleep 0.3; kill -TERM $pid; wait $pid; echo "code $?"; cat out err
      """, in: folder)
    #expect(output.contains("code 130"), "\(output)")
    #expect(output.contains("2 cells × 0 seeds = 0 runs"), "\(output)")
    #expect(output.contains("16 to 64 does: needs 20, has 0"), "\(output)")
  }
}
