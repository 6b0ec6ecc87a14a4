import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite("comments that suppress findings")
struct SuppressionTests {
  /// A spec with two findings: B502 at `batch_size`, E604 at `patience`.
  private func spec(
    head: String = "", above: String = "", section: String = "", batch: String = "",
    patience: String = ""
  ) -> String {
    """
    \(head)plumb: 1
    data: {source: flowers.csv, target: kind, ignore: [code]}
    \(section)training:
    \(above)  batch_size: 20\(batch)
      early_stopping: {patience: 2}\(patience)

    """
  }

  private func check(_ text: String, _ files: MemoryFiles = MemoryFiles()) -> Compilation {
    files.compile(text).applyingSuppressions()
  }

  private func codes(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.map(\.code.code).filter { $0 != "P904" }
  }

  @Test("without a comment both findings are there")
  func plain() {
    #expect(codes(check(spec())) == ["B502", "E604"])
  }

  @Test("at the end of a line it is about that line, by code or by name")
  func line() {
    for name in ["B502", "b502", "batch-power-of-two"] {
      let result = check(spec(batch: "   # plumb: ignore[\(name)] divides the rows"))
      #expect(codes(result) == ["E604"])
      #expect(result.suppressed.map(\.diagnostic.code.code) == ["B502"])
      #expect(result.suppressed.map(\.reason) == ["divides the rows"])
    }
    #expect(codes(check(spec(batch: " # plumb: ignore[E604] x"))) == ["B502", "P901", "E604"])
  }

  @Test("on a line of its own it is about the next key with everything under it")
  func node() {
    #expect(codes(check(spec(above: "  # plumb: ignore[B502] x\n"))) == ["E604"])
    #expect(codes(check(spec(section: "# plumb: ignore[B502, E604] x\n"))) == [])
    #expect(
      codes(check(spec(above: "  # plumb: ignore[B502, E604] x\n"))) == ["P901", "E604"])
  }

  @Test("between the items of a list it is about the next item")
  func item() {
    let text = """
      plumb: 1
      data: {source: flowers.csv, target: kind, ignore: [code]}
      model:
        layers:
          - dense: {units: 8}
          # plumb: ignore[unknown-key] x
          - dense: {unit: 8}
            nam: a
          - dense: {unit: 9}

      """
    let result = check(text)
    #expect(result.suppressed.map(\.diagnostic.code.code) == ["K101", "K101"])
    #expect(result.diagnostics.contains { $0.code == .unknownKey })
    #expect(result.hasErrors)
  }

  @Test("in the head it is about the whole file, anywhere else it is refused")
  func file() {
    #expect(
      codes(check(spec(head: "# a spec\n# plumb: ignore-file[B502, E604] x\n---\n"))) == [])
    let late = check(spec(above: "  # plumb: ignore-file[B502] x\n"))
    #expect(codes(late) == ["P903", "B502", "E604"])
    let behind = check(spec(batch: " # plumb: ignore-file[B502] x"))
    #expect(codes(behind) == ["B502", "P903", "E604"])
  }

  @Test("a suppression in the head that was meant for the file says so when it is unused")
  func headNote() {
    let result = check(spec(head: "# plumb: ignore[B502] x\n"))
    #expect(codes(result) == ["P901", "B502", "E604"])
    #expect(result.diagnostics[0].notes.first?.contains("ignore-file") == true)
  }

  @Test("what names nothing, or is misspelt, is reported with a way out", arguments: [
    ("# plumb: ignore", "name"), ("# plumb: ignore because", "name"),
    ("# plumb: ignore[]", "name"), ("# plumb: ignore[B502,]", "name"),
    ("# plumb: ignore[B502", "never closed"), ("# plumb: ingore[B502] x", "`ingore`"),
    ("# plumb: noqa", "`noqa`"), ("# plumb: ignore-next-line[B502] x", "`ignore-next-line`"),
    ("# plumb: disable[B502] x", "`disable`"),
  ])
  func malformed(comment: String, words: String) throws {
    let result = check(spec(batch: " \(comment)"))
    #expect(codes(result) == ["B502", "P903", "E604"])
    let finding = try #require(result.diagnostics.first { $0.code.code == "P903" })
    #expect(finding.message.contains(words) && !finding.helps.isEmpty)
  }

  @Test("other comments are left alone", arguments: [
    "# plumb: 1", "# plumb is a line", "# plumb: the name of a tool", "# a # comment",
    "# plumbing: ignore[B502]",
  ])
  func others(comment: String) {
    #expect(codes(check(spec(batch: " \(comment)"))) == ["B502", "E604"])
  }

  @Test("a directive may follow other words of a comment")
  func behindWords() {
    let result = check(spec(batch: " # was 32 # plumb: ignore[B502]: faster here"))
    #expect(codes(result) == ["E604"])
    #expect(result.suppressed.map(\.reason) == ["faster here"])
  }

  @Test("an unused name is reported only when the whole spec was checked")
  func unused() {
    let comment = " # plumb: ignore[B502, B503] x"
    #expect(codes(check(spec(batch: comment))) == ["P901", "E604"].sorted { $0 > $1 })
    let blind = compile(SourceText(name: "a.yaml", text: spec(batch: comment)))
      .applyingSuppressions()
    #expect(!codes(blind).contains("P901"))
    let broken = check(spec(batch: comment) + "modle: 1\n")
    #expect(codes(broken) == ["K101"])
    #expect(codes(check(spec(batch: " # plumb: ignore[A208] x"))) == ["B502", "E604"])
  }

  @Test("syntax errors stay")
  func syntax() {
    let result = check(spec(head: "# plumb: ignore-file[Y101] x\n"))
    #expect(codes(result) == ["P905", "B502", "E604"])
    let broken = check("# plumb: ignore-file[Y121] x\nplumb: 1\ndata: [\n")
    #expect(codes(broken).contains { $0.hasPrefix("Y1") })
    #expect(broken.suppressed.isEmpty)
  }

  @Test("a suppressed error is still one for everything that needs the network")
  func errors() {
    let result = check(spec() + "modle: 1 # plumb: ignore[K101] x\n")
    #expect(result.diagnostics.isEmpty && result.hasErrors)
  }

  @Test("comments of a base count for what stands in the base")
  func base() {
    var files = MemoryFiles()
    files.texts["base.yaml"] = spec(batch: " # plumb: ignore[B502] x")
    let result = check("plumb: 1\nextends: base.yaml\n", files)
    #expect(codes(result) == ["E604"])
  }

  @Test("a comment inside a text is no comment")
  func text() {
    let result = check(spec() + "description: 'a # plumb: ignore-file[B502]'\n")
    #expect(codes(result) == ["B502", "E604"])
  }
}
