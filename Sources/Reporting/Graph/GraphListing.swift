public import SpecSyntax

extension GraphPicture {
  /// The network as a list: what each layer computes, and from what.
  public func listing(style: TextStyle = .plain) -> String {
    let isSet = boxes.contains { !$0.settings.isEmpty }
    let head = ["layer", "=", "work"] + (isSet ? ["with"] : []) + ["of", "shape"]
    var table = TextTable(head + ["parameters"], leading: head.count)
    for (index, box) in boxes.enumerated() {
      let sources = arrows.filter { $0.to == index }.map { boxes[$0.from].name }
      let count = box.parameters.split(separator: " ").first.map(String.init) ?? ""
      let settings = isSet ? [shortened(box.settings, to: Box.greatestLength)] : []
      table.add(
        [box.name, box.kind == .input ? "" : "=", box.work] + settings
          + [sources.joined(separator: ", "), box.shape, count])
    }
    return table.lines(style: style).joined(separator: "\n")
  }
}
