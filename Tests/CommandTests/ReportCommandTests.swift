import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("plumb report")
struct ReportCommandTests {
  /// A folder with a finished run of an example spec.
  private func trained(_ name: String, _ settings: [String] = [], run: String = "run") throws -> String {
    let folder = try Repository.temporaryFolder()
    let examples = Repository.path("specs/examples")
    for file in try FileManager.default.contentsOfDirectory(atPath: examples) {
      try FileManager.default.copyItem(atPath: "\(examples)/\(file)", toPath: "\(folder)/\(file)")
    }
    let result = try Tool.run(
      ["train", "\(name).yaml", "--quiet", "--run", run] + settings.flatMap { ["--set", $0] },
      in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return folder
  }

  private func page(_ path: String) throws -> (text: String, document: PageDocument) {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return (text, try PageDocument(text))
  }

  @Test("the page is well formed, stands alone, and every reference in it leads somewhere")
  func form() throws {
    let folder = try trained("iris", ["training.epochs=20"])
    let result = try Tool.run(["report", "run"], in: folder)
    #expect(result.code == 0 && result.output == "run/report.html\n", "\(result.errors)")
    let (text, document) = try page("\(folder)/run/report.html")
    #expect(Set(document.identifiers).count == document.identifiers.count)
    for reference in document.references {
      #expect(document.identifiers.contains(reference), "\(reference)")
    }
    #expect(document.elements["script"] == nil && document.elements["img"] == nil)
    #expect(document.elements["link"] == nil && document.elements["iframe"] == nil)
    let links = text.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
    #expect(!links.contains("://"))
    #expect(document.elements["h1"] == 1 && document.elements["main"] == 1)
    #expect(document.elements["caption"] == document.elements["table"])
    #expect(document.unnamedDrawings == 0)
    #expect(text.utf8.count < 200_000)
  }

  @Test("the same run gives the same bytes, and the figures of plumb evaluate")
  func figures() throws {
    let folder = try trained("breast_cancer", ["training.epochs=10"])
    let first = try Tool.run(["report", "run", "--output", "-"], in: folder)
    let second = try Tool.run(["report", "run", "--output", "-"], in: folder)
    #expect(first.code == 0 && first.output == second.output)
    let document = try PageDocument(first.output)
    let evaluation = try Tool.run(["evaluate", "run"], in: folder).output
    for line in evaluation.split(separator: "\n").prefix(while: { !$0.hasPrefix("true") }) {
      let words = line.split(separator: " ")
      guard words.count == 2 else { continue }
      #expect(document.text.contains(words[1]), "\(line)")
    }
    for part in ["Verdict", "ROC", "Calibration", "Permutation importance", "Resolved spec"] {
      #expect(document.text.contains(part), "\(part)")
    }
  }

  @Test("a run of numbers shows residuals, and error by decile")
  func numbers() throws {
    let folder = try trained("diabetes", ["training.epochs=10"])
    let result = try Tool.run(["report", "run", "--output", "-"], in: folder)
    let document = try PageDocument(result.output)
    for part in ["Predicted and true", "Residuals", "Error by decile", "Permutation importance"] {
      #expect(document.text.contains(part), "\(part)")
    }
  }

  @Test("without the table, or with another, the page says what is missing and why")
  func missing() throws {
    let folder = try trained("iris", ["training.epochs=5"])
    let table = try String(contentsOfFile: "\(folder)/iris.csv", encoding: .utf8)
    try FileManager.default.moveItem(atPath: "\(folder)/iris.csv", toPath: "\(folder)/moved.csv")
    var text = try Tool.run(["report", "run", "--output", "-"], in: folder).output
    #expect(text.contains("Not on this page") && text.contains("iris.csv"))
    #expect(!text.contains("Permutation importance"))
    let found = try Tool.run(["report", "run", "--output", "-", "--data", "moved.csv"], in: folder)
    #expect(found.output.contains("Permutation importance"))
    // Other values in as many rows are noticed by the figures that come out.
    let changed = table.replacingOccurrences(of: "setosa", with: "SWAP")
      .replacingOccurrences(of: "virginica", with: "setosa")
      .replacingOccurrences(of: "SWAP", with: "virginica")
    try changed.write(toFile: "\(folder)/iris.csv", atomically: true, encoding: .utf8)
    text = try Tool.run(["report", "run", "--output", "-"], in: folder).output
    #expect(text.contains("not the one the run was trained on"))
    let named = try Tool.run(["report", "run", "-o", "-", "--data", "iris.csv"], in: folder)
    #expect(named.code == 2 && named.errors.contains("not the one the run was trained on"))
  }

  @Test("several runs stand side by side with what differs")
  func several() throws {
    let folder = try trained("iris", ["training.epochs=5"])
    let second = try Tool.run(
      ["train", "iris.yaml", "--quiet", "--run", "wider", "--set", "model.hidden_layers=[40, 20]"],
      in: folder)
    #expect(second.code == 0)
    let result = try Tool.run(["report", "run", "wider", "-o", "both.html"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let document = try page("\(folder)/both.html").document
    for part in [
      "2 runs side by side", "What differs", "model.hidden_layers", "[40, 20]", "ROC",
      "Precision and recall", "the mean of the classes, each against the rest",
    ] {
      #expect(document.text.contains(part), "\(part)")
    }
    #expect(!document.text.contains("data.source"))
    // Each run has its curve under its name, with the area that its own page tells.
    for (run, name) in [("run", "run"), ("wider", "wider")] {
      let own = try Tool.run(["report", run, "-o", "-", "--no-importance"], in: folder).output
      let area = try PageDocument(own).text.firstMatch(of: /Area ([0-9.]+), mean/)?.output.1
      #expect(document.text.contains("\(try #require(area)) \(name)"))
    }
    try FileManager.default.moveItem(atPath: "\(folder)/iris.csv", toPath: "\(folder)/moved.csv")
    let bare = try Tool.run(["report", "run", "wider", "-o", "-"], in: folder).output
    #expect(bare.contains("Not drawn: run, wider.") && !bare.contains("ROC curve of each run"))
  }

  @Test("curves of two classes are of the second, and a run of numbers has none")
  func severalOfTwoClasses() throws {
    let folder = try trained("breast_cancer", ["training.epochs=3"])
    for (spec, name) in [("breast_cancer", "b"), ("diabetes", "c")] {
      let more = try Tool.run(
        ["train", "\(spec).yaml", "--quiet", "--run", name, "--set", "training.epochs=4"],
        in: folder)
      #expect(more.code == 0, "\(more.errors)")
    }
    let both = try Tool.run(["report", "run", "b", "c", "-o", "-"], in: folder).output
    #expect(both.contains("Area under the curve of each run, of malignant."), "\(both.count)")
    #expect(!both.contains("Not drawn") && both.contains("ROC curve of each run"))
    let none = try Tool.run(["report", "c", "c", "-o", "-"], in: folder).output
    #expect(!none.contains("ROC") && !none.contains("Not drawn"))
  }

  @Test("names from a table are words, whatever they hold")
  func hostile() throws {
    let folder = try Repository.temporaryFolder()
    let name = "<img src=x onerror=alert(1)>"
    let rows = (0..<60).map { row in
      "\(row % 7),\(row),\(row % 2 == 0 ? "\"</style><script>\"" : "b&\u{202E}c")"
    }
    let table = (["\(name),b,'\u{1B}[31m"] + rows).joined(separator: "\n")
    try table.write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
    let spec = "plumb: 1\ndata: {source: t.csv, target: \"'\\e[31m\"}\ntraining: {epochs: 3}\n"
    try spec.write(toFile: "\(folder)/t.yaml", atomically: true, encoding: .utf8)
    let training = try Tool.run(["train", "t.yaml", "--quiet", "--run", "run"], in: folder)
    #expect(training.code == 0, "\(training.errors)")
    let text = try Tool.run(["report", "run", "--output", "-"], in: folder).output
    let document = try PageDocument(text)
    #expect(document.elements["img"] == nil && document.elements["script"] == nil)
    #expect(document.text.contains(name) && document.text.contains("</style><script>"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test("wrong use is told from a run that is none")
  func usage() throws {
    let folder = try Repository.temporaryFolder()
    #expect(try Tool.run(["report", "nowhere"], in: folder).code == 2)
    let several = try Tool.run(["report", "a", "b"], in: folder)
    #expect(several.code == 2 && several.errors.contains("--output"))
  }
}

/// What a page holds, read as XML.
private final class PageDocument: NSObject, XMLParserDelegate {
  struct Problem: Error { var words: String }

  var elements: [String: Int] = [:]
  var text = ""
  var identifiers: [String] = []
  var references: [String] = []
  /// Drawings that say nothing to those who do not see them.
  var unnamedDrawings = 0

  init(_ page: String) throws {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw Problem(words: "line \(parser.lineNumber), column \(parser.columnNumber)")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { identifiers.append(id) }
    references += (attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
    if let link = attributes["href"] { references.append(String(link.dropFirst())) }
    if name == "svg", attributes["aria-label"] == nil, attributes["aria-labelledby"] == nil {
      unnamedDrawings += 1
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
