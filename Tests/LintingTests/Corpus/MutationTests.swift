import SpecCompiler
import SpecSyntax
import TestSupport
import Testing

@testable import Linting

/// Mistakes made from the declarations of the language, so that a new field is covered by itself.
@Suite("every field of the language")
struct MutationTests {
  static let fields = MutatedField.all

  /// What is found in a spec, as codes with lines and columns.
  private func found(_ text: String) -> (places: [String], words: String) {
    let result = CorpusFiles.compile(SourceText(name: "spec.yaml", text: text))
    let places = result.diagnostics.map { finding in
      let place = result.sources[finding.primary.range.source]
        .position(of: finding.primary.range.lower)
      return "\(finding.code.code) \(place.line):\(place.column)"
    }
    return (places, "\(CorpusTests.words(result))\n\(text)")
  }

  @Test("there are fields of all sections, members and operations")
  func count() {
    #expect(Self.fields.count > 200)
  }

  @Test("a misspelt key is one finding, at the key, and fixing it gives the key back",
    arguments: fields)
  func misspelt(field: MutatedField) {
    guard field.path != ["plumb"] else { return }
    let spec = field.spec("\(field.misspelt): zz")
    let (places, words) = found(spec.text)
    #expect(places == ["K101 \(spec.line):\(spec.column)"], "\(words)")
    let outcome = FixEngine(.unsafe, only: ["K101"]).fix(
      SourceText(name: "spec.yaml", text: spec.text)
    ) { CorpusFiles.compile($0) }
    #expect(outcome.problem == nil)
    #expect(
      String(decoding: outcome.source.bytes, as: UTF8.self) == field.spec("\(field.name): zz").text)
  }

  @Test("a value of another kind is one finding, at the value", arguments: fields)
  func misfit(field: MutatedField) {
    guard let value = field.type.misfit, field.path != ["model", "layers"] else { return }
    let spec = field.spec("\(field.name): \(value)")
    let (places, words) = found(spec.text)
    let column = spec.column + field.name.count + 2
    #expect(places == ["K102 \(spec.line):\(column)"], "\(words)")
  }

  @Test("a number out of range is one finding, at the number", arguments: fields)
  func outside(field: MutatedField) {
    guard let value = field.type.outside else { return }
    let spec = field.spec("\(field.name): \(value)")
    let (places, words) = found(spec.text)
    let column = spec.column + field.name.count + 2
    #expect(places == ["K103 \(spec.line):\(column)"], "\(words)")
  }

  @Test("a quoted number is one finding, and fixing it takes the quotes away", arguments: fields)
  func quoted(field: MutatedField) {
    guard field.type.isNumber else { return }
    let spec = field.spec("\(field.name): \"3\"")
    let (places, words) = found(spec.text)
    let column = spec.column + field.name.count + 2
    #expect(places == ["K108 \(spec.line):\(column)"], "\(words)")
    let outcome = FixEngine(.safe, only: ["K108"]).fix(
      SourceText(name: "spec.yaml", text: spec.text)
    ) { CorpusFiles.compile($0) }
    #expect(
      String(decoding: outcome.source.bytes, as: UTF8.self) == field.spec("\(field.name): 3").text)
  }

  @Test("a key in a section that does not have it is one finding, at the key", arguments: fields)
  func misplaced(field: MutatedField) {
    for section in [[], ["data"], ["model"], ["training"]] {
      let known = Self.fields.contains { $0.path == section + [field.name] }
      guard !known else { continue }
      let moved = MutatedField(
        path: section + [field.name], type: field.type,
        beside: Array(repeating: [], count: section.count + 1))
      let spec = moved.spec("\(field.name): zz")
      let (places, words) = found(spec.text)
      #expect(places == ["K101 \(spec.line):\(spec.column)"], "\(words)")
    }
  }

  @Test("a key that is written twice is one finding, at the second")
  func doubled() {
    let lines = CorpusFiles.base("full").split(separator: "\n").map(String.init)
    var count = 0
    for (index, line) in lines.enumerated() where line.contains(": ") {
      var doubled = lines
      doubled.insert(line, at: index + 1)
      let column = line.prefix { $0 == " " }.count + 1
      let (places, words) = found(doubled.joined(separator: "\n") + "\n")
      #expect(places == ["Y301 \(index + 2):\(column)"], "\(words)")
      count += 1
    }
    #expect(count > 40)
  }
}
