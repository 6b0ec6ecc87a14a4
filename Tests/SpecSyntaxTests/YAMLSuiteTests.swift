import Testing

@testable import SpecSyntax

@Suite(.enabled(if: YAMLSuite.isPresent, "the YAML Test Suite is not beside the package"))
struct YAMLSuiteTests {
  private func events(of text: String) -> (lines: [String], problem: YAMLProblem?) {
    var lines: [String] = []
    let problem = readEvents(of: SourceText(name: "case", text: text)) { event in
      lines.append(event.suiteLine)
      return true
    }
    return (lines, problem)
  }

  @Test("each case gives its events, or those that libyaml is known to give")
  func caseEvents() throws {
    let suite = try YAMLSuite.load(YAMLSuite.self, "cases.json")
    let known = try YAMLSuite.load(YAMLSuite.Deviations.self, "libyaml-0.2.5.json").deviations
    #expect(suite.cases.count == 406)
    for example in suite.cases where example.skip != true {
      let (lines, problem) = events(of: example.yaml)
      switch known[example.id]?.result {
      case "rejects-valid": #expect(problem != nil, "\(example.id)")
      case "accepts-invalid": #expect(problem == nil, "\(example.id)")
      case "events-differ": #expect(lines == known[example.id]?.events, "\(example.id)")
      default:
        #expect((problem != nil) == (example.error ?? false), "\(example.id)")
        if problem == nil { #expect(lines == example.events, "\(example.id)") }
      }
    }
  }

  @Test("each case is parsed without a trap, and all its ranges hold")
  func parsing() throws {
    for example in try YAMLSuite.load(YAMLSuite.self, "cases.json").cases {
      checkRanges(of: SourceText(name: example.id, text: example.yaml))
    }
  }

  @Test("cutting every comment down to its sign changes no event")
  func comments() throws {
    var count = 0
    for example in try YAMLSuite.load(YAMLSuite.self, "cases.json").cases {
      let source = SourceText(name: example.id, text: example.yaml)
      let (lines, problem) = events(of: example.yaml)
      guard problem == nil else { continue }
      let comments = Comments(source, index: 0, outside: scalarSpans(of: source)).ranges
      count += comments.count
      let cut = comments.map {
        Edit(SourceRange(lower: $0.lower + 1, upper: $0.upper), "")
      }
      let after = String(decoding: apply(cut, to: source), as: UTF8.self)
      #expect(events(of: after).lines == lines, "\(example.id)")
    }
    #expect(count >= 100)
  }

  /// The scalars of all documents of a text.
  private func scalarSpans(of source: SourceText) -> [ScalarSpan] {
    var spans: [ScalarSpan] = []
    _ = readEvents(of: source) { event in
      if case .scalar(let scalar, let properties) = event.kind {
        let content =
          properties.isEmpty
          ? event.start
          : PropertyPlace(properties, in: source, from: event.start, to: event.end).content
        spans.append(ScalarSpan(lower: content, upper: event.end, style: scalar.style))
      }
      return true
    }
    return spans
  }
}
