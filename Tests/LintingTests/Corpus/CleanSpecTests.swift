import SpecCompiler
import SpecSyntax
import TestSupport
import Testing

@Suite("specs without a mistake")
struct CleanSpecTests {
  struct Spec: Sendable, CustomTestStringConvertible {
    var title: String
    var text: String
    var testDescription: String { title }
  }

  /// The specs of a file, each from one line with two hashes to the next.
  static let specs: [Spec] = {
    var specs: [Spec] = []
    let text = Repository.text("\(CorpusFiles.folder)/clean.yaml")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        specs.append(Spec(title: String(line.dropFirst(3)), text: ""))
      } else if !specs.isEmpty {
        specs[specs.count - 1].text += line + "\n"
      }
    }
    return specs
  }()

  @Test("there are specs in every style")
  func count() {
    #expect(Self.specs.count >= 60)
    #expect(Set(Self.specs.map(\.title)).count == Self.specs.count)
  }

  @Test("nothing is found in them, at any level", arguments: specs)
  func clean(spec: Spec) {
    let result = CorpusFiles.compile(SourceText(name: "spec.yaml", text: spec.text))
    #expect(CorpusTests.words(result) == "", "\(spec.text)")
    #expect(result.notChecked == [])
    #expect(result.graph != nil)
  }

  @Test("line ends of other systems and a byte order mark change nothing", arguments: specs)
  func lineEnds(spec: Spec) {
    for end in ["\r\n", "\r"] {
      let text = "\u{FEFF}" + spec.text.replacing("\n", with: end)
      let result = CorpusFiles.compile(SourceText(name: "spec.yaml", text: text))
      #expect(CorpusTests.words(result) == "")
    }
  }
}
