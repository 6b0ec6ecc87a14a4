import SpecSyntax

extension GraphPicture {
  /// The network in the language of Graphviz.
  public var dot: String {
    var lines = [
      "digraph \(quoted(title)) {", "  rankdir=TB;",
      "  node [shape=box, style=rounded, fontname=\"Helvetica\"];",
    ]
    for (index, box) in boxes.enumerated() {
      let label = box.shown.map(plain).joined(separator: "\\n")
      lines.append("  n\(index) [label=\"\(label)\"];")
    }
    lines += arrows.map { "  n\($0.from) -> n\($0.to);" }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private func quoted(_ text: String) -> String { "\"\(plain(text))\"" }

  /// Text as it may stand between quotes.
  private func plain(_ text: String) -> String {
    escapedForTerminal(text).reduce(into: "") { result, character in
      if character == "\"" || character == "\\" { result += "\\" }
      result.append(character)
    }
  }
}
