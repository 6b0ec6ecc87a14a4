/// A function that a written file has beside its class, where it is needed.
enum PythonHelper: Int, CaseIterable {
  case lookUp, periodic, number, truth, date, scaled, truths, bins, ranked, smooth, levels, oneHot
  case indices, parts

  /// What it calls itself.
  var needs: [PythonHelper] {
    switch self {
    case .scaled, .bins, .ranked: [.number]
    case .truths: [.truth, .scaled]
    case .truth: [.number]
    case .oneHot, .indices: [.levels]
    case .parts: [.date]
    case .lookUp, .periodic, .number, .date, .smooth, .levels: []
    }
  }

  /// The helpers with all that they need, in the order in which they are written.
  static func closure(_ helpers: Set<PythonHelper>) -> [PythonHelper] {
    var all = helpers
    var open = Array(helpers)
    while let helper = open.popLast() {
      for need in helper.needs where all.insert(need).inserted { open.append(need) }
    }
    return allCases.filter(all.contains)
  }

  var text: String {
    switch self {
    case .lookUp:
      """
      def look_up(table, levels):
          \"\"\"A row of the table for each number of a level; zeros for −1, which is none.\"\"\"
          rows = table(levels.long().clamp(min=0)) * (levels >= 0).unsqueeze(-1)
          return rows.flatten(1)
      """
    case .periodic:
      """
      def periodic(x, frequencies):
          \"\"\"Cosines and sines of each input; whole turns are taken off first.\"\"\"
          turns = x.unsqueeze(-1) * frequencies
          angle = 2 * math.pi * (turns - turns.round())
          return torch.cat([angle.cos(), angle.sin()], dim=2).flatten(1)
      """
    case .number:
      """
      def number(cell):
          \"\"\"A cell as a number, NaN where it is missing.\"\"\"
          return math.nan if cell is None or cell in MISSING else float(cell)
      """
    case .truth:
      """
      def truth(cell):
          \"\"\"A cell that says yes or no as 1 or 0, NaN where it is missing.\"\"\"
          if not isinstance(cell, str) or cell in MISSING:
              return number(cell)
          if cell.lower() in {"yes", "true", "y", "t", "on", "1", "1.0"}:
              return 1.0
          if cell.lower() in {"no", "false", "n", "f", "off", "0", "0.0"}:
              return 0.0
          raise ValueError(f"{cell!r} is neither yes nor no")
      """
    case .date: Self.dateText
    case .scaled:
      """
      def scaled(table, columns, read=number):
          \"\"\"Numbers, each less its centre and divided by its scale.\"\"\"
          fill, center, scale = torch.tensor(list(columns.values()), dtype=torch.float64).T
          cells = [[read(cell) for cell in table[name]] for name in columns]
          x = torch.tensor(cells, dtype=torch.float64).T
          return (torch.where(x.isnan(), fill, x) - center) / scale
      """
    case .truths:
      """
      def truths(table, columns):
          \"\"\"Columns of yes and no, scaled as numbers are.\"\"\"
          return scaled(table, columns, read=truth)
      """
    case .bins:
      """
      def bins(x, edges):
          \"\"\"For each bin the place of a number in it, from 0 to 1, open at the outer ends.\"\"\"
          edges = torch.tensor(edges, dtype=torch.float64)
          share = (x - edges[:-1]) / (edges[1:] - edges[:-1])
          share[:, 1:] = share[:, 1:].clamp(min=0)
          share[:, :-1] = share[:, :-1].clamp(max=1)
          return share
      """
    case .ranked: Self.rankedText
    case .smooth:
      """
      def smooth(x):
          \"\"\"Unchanged near 0, never beyond ±3.\"\"\"
          return x / (1 + (x / 3) ** 2).sqrt()
      """
    case .levels:
      """
      def level_numbers(cells, levels, only_known):
          \"\"\"The place of each cell among the levels; −1 for unknown and missing ones.\"\"\"
          places = {level: place for place, level in enumerate(levels)}
          if only_known:
              for cell in cells:
                  is_missing = cell is None or cell != cell or cell in MISSING
                  if not is_missing and str(cell) not in places:
                      raise ValueError(f"{cell!r} was not seen in training")
          return torch.tensor([places.get(str(cell), -1) for cell in cells])
      """
    case .oneHot:
      """
      def one_hot(cells, levels, other, only_known=False):
          \"\"\"An input for each level, and with `other` one more for all that are none.\"\"\"
          places = level_numbers(cells, levels, only_known)
          places = torch.where(places < 0, len(levels), places)
          return F.one_hot(places, len(levels) + 1)[:, :len(levels) + other]
      """
    case .indices:
      """
      def indices(cells, levels, other, only_known=False):
          \"\"\"The number of each level; with `other` all that are none are 0, else −1.\"\"\"
          return (level_numbers(cells, levels, only_known) + other).unsqueeze(1)
      """
    case .parts:
      """
      def parts(cells, order, parts):
          \"\"\"Parts of dates, each less its centre and divided by its scale.\"\"\"
          dates = [date(cell, order) for cell in cells]
          columns = []
          for part, (fill, center, scale) in parts.items():
              values = [fill if moment is None else part(moment) for moment in dates]
              columns.append((torch.tensor(values, dtype=torch.float64) - center) / scale)
          return torch.stack(columns, dim=1)
      """
    }
  }

  private static let dateText = #"""
    def date(cell, order):
        """A cell as a date in UTC, None where it is missing.

        `order` tells which of year (y), month (m) and day (d) comes first.
        """
        if cell is None or cell in MISSING:
            return None
        if isinstance(cell, datetime):
            return cell
        if not isinstance(cell, str):
            return datetime(1970, 1, 1) + timedelta(seconds=float(cell))
        form = r"(\d+)[-/.](\d+)[-/.](\d+)(?:[ T](\d+):(\d+)(?::(\d+(?:\.\d+)?))?(Z|[+-].+)?)?"
        found = re.fullmatch(form, cell)
        if not found:
            raise ValueError(f"{cell!r} is no date")
        day = dict(zip(order, map(int, found.group(1, 2, 3))))
        hour, minute, second = (float(text or 0) for text in found.group(4, 5, 6))
        offset = found.group(7) or "Z"
        if offset != "Z":
            digits = offset[1:].replace(":", "").ljust(4, "0")
            shift = int(digits[:2]) * 60 + int(digits[2:4])
            minute -= shift if offset[0] == "+" else -shift
        clock = timedelta(hours=hour, minutes=minute, seconds=second)
        return datetime(day["y"], day["m"], day["d"]) + clock
    """#

  private static let rankedText = #"""
    def ranked(cells, fill, knots, read=number):
        """The normal quantile of each number's rank among the knots; equal knots count half."""
        x = torch.tensor([read(cell) for cell in cells], dtype=torch.float64)
        x = torch.where(x.isnan(), fill, x)
        if len(knots) == 1:
            return torch.zeros(len(x), 1)
        knots = torch.tensor(knots, dtype=torch.float64)
        below = torch.searchsorted(knots, x)
        not_above = torch.searchsorted(knots, x, right=True)
        left = knots[(below - 1).clamp(min=0)]
        right = knots[below.clamp(max=len(knots) - 1)]
        between = below - 1 + (x - left) / (right - left)
        is_between = (below == not_above) & (below > 0) & (below < len(knots))
        place = torch.where(is_between, between, (below + not_above - 1) / 2)
        share = place / (len(knots) - 1)
        return torch.special.ndtri(share.clamp(0.001, 0.999)).unsqueeze(1)
    """#
}
