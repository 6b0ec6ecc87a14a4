import NetworkGraph
import SpecSyntax
import TestSupport
import Testing

@testable import SpecCompiler

@Suite struct ReferencePageTests {
  static let allPages = ReferencePage.all

  @Test("the reference pages are up to date", arguments: ReferencePageTests.allPages.map(\.name))
  func pages(name: String) throws {
    let page = try #require(Self.allPages.first { $0.name == name })
    #expect(Golden.matches(page.text, "specs/reference/\(name).md"))
  }

  @Test("every key, every field of a member and every choice is documented in a sentence")
  func documentation() {
    for key in KeyExplanation.all {
      #expect(!key.field.doc.isEmpty, "\(key.path)")
    }
    let families = [
      Ops.variants.map(\.description), Losses.variants.map(\.description),
      Optimizers.variants.map(\.description), Schedules.variants.map(\.description),
      Initializers.variants.map(\.description), NumericEmbedding.variants.map(\.description),
    ]
    for member in families.flatMap({ $0 }) {
      #expect(member.summary.hasSuffix("."), "\(member.name)")
      for field in member.fields {
        #expect(field.doc.hasSuffix("."), "\(member.name).\(field.name)")
      }
    }
  }

  @Test("every page names every member of its list")
  func members() throws {
    func text(_ name: String) throws -> String {
      try #require(Self.allPages.first { $0.name == name }).text
    }
    for rule in Rules.all { #expect(try text("rules").contains("## \(rule.code) \(rule.name)\n")) }
    for code in diagnosticCodes {
      #expect(try text("diagnostics").contains("## \(code.code) \(code.name)\n"))
    }
    for op in Ops.all { #expect(try text("operations").contains("## \(op.name)\n")) }
    for loss in Losses.all { #expect(try text("losses").contains("## \(loss.name)\n")) }
    for key in ["`plumb`", "`hidden_layers`", "## data.split", "## model.layers"] {
      #expect(try text("keys").contains(key))
    }
  }

  @Test("no page has an empty heading, a heading twice, or an empty cell")
  func layout() {
    for page in Self.allPages {
      let lines = page.text.split(separator: "\n")
      let headings = lines.filter { $0.hasPrefix("#") }
      #expect(Set(headings).count == headings.count, "\(page.name)")
      let empty = lines.first { $0.contains("|  |") || $0.hasSuffix(" ") }
      #expect(empty == nil, "\(page.name)")
    }
  }

  @Test("every link leads to a heading or a page that exists")
  func links() {
    let names = Set(Self.allPages.map(\.name))
    for page in Self.allPages {
      let headings = page.text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map {
        $0.dropFirst(3).lowercased().filter { $0 != "." }.split(separator: " ")
          .joined(separator: "-")
      }
      for part in page.text.split(separator: "](").dropFirst() {
        let target = part.prefix { $0 != ")" }
        if target.hasPrefix("#") {
          #expect(headings.contains(String(target.dropFirst())), "\(page.name): \(target)")
        } else {
          let file = target.prefix { $0 != "#" }
          #expect(names.contains(String(file.dropLast(3))), "\(page.name): \(target)")
        }
      }
    }
  }

  @Test("every example of a member is read without a mistake")
  func examples() {
    let layers = Ops.variants.map { "model: {layers: [\(flow(MemberExample.layer($0.description)))]}" }
    let values =
      Losses.variants.map { MemberExample.value(of: "loss", $0.description) }
      + Optimizers.variants.map { MemberExample.value(of: "optimizer", $0.description) }
      + Schedules.variants.map { MemberExample.schedule($0.description) }
    let initializers = Initializers.variants.map {
      "model: {\(MemberExample.value(of: "initializer", $0.description))}"
    }
    let embeddings = NumericEmbedding.variants.map {
      "data: {source: a.csv, target: y, numeric: {\(MemberExample.value(of: "embed", $0.description))}}"
    }
    for line in layers + values.map({ "training: {\($0)}" }) + initializers + embeddings {
      let data = line.hasPrefix("data") ? "" : "data: {source: a.csv, target: y}\n"
      let spec = SourceText(name: "a.yaml", text: "plumb: 1\n\(data)\(line)\n")
      let errors = compile(spec, in: .none).diagnostics.filter { $0.level == .error }
      #expect(errors.map(\.message) == [], "\(line)")
    }
  }

  /// An item of a list as it stands in a flow sequence.
  private func flow(_ layer: String) -> String {
    let item = String(layer.dropFirst(2))
    return item.hasPrefix("{") || !item.contains(":") ? item : "{\(item)}"
  }
}
