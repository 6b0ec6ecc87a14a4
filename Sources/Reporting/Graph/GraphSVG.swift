extension GraphPicture {
  /// The network as a drawing that stands alone: light or dark as its reader's screen.
  public var svg: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing.text + "\n"
  }

  /// The drawing as part of a page.
  var drawing: Markup {
    let layout = LayeredLayout(sizes: boxes.map(\.size), arrows: arrows)
    let margin = 12.0
    let width = (layout.width + 2 * margin).rounded(.up)
    let height = (layout.height + 2 * margin).rounded(.up)
    let words = "\(title): \(boxes.count - 1) layers from the input, above, to the output"
    let head = [
      Markup("title", ["id": "plumb-graph-title"], title),
      Markup("desc", ["id": "plumb-graph-text"], words),
      Markup("style", [:], Markup(raw: Self.style)), Self.arrowhead,
    ]
    let lines = arrows.indices.map { line(layout.points(ofArrow: $0)) }
    let shapes = zip(boxes, layout.places).map { shape($0, at: $1) }
    let group = Markup(
      "g", ["transform": "translate(\(coordinate(margin)) \(coordinate(margin)))"],
      (lines + shapes).joined)
    return Markup(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "plumb-graph",
        "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))",
        "width": coordinate(width), "height": coordinate(height), "role": "img",
        "aria-labelledby": "plumb-graph-title plumb-graph-text",
      ], (head + [group]).joined)
  }

  private func shape(_ box: Box, at place: LayeredLayout.Place) -> Markup {
    let left = place.x - place.width / 2
    let kind =
      switch box.kind {
      case .input: "input"
      case .layer: "layer"
      case .output: "output"
      }
    var parts = [
      Markup("title", [:], box.lines.joined(separator: " · ")),
      Markup.empty(
        "rect",
        [
          "x": coordinate(left), "y": coordinate(place.top), "width": coordinate(place.width),
          "height": coordinate(place.height), "rx": box.kind == .layer ? "6" : "16",
        ]),
    ]
    for (index, line) in box.shown.enumerated() {
      parts.append(
        Markup(
          "text",
          [
            "x": coordinate(place.x),
            "y": coordinate(place.top + Box.padding + Double(index) * Box.lineHeight + 11),
            "class": index == 0 ? "name" : "",
          ], line))
    }
    return Markup("g", ["class": kind], parts.joined)
  }

  /// A line straight through the layers that it passes, bent between them.
  private func line(_ points: [(x: Double, y: Double)]) -> Markup {
    guard let first = points.first else { return Markup() }
    var path = "M\(coordinate(first.x)) \(coordinate(first.y))"
    var before = first
    for (index, point) in points.enumerated().dropFirst() {
      // The head of the arrow needs some room.
      let y = index == points.count - 1 ? point.y - 5 : point.y
      if index % 2 == 0 || before.x == point.x {
        path += "L\(coordinate(point.x)) \(coordinate(y))"
      } else {
        let middle = coordinate((before.y + y) / 2)
        path +=
          "C\(coordinate(before.x)) \(middle) \(coordinate(point.x)) \(middle) "
          + "\(coordinate(point.x)) \(coordinate(y))"
      }
      before = (point.x, y)
    }
    return Markup.empty("path", ["class": "arrow", "d": path, "marker-end": "url(#plumb-arrow)"])
  }

  private static let arrowhead = Markup(
    "defs", [:],
    Markup(
      "marker",
      [
        "id": "plumb-arrow", "viewBox": "0 0 8 8", "refX": "3", "refY": "4", "markerWidth": "7",
        "markerHeight": "7", "orient": "auto",
      ], Markup.empty("path", ["d": "M0 0L8 4L0 8z"])))

  /// Dark on dark screens; light on paper.
  private static let style = """
    .plumb-graph{--ink:#1b2430;--soft:#566272;--paper:#fff;--line:#8793a3;--in:#e7f0fb;\
    --out:#e3f5ea;max-width:100%;height:auto;background:var(--paper)}
    @media screen and (prefers-color-scheme:dark){.plumb-graph{--ink:#e6ebf2;--soft:#a3afbf;\
    --paper:#171c23;--line:#6d7a8c;--in:#1c3350;--out:#173a29}}
    .plumb-graph text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;\
    text-anchor:middle;fill:var(--soft)}
    .plumb-graph text.name{font-weight:600;font-size:13px;fill:var(--ink)}
    .plumb-graph rect{fill:var(--paper);stroke:var(--line);stroke-width:1.2}
    .plumb-graph .input rect{fill:var(--in)}
    .plumb-graph .output rect{fill:var(--out)}
    .plumb-graph .arrow{fill:none;stroke:var(--line);stroke-width:1.4}
    .plumb-graph marker path{fill:var(--line)}
    """
}

extension GraphPicture.Box {
  static let lineHeight = 16.0
  static let padding = 8.0
  /// Room for all lines in a usual font; wide characters count double.
  var size: (width: Double, height: Double) {
    let widest =
      shown.enumerated().map { index, line in
        line.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2E7F ? 13.5 : 6.6) }
          * (index == 0 ? 1.15 : 1)
      }.max() ?? 0
    return (max(96, widest + 24), Double(shown.count) * Self.lineHeight + 2 * Self.padding)
  }
}
