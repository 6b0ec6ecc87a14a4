import Foundation
import TestSupport
import Testing

@Suite("plumb export")
struct ExportCommandTests {
  /// A folder with a run of iris in it, trained for a moment.
  private func folderWithRun() throws -> String {
    let folder = try Repository.temporaryFolder()
    let spec = Repository.path("specs/examples/iris.yaml")
    let result = try Tool.run(
      ["train", spec, "--set", "training.epochs=2", "--run", "iris", "--quiet"], in: folder)
    try #require(result.code == 0, "\(result.errors)")
    return folder
  }

  private func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("each format writes its files and says which", arguments: [
    ("onnx", ["iris.onnx"]), ("pytorch", ["iris.py", "iris.safetensors"]),
    ("safetensors", ["iris.safetensors"]),
  ])
  func formats(format: String, names: [String]) throws {
    let folder = try folderWithRun()
    let result = try Tool.run(["export", "iris", "--to", format], in: folder)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output == names.joined(separator: "\n") + "\n")
    #expect(try files(in: folder) == ["iris"] + names)
  }

  @Test("nothing is overwritten unless asked, and then the bytes are the same")
  func overwriting() throws {
    let folder = try folderWithRun()
    let arguments = ["export", "iris", "--to", "pytorch", "--output", "out/model.py"]
    #expect(try Tool.run(arguments, in: folder).code == 0)
    let first = try Data(contentsOf: URL(filePath: "\(folder)/out/model.safetensors"))
    try FileManager.default.removeItem(atPath: "\(folder)/out/model.py")
    let again = try Tool.run(arguments, in: folder)
    #expect(again.code == 2)
    #expect(
      again.errors == """
        error: `out/model.safetensors` is there already
        help: name another file with `--output`, or add `--force`

        """)
    #expect(try files(in: "\(folder)/out") == ["model.safetensors"])
    #expect(try Tool.run(arguments + ["--force"], in: folder).code == 0)
    #expect(try Data(contentsOf: URL(filePath: "\(folder)/out/model.safetensors")) == first)
  }

  @Test("what cannot be done is said in a line, and nothing is written", arguments: [
    (["export", "iris"], "Missing expected argument '--to <to>'"),
    (["export", "iris", "--to", "keras"], "The value 'keras' is invalid"),
    (["export", "nothing", "--to", "onnx"], "`nothing` is not a run"),
    (["export", "iris", "--to", "pytorch", "-o", "model"], "needs the ending `.py`"),
    (["export", "iris", "--to", "onnx", "-o", "iris"], "`iris` is a folder"),
    (["export", "iris", "--to", "onnx", "-o", "iris", "--force"], "`iris` is a folder"),
    (["export", "iris", "--to", "onnx", "-o", ""], "`--output` names a file to write"),
    (["export", "iris", "--to", "onnx", "-o", "/proc/none/a.onnx"], "cannot be written"),
  ])
  func mistakes(arguments: [String], words: String) throws {
    let folder = try folderWithRun()
    let result = try Tool.run(arguments, in: folder)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.code == 2 || result.code == 64)
    #expect(try files(in: folder) == ["iris"])
  }

  @Test("a damaged run names the file")
  func damaged() throws {
    let folder = try folderWithRun()
    let weights = URL(filePath: "\(folder)/iris/weights.safetensors")
    try Data(contentsOf: weights).dropLast(8).write(to: weights)
    let result = try Tool.run(["export", "iris", "--to", "onnx"], in: folder)
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: `iris/weights.safetensors` is damaged:"))
    #expect(try files(in: folder) == ["iris"])
  }

  @Test("the snippets of the page read what the page writes", arguments: [
    (0, "onnxruntime", "setosa"), (1, "torch", "Network("), (2, "safetensors", "sepal_length"),
  ])
  func snippets(number: Int, module: String, words: String) throws {
    guard let python = Tool.python(importing: module) else { return }
    let page = Repository.text("specs/export.md").components(separatedBy: "```")
    let shell = try #require(page.first { $0.hasPrefix("sh\n") }).dropFirst(3)
    let snippets = page.filter { $0.hasPrefix("python\n") }.map { $0.dropFirst(7) }
    #expect(snippets.count == 3)
    let folder = try Repository.temporaryFolder()
    for name in ["iris.yaml", "iris.csv"] {
      try FileManager.default.copyItem(
        atPath: Repository.path("specs/examples/\(name)"), toPath: "\(folder)/\(name)")
    }
    _ = try Tool.shell("{ \(shell) } >log 2>&1", in: folder)
    try String(snippets[number]).write(
      toFile: "\(folder)/snippet.py", atomically: true, encoding: .utf8)
    let output = try Tool.shell("\(python) snippet.py 2>&1", in: folder)
    #expect(output.contains(words), "\(output)")
  }
}
