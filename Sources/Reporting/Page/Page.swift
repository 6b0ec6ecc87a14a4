/// A page of its own: no script, no picture or font from elsewhere, nothing to be fetched.
struct Page {
  /// A part of a page, with its place in the list at the top.
  struct Section {
    /// A word without blanks.
    var id: String
    var title: String
    var content: Markup
  }

  var title: String
  var subtitle: String
  var sections: [Section]
  var footer: String

  /// The whole document, well formed as XML too.
  var html: String {
    let links = sections.map {
      Markup("li", [:], Markup("a", ["href": "#\($0.id)"], $0.title))
    }
    let parts = sections.map { section in
      Markup(
        "section", ["id": section.id, "aria-labelledby": "\(section.id)-title"],
        Markup("h2", ["id": "\(section.id)-title"], section.title) + section.content)
    }
    let body = [
      Markup("a", ["class": "skip", "href": "#content"], "To the content"),
      Markup(
        "header", [:], Markup("h1", [:], title) + Markup("p", ["class": "sub"], subtitle)),
      Markup("nav", ["aria-label": "Parts of this page"], Markup("ul", [:], links.joined)),
      Markup("main", ["id": "content"], parts.joined),
      Markup("footer", [:], Markup("p", [:], footer)),
    ]
    return "<!DOCTYPE html>\n"
      + Markup("html", ["lang": "en"], head + Markup("body", [:], body.joined)).text + "\n"
  }

  private var head: Markup {
    // Names in a table are somebody else's words: whatever they hold, nothing runs or is fetched.
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    return Markup(
      "head", [:],
      [
        .empty("meta", ["charset": "utf-8"]),
        .empty("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        .empty(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        Markup("title", [:], title),
        Markup("style", [:], Markup(raw: PageStyle.text)),
      ].joined)
  }
}

/// A drawing with its title and what it says.
func figure(_ title: String, _ drawing: Markup, _ caption: String) -> Markup {
  Markup(
    "figure", [:],
    Markup("h3", [:], title) + drawing + Markup("figcaption", [:], prose(caption)))
}

/// Drawings side by side where there is room; tables want more of it.
func grid(_ figures: [Markup], isWide: Bool = false) -> Markup {
  Markup("div", ["class": isWide ? "grid wide" : "grid"], figures.joined)
}

/// Words in which what stands in backticks is code.
func prose(_ words: String) -> Markup {
  let parts = words.split(separator: "`", omittingEmptySubsequences: false)
  // A lone backtick is a backtick.
  guard parts.count % 2 == 1 else { return Markup(words) }
  return parts.enumerated().reduce(Markup()) { markup, part in
    guard !part.element.isEmpty else { return markup }
    return markup
      + (part.offset % 2 == 1
        ? Markup("code", [:], String(part.element)) : Markup(String(part.element)))
  }
}

/// Words in a paragraph.
func paragraph(_ words: String, _ name: String = "") -> Markup {
  name.isEmpty ? Markup("p", [:], prose(words)) : Markup("p", ["class": name], prose(words))
}

/// A row of figures with their names.
func facts(_ entries: [(name: String, value: String)]) -> Markup {
  Markup(
    "ul", ["class": "facts"],
    entries.map {
      Markup("li", [:], Markup("span", [:], $0.name + " ") + Markup("b", [:], $0.value))
    }.joined)
}
