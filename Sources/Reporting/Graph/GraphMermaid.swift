import SpecSyntax

extension GraphPicture {
  /// The network as a flowchart of Mermaid, which Markdown of GitHub and GitLab shows.
  public var mermaid: String {
    var lines = ["flowchart TB"]
    for (index, box) in boxes.enumerated() {
      let label = box.shown.map(plain).joined(separator: "<br/>")
      lines.append(
        box.kind == .layer ? "  n\(index)[\"\(label)\"]" : "  n\(index)([\"\(label)\"])")
    }
    lines += arrows.map { "  n\($0.from) --> n\($0.to)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text as it may stand between quotes: what Mermaid reads as markup becomes its own codes.
  private func plain(_ text: String) -> String {
    escapedForTerminal(text).unicodeScalars.reduce(into: "") { result, character in
      let isSafe =
        character.properties.isAlphabetic || character.properties.numericType != nil
        || " _-+.,→×".unicodeScalars.contains(character)
      result += isSafe ? String(character) : "#\(character.value);"
    }
  }
}
