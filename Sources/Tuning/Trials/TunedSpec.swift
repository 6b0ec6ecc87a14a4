public import SpecCompiler
public import SpecSyntax
internal import Tables

/// The spec of a trial as a text: the author's own, with the values of the trial and without what
/// is searched.
public struct TunedSpec: Sendable {
  /// What is written where.
  public struct Value: Sendable, Hashable {
    public var path: SpecPath
    /// YAML text.
    public var text: String

    public init(_ path: SpecPath, _ text: String) { (self.path, self.text) = (path, text) }
  }

  /// The text with its head.
  public let source: SourceText

  /// Edits the values into the author's text.
  ///
  /// A value that cannot be set alone, because what is around it is not written or is shared by an
  /// alias, is written with what is around it, as `effective` has it.
  ///
  /// - Parameter head: lines of a comment for the top of the file.
  public init(
    _ source: SourceText, setting values: [Value], effective: Compilation, head: [String],
    named name: String
  ) throws(StudyError) {
    var text = SourceText(name: name, bytes: source.bytes)
    for value in values { text = try Self.set(value, in: text, effective) }
    if let edit = Self.removingSearch(text) {
      text = SourceText(name: name, bytes: apply([edit], to: text))
    }
    self.source = SourceText(name: name, bytes: Self.headed(text, head))
  }

  /// The edit that removes what is searched, with the comment right above it and, at the end of the
  /// text, the blank lines before it.
  private static func removingSearch(_ text: SourceText) -> Edit? {
    guard let tree = tree(text), let key = tree.root.mapping?.entry("search")?.key,
      let edit = removingEdit("search", in: tree, of: text)
    else { return nil }
    let line = text.lineIndex(of: key.range.lower)
    guard edit.range.lower == text.lineStarts[line] else { return edit }
    var first = line
    func starts(with wanted: (UInt8?) -> Bool) -> Bool {
      first > 0 && wanted(text.bytes[text.lineRange(first - 1)].first { $0 != 0x20 })
    }
    while starts(with: { $0 == UInt8(ascii: "#") }) { first -= 1 }
    // Comments at the top of the text are about all of it.
    if first == 0 { first = line }
    if edit.range.upper >= text.bytes.count {
      while starts(with: { $0 == nil }) { first -= 1 }
    }
    return Edit(
      SourceRange(
        source: edit.range.source, lower: text.lineStarts[first], upper: edit.range.upper), "")
  }

  private static func tree(_ text: SourceText) -> SyntaxTree? {
    var log = DiagnosticLog()
    return parse(text, into: &log)
  }

  private static func set(
    _ value: Value, in text: SourceText, _ effective: Compilation
  ) throws(StudyError) -> SourceText {
    var (path, written) = (value.path, value.text)
    while let tree = tree(text), !path.steps.isEmpty {
      if let edit = settingEdit(path, to: written, in: tree, of: text) {
        return SourceText(name: text.name, bytes: apply([edit], to: text))
      }
      path = path.parent
      guard let node = effective.tree?.root.at(path) else { break }
      written = JSONValue(node).yamlText
    }
    throw StudyError(
      "`\(value.path)` cannot be written into `\(text.name)`",
      hints: ["write it yourself: \(value.path): \(value.text)"])
  }

  // MARK: The head

  private static let seal = "# sha256 of what follows: "

  /// The text below its head, whose last line is a digest of the rest.
  private static func headed(_ text: SourceText, _ head: [String]) -> [UInt8] {
    let mark = text.hasByteOrderMark ? 3 : 0
    let body = Array(text.bytes[mark...])
    let lines = head.map { "# \(escapedForTerminal($0))\n" } + [seal + digest(body[...]) + "\n"]
    return Array(text.bytes[..<mark]) + Array(lines.joined().utf8) + body
  }

  /// Whether a text is one that was written here and not changed since.
  public static func isUntouched(_ bytes: [UInt8]) -> Bool {
    let text = SourceText(name: "", bytes: bytes)
    var place = text.hasByteOrderMark ? 3 : 0
    while place < bytes.count, bytes[place] == UInt8(ascii: "#") {
      let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      let line = text.text(place..<end)
      place = min(end + 1, bytes.count)
      if line.hasPrefix(seal) { return line.dropFirst(seal.count) == digest(bytes[place...]) }
    }
    return false
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> String {
    String(sha256(Array(bytes)).prefix(16))
  }
}
