import SpecSyntax
import Testing

@Suite struct ParserTests {
  private func tree(_ text: String, _ codes: [String] = []) throws -> (SyntaxTree, SourceText) {
    let source = SourceText(name: "spec.yaml", text: text)
    var log = DiagnosticLog()
    let tree = parse(source, into: &log)
    #expect(log.diagnostics.map(\.code.code) == codes)
    return (try #require(tree), source)
  }

  @Test(
    "a node's range is its own text, without anchor, tag and comment",
    arguments: [
      ("a: 1 # c\n", "a", "1"),
      ("größe: {年: [x, 'y z']}\n", "größe.年[1]", "'y z'"),
      ("\u{FEFF}a: \"b\"\r\nc: d\r\n", "c", "d"),
      ("a: &x !!str \"q\"\nb: *x\n", "a", "\"q\""),
      ("a: &x # note\n  q\nb: *x\n", "a", "q"),
      ("a: &x {b: 1}\nb: *x\n", "a", "{b: 1}"),
      ("a: &x\n  b: 1\n  c: 2\n\n# end\nb: *x\n", "a", "b: 1\n  c: 2"),
      ("a:\n- b\n- c # d\n\ne: f\n", "a", "b\n- c"),
      ("a:\nb: 1\n", "a", ""),
      ("a: b\n  c\nd: e\n", "a", "b\n  c"),
      ("a: |\n  x\n  y\n\nb: 1\n", "a", "|\n  x\n  y"),
      ("a: >- # note\n  x\nb: 1\n", "a", ">- # note\n  x"),
      ("a: [1, 2] # x\n", "a", "[1, 2]"),
      ("a: 1\nb: *x\nc: &x 2\n", "a", "1"),
    ])
  func ranges(text: String, path: String, expected: String) throws {
    let source = SourceText(name: "spec.yaml", text: text)
    var log = DiagnosticLog()
    let tree = try #require(parse(source, into: &log))
    let node = try #require(tree.root.at(SpecPath(path)))
    #expect(source.text(node.range) == expected)
  }

  @Test("an empty value stands directly after its colon")
  func emptyValue() throws {
    let (tree, _) = try tree("a:   # later\nb: 1\n")
    #expect(tree.root.at("a")?.range == SourceRange(lower: 2, upper: 2))
    #expect(tree.root.at("a")?.scalar?.isNull == true)
  }

  @Test("an alias shares its target")
  func shared() throws {
    let (tree, source) = try tree("a: &x {b: 1}\nc: *x\n")
    let target = try #require(tree.root.at("a"))
    let alias = try #require(tree.root.at("c"))
    #expect(alias.resolved === target)
    #expect(source.text(alias.range) == "*x")
    #expect(tree.root.at("c.b")?.scalar?.text == "1")
  }

  @Test("a merge adds keys that are not there; the earlier base wins")
  func merge() throws {
    let (tree, _) = try tree(
      """
      one: &one {a: 1, b: 1}
      two: &two {b: 2, c: 2}
      all:
        <<: [*one, *two]
        a: 0
      below: {<<: *one, d: 4}
      text: {"<<": 5}

      """)
    let all = try #require(tree.root.at("all")?.mapping)
    #expect(all.entries.map(\.name) == ["a", "b", "c"])
    #expect(all.entries.compactMap(\.value.scalar?.text) == ["0", "1", "2"])
    #expect(all.ownCount == 1)
    #expect(tree.root.at("below")?.mapping?.entries.map(\.name) == ["d", "a", "b"])
    #expect(tree.root.at("text")?.mapping?.entries.map(\.name) == ["<<"])
  }

  @Test("a mapping with a mistake keeps its other entries")
  func recovery() throws {
    let (tree, _) = try tree("a: 1\na: 2\nb: *no\nc: 3\n[d]: 4\n", ["Y301", "Y304", "Y302"])
    #expect(tree.root.mapping?.entries.map(\.name) == ["a", "c"])
    #expect(tree.root.at("a")?.scalar?.text == "1")
  }

  @Test("an unknown alias is answered with the anchor that was meant")
  func nearAnchor() throws {
    let source = SourceText(name: "spec.yaml", text: "a: &base 1\nb: *bsae\nc: *base\n")
    var log = DiagnosticLog()
    _ = parse(source, into: &log)
    #expect(log.diagnostics.first?.helps.first?.text == "did you mean `*base`?")
  }

  @Test("a duplicate carries its path and the place of the first")
  func duplicatePath() {
    let source = SourceText(name: "spec.yaml", text: "t:\n  a: 1\n  a: 2\n")
    var log = DiagnosticLog()
    _ = parse(source, into: &log)
    #expect(log.diagnostics.first?.path.description == "t.a")
    #expect(log.diagnostics.first?.secondary.first?.range == SourceRange(lower: 5, upper: 6))
  }

  @Test(
    "comments are found outside scalars only",
    arguments: [
      ("a: 1 # x\n# y\n", ["# x", "# y"]),
      ("a: b#c\n", []),
      ("a: '# no'\nb: \"# no\" # yes\n", ["# yes"]),
      ("a: | # head\n  # no\n  text\n# yes\n", ["# head", "# yes"]),
      ("a: [1, # x\n  2] # y\n", ["# x", "# y"]),
      ("a: &x # note\n  1\nb: *x # z\n", ["# note", "# z"]),
    ])
  func comments(text: String, expected: [String]) throws {
    let (tree, source) = try tree(text)
    #expect(tree.comments.map { source.text($0) } == expected)
  }

  @Test("ranges carry the index of their text")
  func sourceIndex() throws {
    var log = DiagnosticLog()
    let source = SourceText(name: "base.yaml", text: "a: 1\na: 2 # c\n")
    let tree = try #require(parse(source, index: 3, into: &log))
    #expect(tree.root.range.source == 3)
    #expect(tree.comments.first?.source == 3)
    #expect(log.diagnostics.first?.primary.range.source == 3)
  }
}
