import Training

/// Which classes are taken for which, and how far probabilities can be trusted.
struct ClassesSection {
  let run: ReportedRun
  let matrix: ConfusionMatrix

  /// More classes would not fit a page; their commonest mistakes stand for them.
  private static let mostClasses = 16
  /// More curves could not be told apart.
  private static let mostCurves = 6

  /// Nil for a run that predicts numbers.
  init?(_ run: ReportedRun) {
    guard let matrix = run.outcome.breakdown?.confusion else { return nil }
    (self.run, self.matrix) = (run, matrix)
  }

  var section: Page.Section {
    // A large matrix needs the whole width.
    let isSmall = matrix.classes.count <= 5
    var parts = isSmall ? [grid([confusion, figures.markup])] : [confusion, figures.markup]
    if case .classes(let predictions)? = run.examination?.predictions,
      case .classes(let truth)? = run.examination?.truth
    {
      parts.append(grid(curves(predictions, truth)))
      if predictions.kind == .score {
        parts.append(
          paragraph(
            "The loss gives scores and no probabilities, so there is no calibration.", "note"))
      }
    }
    return Page.Section(id: "classes", title: "Classes", content: parts.joined)
  }

  private var partWords: String { run.outcome.verdict?.part ?? run.judged?.part ?? "test" }

  private var confusion: Markup {
    guard matrix.classes.count <= Self.mostClasses else { return mistakes.markup }
    let rows = matrix.classes.indices.map { actual in
      let total = max(1, matrix.actual(actual))
      let cells = matrix.counts[actual].enumerated().map { taken, count -> DataTable.Cell in
        let share = Double(count) / Double(total)
        let tint = "background:rgba(var(--tint),\(numberWords((share * 60).rounded() / 100)))"
        let name = taken == actual ? "right" : ""
        return .init(Markup("span", ["class": name], "\(count)"), style: tint)
      }
      return (name: Markup(matrix.classes[actual]), cells: cells)
    }
    return DataTable(
      caption: """
        True class by row, what it was taken for by column, on the \(partWords) rows; the shade \
        is the share of the row.
        """,
      head: ["true \\ taken for"] + matrix.classes, rows: rows, kind: "matrix"
    ).markup
  }

  /// The commonest mistakes.
  private var mistakes: DataTable {
    let size = matrix.classes.count
    let pairs = (0..<size * size).filter { $0 / size != $0 % size }
      .filter { matrix.counts[$0 / size][$0 % size] > 0 }
      .sorted { a, b in
        let (first, second) = (
          matrix.counts[a / size][a % size], matrix.counts[b / size][b % size]
        )
        return (-first, a) < (-second, b)
      }
    return DataTable(
      caption: "The most frequent mistakes on the \(partWords) rows.",
      head: ["true class", "taken for", "rows"],
      rows: pairs.prefix(20).map {
        (
          Markup(matrix.classes[$0 / size]),
          [.init(matrix.classes[$0 % size]), .init("\(matrix.counts[$0 / size][$0 % size])")]
        )
      })
  }

  private var figures: DataTable {
    DataTable(
      caption: """
        Of each class on the \(partWords) rows: how many of those taken for it are right, how many \
        of its rows were found, and the harmonic mean of the two.
        """,
      head: ["class", "rows", "precision", "recall", "f1"],
      rows: matrix.classes.indices.map { index in
        (
          Markup(matrix.classes[index]),
          [
            .init("\(matrix.actual(index))"), .init(numberWords(matrix.precision(index))),
            .init(matrix.recall(index).map(numberWords) ?? "–"),
            .init(numberWords(matrix.f1(index))),
          ]
        )
      })
  }

  /// ROC and precision-recall curves, and the reliability of probabilities.
  private func curves(_ predictions: ClassPredictions, _ truth: [Int]) -> [Markup] {
    let all = predictions.classes.count == 2 ? [1] : Array(predictions.classes.indices)
    let rankings = all.map {
      (name: predictions.classes[$0], curve: Ranking(of: $0, predictions, truth))
    }
    let drawn = rankings.filter { $0.curve.rocArea != nil }
      .sorted { ($0.curve.rocArea ?? 0) < ($1.curve.rocArea ?? 0) }.prefix(Self.mostCurves)
    let rest =
      drawn.count < rankings.count
      ? " Drawn are the \(drawn.count) classes with the smallest area." : ""
    func measured(_ name: String) -> String {
      run.judged?.metrics[name].map(numberWords) ?? "–"
    }
    let mean = all.count > 1 ? ", mean of the classes, each against the rest" : ""
    var figures: [Markup] = []
    if !drawn.isEmpty {
      figures.append(
        curve(
          "ROC", ("false positive rate", "true positive rate"), hasDiagonal: true,
          drawn.map { ($0.name, $0.curve.roc, $0.curve.rocArea ?? 0) },
          "Area \(measured("roc_auc"))\(mean).\(rest)"))
      figures.append(
        curve(
          "Precision and recall", ("recall", "precision"), hasDiagonal: false,
          drawn.map { ($0.name, $0.curve.precisionRecall, $0.curve.averagePrecision ?? 0) },
          """
          Average precision \(measured("average_precision"))\(mean). Without a model, precision \
          would be the share of the class.\(rest)
          """))
    }
    if let calibration = Calibration(predictions, truth) {
      figures.append(reliability(calibration, truth.count))
    }
    return figures
  }

  private func curve(
    _ title: String, _ names: (String, String), hasDiagonal: Bool,
    _ lines: [(String, [Ranking.Point], Double)], _ caption: String
  ) -> Markup {
    let isSingle = lines.count == 1
    let chart = LineChart(
      xName: names.0, yName: names.1,
      lines: lines.map { name, points, area in
        .init(
          name: isSingle ? name : "\(name) \(numberWords(area))",
          points: points.map { ($0.x, $0.y) })
      }, x: .shares, y: .shares, hasDiagonal: hasDiagonal)
    let areas = lines.map { numberWords($0.2) }.joined(separator: ", ")
    let of = isSingle ? " of \(lines[0].0)" : ""
    return figure(
      title + (isSingle ? ": \(lines[0].0)" : ""),
      chart.drawing("\(title) curve\(of), area \(areas)"),
      caption)
  }

  private func reliability(_ calibration: Calibration, _ rows: Int) -> Markup {
    let what = calibration.ofClass.map { "`\($0)`" } ?? "the most probable class"
    let error = numberWords(calibration.expectedError)
    return figure(
      "Calibration",
      ReliabilityChart(calibration).drawing(
        "Observed share over predicted probability; expected calibration error \(error)"),
      """
      Probability of \(what) in ten bins, with 95 % intervals; grey: how many of the \(rows) rows \
      a bin has. Expected calibration error \(error): on the dashed line it would be 0.
      """)
  }
}
