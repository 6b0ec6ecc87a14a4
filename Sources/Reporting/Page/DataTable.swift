/// A table whose first column names its rows.
struct DataTable {
  struct Cell {
    var content: Markup
    /// A declaration of the style sheet's language; empty for none.
    var style = ""

    init(_ words: String) { content = Markup(words) }
    init(_ content: Markup, style: String = "") { (self.content, self.style) = (content, style) }
  }

  var caption: String
  var head: [String]
  var rows: [(name: Markup, cells: [Cell])]
  /// Classes of the style sheet: `words` for text in place of figures, `matrix`, `spec`.
  var kind = ""

  /// The table in a frame that can be scrolled, also by keys.
  var markup: Markup {
    let names = head.map { Markup("th", ["scope": "col"], $0) }
    let lines = rows.map { row in
      Markup(
        "tr", [:],
        Markup("th", ["scope": "row"], row.name)
          + row.cells.map { cell in
            cell.style.isEmpty
              ? Markup("td", [:], cell.content)
              : Markup("td", ["style": cell.style], cell.content)
          }.joined)
    }
    let table = [
      Markup("caption", [:], prose(caption)),
      Markup("thead", [:], Markup("tr", [:], names.joined)),
      Markup("tbody", [:], lines.joined),
    ]
    return Markup(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      Markup("table", ["class": kind], table.joined))
  }
}
