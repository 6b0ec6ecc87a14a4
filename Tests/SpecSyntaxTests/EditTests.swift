import SpecSyntax
import Testing

@Suite struct EditTests {
  private func text(_ edits: [Edit], _ text: String) -> String {
    String(decoding: apply(edits, to: SourceText(name: "s", text: text)), as: UTF8.self)
  }

  private func edit(_ lower: Int, _ upper: Int, _ text: String) -> Edit {
    Edit(SourceRange(lower: lower, upper: upper), text)
  }

  @Test("no edits give the same bytes")
  func identity() {
    for bytes in [[], [0xFF, 0x0D, 0x0A], Array("\u{FEFF}a: 1\r\n".utf8)] as [[UInt8]] {
      #expect(apply([], to: SourceText(name: "s", bytes: bytes)) == bytes)
    }
  }

  @Test("edits apply in any order and keep every other byte")
  func order() {
    let edits = [edit(0, 1, "b"), edit(3, 4, "22"), edit(4, 4, "!")]
    #expect(text(edits, "a: 1\n") == "b: 22!\n")
    #expect(text(edits.reversed(), "a: 1\n") == "b: 22!\n")
  }

  @Test("one edit after the other gives what both give at once")
  func composition() {
    let both = [edit(0, 1, "long"), edit(6, 7, "x")]
    let second = text([both[1]], "a: 1\nb: 2\n")
    #expect(text([both[0]], second) == text(both, "a: 1\nb: 2\n"))
  }

  @Test("an edit that overlaps an earlier one, repeats it or leaves the text is dropped")
  func overlap() {
    #expect(text([edit(0, 3, "x"), edit(2, 4, "y")], "abcdef") == "xdef")
    #expect(text([edit(1, 1, "x"), edit(1, 1, "x")], "abc") == "axbc")
    #expect(text([edit(2, 9, "x")], "abc") == "abc")
  }

  /// A text, a path, a value, and the text after setting it; nil where it cannot be set.
  struct Setting: Sendable, CustomTestStringConvertible {
    var text: String
    var path: String
    var value: String
    var expected: String?
    var testDescription: String { "\(path) in \(text.debugDescription)" }

    init(_ text: String, _ path: String, _ value: String, _ expected: String?) {
      (self.text, self.path, self.value, self.expected) = (text, path, value, expected)
    }
  }

  static let settings = [
    Setting("a: 1 # c\n", "a", "2", "a: 2 # c\n"),
    Setting("a: 'x'\nb: y\n", "a", "z", "a: z\nb: y\n"),
    Setting("a:\nb: y\n", "a", "z", "a: z\nb: y\n"),
    Setting("a: # c\nb: y\n", "a", "z", "a: z # c\nb: y\n"),
    Setting("a: 1 # c\n\n# end\n", "b", "2", "a: 1 # c\nb: 2\n\n# end\n"),
    Setting("a: 1", "b", "2", "a: 1\nb: 2"),
    Setting("a: 1\r\n", "b", "2", "a: 1\r\nb: 2\r\n"),
    Setting("\u{FEFF}a: 1\n", "b.c", "2", "\u{FEFF}a: 1\nb:\n  c: 2\n"),
    Setting("t:\n    a: 1\nu: 2\n", "t.b", "2", "t:\n    a: 1\n    b: 2\nu: 2\n"),
    Setting("t:\n    a: 1\nu: 2\n", "v.w.x", "3", "t:\n    a: 1\nu: 2\nv:\n    w:\n        x: 3\n"),
    Setting("t:\nu: 2\n", "t.b", "3", "t:\n  b: 3\nu: 2\n"),
    Setting("t: # c\nu: 2\n", "t.b", "3", "t: # c\n  b: 3\nu: 2\n"),
    Setting("t: {a: 1}\n", "t.b", "2", "t: {a: 1, b: 2}\n"),
    Setting("t: {a: 1,}\n", "t.b", "2", "t: {a: 1, b: 2,}\n"),
    Setting("t: {}\n", "t.b.c", "2", "t: {b: {c: 2}}\n"),
    Setting("t: {\n  a: 1, # c\n}\n", "t.b", "2", "t: {\n  a: 1, b: 2, # c\n}\n"),
    Setting("l:\n  - a: 1\n  - b: 2\n", "l[0].c", "3", "l:\n  - a: 1\n    c: 3\n  - b: 2\n"),
    Setting("l: [1, 2]\n", "l[1]", "3", "l: [1, 3]\n"),
    Setting("t:\n  a: 1\n  b: 2 # c\nu: 1\n", "t", "none", "t: none # c\nu: 1\n"),
    Setting("l:\n  - 1\n  - 2\n", "l", "[3]", "l: [3]\n"),
    Setting("l: [1,\n  2]\nm: 1\n", "l", "auto", "l: auto\nm: 1\n"),
    Setting("a: &x {b: 1}\nc: *x\n", "c.b", "2", nil),
    Setting("a: &x {b: 1}\nc: {<<: *x}\n", "c.b", "2", "a: &x {b: 1}\nc: {<<: *x, b: 2}\n"),
    Setting("a: &x {b: 1}\nc:\n  <<: *x\n", "c.b", "2", "a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n"),
    Setting("a: 1\n", "a.b", "2", nil),
    Setting("a: [1]\n", "a[3]", "2", nil),
    Setting("a: |\n  text\nb: 1\n", "a", "x", "a: x\nb: 1\n"),
    Setting("t:\n  a: |\n    text\n\nb: 1\n", "t.c", "x", "t:\n  a: |\n    text\n  c: x\n\nb: 1\n"),
  ]

  @Test("setting a value changes its place and nothing else", arguments: settings)
  func setting(setting: Setting) throws {
    let source = SourceText(name: "s", text: setting.text)
    var log = DiagnosticLog()
    let tree = try #require(parse(source, into: &log))
    let edit = settingEdit(SpecPath(setting.path), to: setting.value, in: tree, of: source)
    let after = edit.map { apply([$0], to: source) }
    #expect(after.map { String(decoding: $0, as: UTF8.self) } == setting.expected)
    guard let after else { return }
    let changed = SourceText(name: "s", bytes: after)
    let parsed = try #require(parse(changed, into: &log))
    #expect(!log.hasErrors)
    let node = try #require(parsed.root.at(SpecPath(setting.path)))
    #expect(changed.text(node.range) == setting.value)
  }

  @Test(
    "removing takes the entry with its line and nothing else",
    arguments: [
      Setting("a: 1\nb: 2 # c\nc: 3\n", "b", "", "a: 1\nc: 3\n"),
      Setting("a: 1\nb: 2", "b", "", "a: 1"),
      Setting("a: 1\nb: 2\n", "a", "", "b: 2\n"),
      Setting("t:\n  a: 1\n  b:\n    c: 1\n# end\nu: 1\n", "t.b", "", "t:\n  a: 1\n# end\nu: 1\n"),
      Setting("t: {a: 1, b: 2}\n", "t.a", "", "t: {b: 2}\n"),
      Setting("t: {a: 1, b: 2}\n", "t.b", "", "t: {a: 1}\n"),
      Setting("l:\n  - a: 1\n    b: 2\n", "l[0].a", "", "l:\n  - b: 2\n"),
      Setting("l:\n  - a: 1\n    b: 2\n", "l[0].b", "", "l:\n  - a: 1\n"),
      Setting("l:\n  - 1\n  - 2\n  - 3\n", "l[1]", "", "l:\n  - 1\n  - 3\n"),
      Setting("l: [1, 2, 3]\n", "l[2]", "", "l: [1, 2]\n"),
      Setting("a: 1\n", "a", "", nil),
      Setting("a: 1\n", "b", "", nil),
    ])
  func removing(setting: Setting) throws {
    let source = SourceText(name: "s", text: setting.text)
    var log = DiagnosticLog()
    let tree = try #require(parse(source, into: &log))
    let edit = removingEdit(SpecPath(setting.path), in: tree, of: source)
    let after = edit.map { String(decoding: apply([$0], to: source), as: UTF8.self) }
    #expect(after == setting.expected)
  }
}
