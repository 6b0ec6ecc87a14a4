import Foundation
import TestSupport
import Testing

@Suite("machine-readable output")
struct JSONTests {
  /// The one JSON object that a command prints.
  private func object(_ arguments: [String], code: Int32 = 0) throws -> [String: Any] {
    let result = try Tool.run(arguments + ["--format", "json"])
    #expect(result.code == code)
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(value as? [String: Any])
  }

  @Test("lint counts and locates")
  func lint() throws {
    let clean = try object(["lint", "iris.yaml"])
    let summary = try #require(clean["summary"] as? [String: Any])
    #expect(summary["errors"] as? Int == 0)
    let broken = try object(
      ["lint", "iris.yaml", "--set", "training.batch_size=many"], code: 1)
    let finding = try #require((broken["findings"] as? [[String: Any]])?.first)
    for key in ["code", "name", "level", "message", "file", "path", "helps"] {
      #expect(finding[key] != nil, "\(key)")
    }
    #expect(finding["path"] as? String == "training.batch_size")
    let range = try #require(finding["range"] as? [String: [String: Int]])
    #expect(range["start"] == ["line": 1, "column": 1, "byte": 0])
    #expect(range["end"]?["byte"] == 4)
  }

  @Test("advise holds the sizing table")
  func advise() throws {
    let advice = try object(["advise", "breast_cancer.yaml"])
    let sizing = try #require(advice["sizing"] as? [String: Any])
    #expect(sizing["inputs"] as? Int == 30)
    #expect(sizing["outputs"] as? Int == 1)
    #expect(sizing["recommended"] as? Int == 32)
    #expect(sizing["alternatives"] as? [Int] == [21, 64])
    let rules = try #require(sizing["rules"] as? [[String: Any]])
    #expect(rules.contains { $0["code"] as? String == "A203" && $0["value"] as? Int == 21 })
    #expect(advice["findings"] is [Any])
  }

  @Test("resolve gives every value an origin")
  func resolve() throws {
    let values = try #require(try object(["resolve", "iris.yaml"])["values"] as? [[String: Any]])
    #expect(values.allSatisfy { ["author", "rule", "default"].contains($0["origin"] as? String) })
    let width = try #require(values.first { $0["path"] as? String == "model.hidden_layers" })
    #expect(width["rule"] as? String == "A203")
    #expect((width["reason"] as? String)?.contains("two thirds") == true)
  }

  @Test("compile counts what the formula says")
  func compile() throws {
    let graph = try object(["compile", "breast_cancer.yaml"])
    #expect(graph["parameters"] as? Int == 30 * 32 + 32 + 32 + 1)
    #expect((graph["memory_bytes"] as? Int ?? 0) > 4 * 1025)
    let layers = try #require(graph["layers"] as? [[String: Any]])
    #expect(layers.map { $0["output_shape"] as? [Int] } == [[32], [1]])
    for key in ["name", "op", "input_shape", "parameters", "flops"] {
      #expect(layers.allSatisfy { $0[key] != nil }, "\(key)")
    }
  }

  @Test("train with folds and seeds gives every run, the spread and no network")
  func repeats() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let run = "\(folder)/run"
    let arguments = ["train", "iris.yaml", "--quiet", "--run", run, "--set", "training.epochs=2"]
    let result = try object(arguments + ["--folds", "2", "--seeds", "2"])
    #expect((result["runs"] as? [[String: Any]])?.count == 4)
    let summary = try #require(result["summary"] as? [String: [String: [String: Double]]])
    let spread = try #require(summary["network"]?["accuracy"])
    #expect(Set(spread.keys) == ["mean", "deviation", "least", "greatest", "runs"])
    #expect(summary["linear"]?["accuracy"] != nil && summary["constant"]?["accuracy"] != nil)
    #expect(result["interrupted"] as? Bool == false)
    #expect(result["verdict"] is [String: Any])
    let refused = try Tool.run(["evaluate", run, "iris.csv"])
    #expect(refused.code == 2 && refused.errors.contains("measures of repeated runs"))
    for wrong in [["--folds", "1"], ["--seeds", "0"]] {
      #expect(try Tool.run(["train", "iris.yaml"] + wrong).code == 2)
    }
  }

  @Test("train, evaluate and predict work on one run, and predict what train measured")
  func run() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let run = "\(folder)/run"
    let result = try object(["train", "iris.yaml", "--quiet", "--run", run])
    for key in ["epochs", "best_epoch", "stopped", "training_samples_per_second"] {
      #expect(result[key] != nil, "\(key)")
    }
    let timing = try #require(result["timing"] as? [String: Double])
    #expect(Set(timing.keys) == ["read", "prepare", "train", "evaluate", "total"])
    let metrics = try #require(result["metrics"] as? [String: [String: Double]])
    #expect((metrics["test"]?["accuracy"] ?? 0) >= 0.8)
    #expect(result["baselines"] is [String: Any])
    let all = try object(["evaluate", run, "iris.csv"])
    let accuracy = try #require((all["metrics"] as? [String: Double])?["accuracy"])
    let predicted = try Tool.run(["predict", run, "iris.csv"]).output
    let rows = predicted.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[0] }
    let truth = Repository.text("specs/examples/iris.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").last ?? "" }
    #expect(rows.count == 150)
    let right = zip(rows, truth).count { $0 == $1 }
    #expect(abs(Double(right) / 150 - accuracy) < 1e-9)
  }
}
