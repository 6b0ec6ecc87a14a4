/// Parts of a line that are left out one by one, the least important first, until it fits.
struct FittedLine {
  struct Part {
    var text: String
    /// The greatest goes first.
    var rank: Int
    /// What stands for the text where it is the last part and still too wide, best first.
    var shorter: [String] = []
    var ink = TerminalLook.Ink.plain
    /// How many columns it takes.
    var width: Int
    private var painted: String?

    init(
      _ text: String, rank: Int, ink: TerminalLook.Ink = .plain, shorter: [String] = []
    ) {
      (self.text, self.rank, self.ink, width) = (text, rank, ink, text.count)
      self.shorter = shorter
    }

    /// A bar of so many columns that is full up to a share of it.
    init(bar width: Int, share: Double, _ look: TerminalLook) {
      self.init("", rank: 4)
      self.width = width
      switch look.characters {
      case .unicode:
        let filled = Int((Double(width) * share).rounded(.down))
        painted =
          look.paint(String(repeating: "━", count: filled), .done)
          + look.paint(String(repeating: "─", count: width - filled), .secondary)
      case .ascii:
        let filled = Int((Double(width - 2) * share).rounded(.down))
        painted =
          "[" + String(repeating: "#", count: filled)
          + String(repeating: "-", count: width - 2 - filled) + "]"
      }
    }

    /// The time that is spent, and, while a second or more is left, how much.
    static func times(_ spent: String, _ bound: String, left: Double?) -> [Part] {
      let elapsed = Part(spent, rank: 5, ink: .secondary)
      guard let left, left >= 1 else { return [elapsed] }
      return [elapsed, Part("\(bound)\(timeText(left)) left", rank: 2)]
    }

    func shown(_ look: TerminalLook) -> String { painted ?? look.paint(text, ink) }
  }

  private let parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }

  /// The line in at most so many columns; empty where not even a part of it fits, for half a
  /// number would be another number.
  func text(_ columns: Int, _ look: TerminalLook) -> String {
    let kept = fitting(columns)
    if kept.count == 1, kept[0].width > columns {
      return look.paint(kept[0].shorter.first { $0.count <= columns } ?? "", kept[0].ink)
    }
    return kept.map { $0.shown(look) }.joined(separator: "  ")
  }

  /// How many columns the line takes where so many are there.
  func width(_ columns: Int) -> Int { Self.width(fitting(columns)) }

  private func fitting(_ columns: Int) -> [Part] {
    var kept = parts
    while Self.width(kept) > columns, kept.count > 1,
      let worst = kept.indices.max(by: { kept[$0].rank < kept[$1].rank })
    {
      kept.remove(at: worst)
    }
    return kept
  }

  /// A heading: what is counted, a bar of the share that is done where there is room, and times.
  static func heading(
    _ counts: [Part], share: Double, _ times: [Part], _ width: Int, _ look: TerminalLook
  ) -> String {
    var counts = counts
    let room = width - Self(counts + times).width(width) - 2
    if room >= 8 { counts.append(Part(bar: min(room, 32), share: share, look)) }
    return Self(counts + times).text(width, look)
  }

  private static func width(_ parts: [Part]) -> Int {
    parts.reduce(0) { $0 + $1.width } + 2 * max(0, parts.count - 1)
  }
}
