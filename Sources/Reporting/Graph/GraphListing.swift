public import SpecSyntax

extension GraphPicture {
  /// The network as a list: what each layer computes, and from what.
  public func listing(style: TextStyle = .plain) -> String {
    var table = TextTable(["layer", "=", "work", "of", "shape", "parameters"], leading: 5)
    for (index, box) in boxes.enumerated() {
      let sources = arrows.filter { $0.to == index }.map { boxes[$0.from].name }
      let count = box.parameters.split(separator: " ").first.map(String.init) ?? ""
      table.add([
        box.name, box.kind == .input ? "" : "=", box.work, sources.joined(separator: ", "),
        box.shape, count,
      ])
    }
    return table.lines(style: style).joined(separator: "\n")
  }
}
