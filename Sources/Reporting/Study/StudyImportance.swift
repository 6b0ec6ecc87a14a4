internal import Tuning

/// Which searched values matter, alone and in pairs.
struct StudyImportance {
  private let study: ReportedStudy
  private let importances: Importances?
  private let reason: String

  /// More maps would say little.
  private static let mostMaps = 4

  init(_ study: ReportedStudy) {
    self.study = study
    do throws(StudyError) {
      importances = try Importances(
        of: study.trials, in: study.space, seed: study.settings.seed)
      reason = ""
    } catch {
      (importances, reason) = (nil, error.message)
    }
  }

  var section: Page.Section {
    guard let importances else {
      return Page.Section(
        id: "importance", title: "What mattered", content: paragraph(capitalised(reason) + "."))
    }
    let figures = [bars(importances)] + importances.pairs.prefix(Self.mostMaps).map {
      map($0, importances)
    }
    let words = """
      Shares of how the objective varies over the whole space, from a forest fitted to \
      \(importances.trialCount) trials; the whiskers are where 95 of 100 such studies would have \
      them, which need not be around the true share: from a hundred trials a forest takes what \
      is strong for stronger and what is weak for weaker than it is. What a pair does is beyond \
      what each of the two does by itself. A sampler that learns \
      leaves most trials near the best values, so shares of far values rest on few.
      """
    return Page.Section(
      id: "importance", title: "What mattered",
      content: grid(figures) + paragraph(words, "note"))
  }

  private func bars(_ importances: Importances) -> Markup {
    func bar(_ name: String, _ share: Importances.Share, _ series: Int) -> BarChart.Bar {
      .init(
        name: name, value: share.value * 100,
        spread: (share.high - share.low) / 2 * 100, series: series,
        words: "\(Int((share.value * 100).rounded())) %")
    }
    let alone = importances.mains.map { bar(study.label($0.dimension), $0.share, 0) }
    let pairs = importances.pairs.prefix(Self.mostMaps).map {
      bar("\(study.label($0.first)) × \(study.label($0.second))", $0.share, 1)
    }
    let chart = BarChart(bars: alone + pairs, valueName: "share of the variance, %")
    return figure(
      "Alone and in pairs", chart.drawing("Shares of \(alone.count) values and their pairs"),
      "How much of `\(study.objectives[0])` goes with each value, and with pairs.")
  }

  private func map(_ pair: Importances.Pair, _ importances: Importances) -> Markup {
    func names(_ dimension: Int) -> [String] {
      (importances.mains.first { $0.dimension == dimension }?.levels ?? []).map {
        ReportedStudy.words(study.space.dimensions[dimension], $0.number)
      }
    }
    // Rows of the means are levels of the first, which lie on the axis to the right.
    let (columns, rows) = (names(pair.first), names(pair.second))
    let values = rows.indices.flatMap { row in
      columns.indices.map { column in
        pair.means[column][row].map { study.shown($0) }
      }
    }
    let map = HeatMap(
      xName: study.label(pair.first), yName: study.label(pair.second), columns: columns,
      rows: rows, values: values, isSmallDark: study.settings.directions[0] == .minimize)
    let best = zip(columns, pair.bestSecond).compactMap { column, number in
      number.map {
        "\(column): \(ReportedStudy.words(study.space.dimensions[pair.second], $0))"
      }
    }
    return figure(
      "\(study.label(pair.first)) × \(study.label(pair.second))",
      map.drawing("\(study.objectives[0]) by both"),
      """
      Dark is good; empty squares hold no trial. Best `\(study.label(pair.second))` for each \
      `\(study.label(pair.first))`: \(best.joined(separator: ", ")).
      """)
  }
}
