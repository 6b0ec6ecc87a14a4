import Foundation
import NetworkGraph
import SpecCompiler
import SpecSyntax
import Tensors
import TestSupport
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("pictures of a network")
struct GraphPictureTests {
  static let hostile = "a\"]; <script>x</script> & \\ \u{202E}\u{1B}[31m"

  /// A residual block whose names come from somebody else.
  static func picture() throws -> GraphPicture {
    var log = DiagnosticLog()
    var builder = GraphBuilder(input: [4])
    func name(_ text: String) -> Located<String> { Located(wrappedValue: text, at: .none) }
    builder.add(Dense(units: 3), name: name("trunk"), at: .none, path: "model", into: &log)
    builder.add(Dense(units: 3), name: name(hostile), at: .none, path: "model", into: &log)
    builder.add(
      Dense(units: 1), name: name("output"), at: .none, path: "model", into: &log)
    return GraphPicture(try #require(builder.finish(into: &log)), title: hostile)
  }

  @Test("the drawing is well-formed XML and holds nothing foreign")
  func drawing() throws {
    let svg = try Self.picture().svg
    let document = try parsed(svg)
    #expect(document.elements["rect"] == 4)
    #expect(document.elements["script"] == nil)
    #expect(!svg.contains("\u{1B}") && !svg.contains("\u{202E}"))
    #expect(document.text.contains("trunk"))
  }

  @Test("Mermaid and Graphviz take names between quotes as text")
  func quoting() throws {
    let picture = try Self.picture()
    let mermaid = picture.mermaid.split(separator: "\n").first { $0.contains("n2[") } ?? ""
    #expect(mermaid.filter { $0 == "\"" }.count == 2)
    #expect(!mermaid.contains("script>"))
    let dot = picture.dot.split(separator: "\n").first { $0.contains("n2 [") } ?? ""
    #expect(dot.contains("a\\\"]"))
    #expect(dot.contains("\\\\"))
  }

  @Test("every example is drawn, with a box for each layer and an arrow for each input")
  func examples() throws {
    for file in Repository.files(below: "specs/examples", ending: ".yaml") {
      let svg = try Tool.run(["compile", Repository.path(file), "--emit", "svg"]).output
      let dot = try Tool.run(["compile", Repository.path(file), "--emit", "dot"]).output
      let document = try parsed(svg)
      let arrows = dot.split(separator: "\n").count { $0.contains(" -> ") }
      #expect(document.elements["rect"] == dot.split(separator: "\n").count { $0.contains("[label=") })
      #expect((document.elements["path"] ?? 0) == arrows + 1, "\(file)")
    }
  }

  @Test("Graphviz draws every example")
  func graphviz() throws {
    guard let program = Tool.validator("dot") else { return }
    for name in ["iris", "two_branch", "digits_cnn"] {
      let line = "plumb compile \(name).yaml --emit dot | '\(program)' -Tplain | grep -c ^node"
      let boxes = try Tool.shell(line, in: Repository.path("specs/examples"))
      let picture = try Tool.run(["compile", "\(name).yaml", "--emit", "graph"]).output
      #expect(Int(boxes.trimmingCharacters(in: .whitespacesAndNewlines)) == picture.split(separator: "\n").count - 1)
    }
  }
}

/// What an XML document holds.
final class ParsedDocument: NSObject, XMLParserDelegate {
  var elements: [String: Int] = [:]
  var text = ""
  var identifiers: [String] = []
  var references: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { identifiers.append(id) }
    for key in ["aria-labelledby", "aria-describedby"] {
      references += (attributes[key] ?? "").split(separator: " ").map(String.init)
    }
    if let link = attributes["href"], link.hasPrefix("#") { references.append(String(link.dropFirst())) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

/// Reads a document, or fails with the place where it is not well formed.
func parsed(_ text: String) throws -> ParsedDocument {
  let parser = XMLParser(data: Data(text.utf8))
  let document = ParsedDocument()
  parser.delegate = document
  guard parser.parse() else {
    throw ParsingProblem(
      words: "line \(parser.lineNumber): \(parser.parserError?.localizedDescription ?? "")")
  }
  return document
}

struct ParsingProblem: Error { var words: String }
