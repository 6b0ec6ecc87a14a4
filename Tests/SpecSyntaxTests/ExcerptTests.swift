import SpecSyntax
import Testing

@Suite struct ExcerptTests {
  private let code = DiagnosticCode("Z001", "test-finding", title: "", explanation: "")

  private func excerpt(
    _ text: String, _ lower: Int, _ upper: Int, secondary: [Label] = [], width: Int = 140
  ) -> [String] {
    let finding = Diagnostic(
      code, "m", at: SourceRange(lower: lower, upper: upper), label: "here", secondary: secondary)
    let source = SourceText(name: "s", text: text)
    let lines = render(finding, in: [source], style: TextStyle(width: width))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(lines.dropFirst(3).prefix { $0 != "  |" })
  }

  @Test(
    "marks stand under their text whatever its characters are wide",
    arguments: [
      ("a: xyz", 3, 6, "1 | a: xyz", "  |    ^^^ here"),
      ("\ta: x", 4, 5, "1 |     a: x", "  |        ^ here"),
      ("年: xy", 5, 7, "1 | 年: xy", "  |     ^^ here"),
      ("e\u{301}: xy", 5, 7, "1 | e\u{301}: xy", "  |    ^^ here"),
      ("a: 年月", 3, 9, "1 | a: 年月", "  |    ^^^^ here"),
      ("\u{FEFF}a: x", 6, 7, "1 | a: x", "  |    ^ here"),
      ("a: \u{1B}[x", 4, 6, "1 | a: ␛[x", "  |     ^^ here"),
      ("a:", 2, 2, "1 | a:", "  |   ^ here"),
      ("", 0, 0, "1 |", "  | ^ here"),
    ])
  func marks(text: String, lower: Int, upper: Int, line: String, mark: String) {
    #expect(excerpt(text, lower, upper) == [line, mark])
  }

  @Test("labels of one line share it, the words of the last one beside its mark")
  func sharedLine() {
    let first = Label(SourceRange(lower: 0, upper: 1), "first")
    #expect(
      excerpt("a: 1, a: 2", 6, 7, secondary: [first]) == [
        "1 | a: 1, a: 2", "  | -     ^ here", "  | first",
      ])
  }

  @Test("labels that overlap get rows of their own")
  func overlap() {
    let outer = Label(SourceRange(lower: 0, upper: 6), "all")
    #expect(
      excerpt("[1, 2]", 1, 2, secondary: [outer]) == [
        "1 | [1, 2]", "  | ------ all", "  |  ^ here",
      ])
  }

  @Test("a range over several lines is marked in its first")
  func severalLines() {
    #expect(excerpt("a: [1,\n  2]\n", 3, 11) == ["1 | a: [1,", "  |    ^^^ here"])
  }

  @Test("one line between two marked ones is shown, more are left out")
  func gaps() {
    let first = Label(SourceRange(lower: 0, upper: 1), "first")
    #expect(
      excerpt("a: 1\n\nb: 2", 6, 7, secondary: [first]) == [
        "1 | a: 1", "  | - first", "2 |", "3 | b: 2", "  | ^ here",
      ])
    #expect(
      excerpt("a: 1\n\n\nb: 2", 7, 8, secondary: [first]) == [
        "1 | a: 1", "  | - first", "...", "4 | b: 2", "  | ^ here",
      ])
  }

  @Test(
    "a long line is cut around the mark and never wider than asked",
    arguments: [0, 40, 500, 990, 20_000])
  func longLines(position: Int) throws {
    let text =
      String(repeating: "x", count: position) + "MARK"
      + String(repeating: "y", count: 30_000 - position)
    let lines = excerpt(text, position, position + 4, width: 60)
    try #require(lines.count == 2)
    #expect(lines[0].count <= 60)
    let column = try #require(lines[1].firstIndex(of: "^"))
    let offset = lines[1].distance(from: lines[1].startIndex, to: column)
    #expect(lines[0].dropFirst(offset).hasPrefix("MARK"))
  }

  @Test("no text of a spec writes a control code or a line of its own")
  func injection() {
    let evil = "x\n::add-mask::\u{1B}[31m\r##[group]"
    let finding = Diagnostic(
      code, evil, at: .none, label: evil, secondary: [Label(SourceRange(lower: 0, upper: 1), evil)],
      notes: [evil],
      helps: [Help(evil, fix: Fix(evil, [Edit(SourceRange(lower: 0, upper: 1), evil)], .safe))])
    let source = SourceText(name: evil, text: evil)
    let reports = [render(finding, in: [source]), renderConcise(finding, in: [source]) + "\n"]
    for report in reports {
      for line in report.split(separator: "\n") {
        #expect(!line.hasPrefix("::") && !line.hasPrefix("##"))
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      }
    }
  }

  @Test("colour adds codes and changes no text")
  func color() {
    let plain = render(TextRendererTests.unknownKey, in: TextRendererTests.specs)
    let painted = render(
      TextRendererTests.unknownKey, in: TextRendererTests.specs, style: TextStyle(color: true))
    var bare = ""
    var isCode = false
    for character in painted {
      if character == "\u{1B}" { isCode = true }
      if !isCode { bare.append(character) }
      if isCode, character == "m" { isCode = false }
    }
    #expect(painted != plain)
    let lines = bare.split(separator: "\n").map { $0.prefix { _ in true } }
    #expect(lines.map { String($0).trimmingEnd } == plain.split(separator: "\n").map(String.init))
  }

  @Test("an inserted line is shown as added, with its number")
  func insertion() {
    let edit = Edit(SourceRange(lower: 4, upper: 4), "\nb: 2")
    let finding = Diagnostic(
      code, "m", at: SourceRange(lower: 0, upper: 1),
      helps: [Help("add it", fix: Fix("add it", [edit], .safe))])
    let report = render(finding, in: [SourceText(name: "s", text: "a: 1\nc: 3\n")])
    #expect(report.contains("help: add it\n  |\n2 + b: 2\n  |\n  = rule"))
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
