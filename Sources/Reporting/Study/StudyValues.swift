internal import Tuning

/// How what came of trials goes with what they tried.
struct StudyValues {
  let study: ReportedStudy

  init(_ study: ReportedStudy) { self.study = study }

  /// More single charts are left out.
  private static let mostSlices = 12

  var section: Page.Section {
    let ranked = study.ranked
    guard ranked.count > 1 else {
      return Page.Section(
        id: "values", title: "Values",
        content: paragraph("It takes two complete trials to compare what they tried."))
    }
    let all = Markup(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "All values"],
      threads(ranked))
    let drawing = Markup(
      "figure", ["class": "broad"],
      Markup("h3", [:], "All values together") + all
        + Markup(
          "figcaption", [:],
          prose(
            """
            A thread for each complete trial; the best tenth in colour, the best four tenths in \
            a darker shade. `\(study.objectives[0])` is the last axis, with the better end on top.
            """)))
    let slices = study.space.dimensions.indices.prefix(Self.mostSlices).map { slice($0, ranked) }
    return Page.Section(
      id: "values", title: "Values", content: drawing + Markup("h3", [:], "One by one")
        + grid(slices))
  }

  private func threads(_ ranked: [Trial]) -> Markup {
    let values = ranked.compactMap(\.value)
    var axes = study.space.dimensions.indices.map {
      ParallelChart.Axis(name: study.label($0), scale: study.scale(study.space.dimensions[$0]))
    }
    // The better end on top: small values of ours are good.
    let range = (low: -(values.max() ?? 0), high: -(values.min() ?? 0))
    let marks = [range.low, range.high].map {
      Scale.Tick(value: $0, label: numberWords(study.shown(-$0)))
    }
    axes.append(
      .init(
        name: study.objectives[0],
        scale: Scale(low: range.low, high: max(range.high, range.low + 1e-12), ticks: marks)))
    let chart = ParallelChart(
      axes: axes,
      threads: ranked.enumerated().map { place, trial in
        .init(
          values: trial.parameters + [trial.value.map { -$0 }],
          rank: Double(place) / Double(max(1, ranked.count - 1)))
      })
    return chart.drawing("Values of \(ranked.count) trials over \(axes.count) axes")
  }

  /// Values of one dimension beside what came of them.
  private func slice(_ index: Int, _ ranked: [Trial]) -> Markup {
    let dimension = study.space.dimensions[index]
    let points = ranked.compactMap { trial -> SliceChart.Point? in
      guard let number = trial.parameters[index], let value = trial.value else { return nil }
      return .init(x: number, y: study.shown(value))
    }
    let chart = SliceChart(
      points: points, x: study.scale(dimension),
      xName: dimension.isLogarithmic ? "\(study.label(index)), logarithmic" : study.label(index),
      yName: study.objectives[0])
    return figure(
      study.label(index),
      chart.drawing("\(study.objectives[0]) of \(points.count) trials by \(dimension.name)"),
      "`\(dimension.name)`")
  }
}

/// The trials that no other beats in both objectives.
struct ParetoSection {
  private let study: ReportedStudy

  /// Nil of one objective.
  init?(_ study: ReportedStudy) {
    guard study.objectives.count > 1 else { return nil }
    self.study = study
  }

  var section: Page.Section {
    let front = study.front.sorted { $0.values[0] < $1.values[0] }
    guard !front.isEmpty else {
      return Page.Section(
        id: "front", title: "Front", content: paragraph("No trial is complete so far."))
    }
    let numbers = Set(front.map(\.number))
    func point(_ trial: Trial) -> SliceChart.Point {
      .init(
        x: study.shown(trial.values[0], 0), y: study.shown(trial.values[1], 1),
        isMarked: numbers.contains(trial.number))
    }
    let trials = study.ranked.filter { $0.values.count > 1 }
    let xs = trials.map { study.shown($0.values[0], 0) }
    var chart = SliceChart(
      points: trials.map(point), x: Scale.fitting(xs), xName: study.objectives[0],
      yName: study.objectives[1])
    chart.stairs = front.map { (point($0).x, point($0).y) }
    let table = DataTable(
      caption: "The front: of these, more of one is less of the other.",
      head: ["trial"] + study.objectives
        + study.space.dimensions.indices.map { study.label($0) },
      rows: front.map { trial in
        (
          Markup("\(trial.number)"),
          trial.values.indices.map { .init(numberWords(study.shown(trial.values[$0], $0))) }
            + study.space.dimensions.indices.map { .init(study.words(trial, $0)) }
        )
      })
    return Page.Section(
      id: "front", title: "Front",
      content: grid(
        [
          figure(
            "Both objectives",
            chart.drawing("\(front.count) of \(trials.count) trials are on the front"),
            "Trials on the line are beaten by no other in both."), table.markup,
        ], isWide: true))
  }
}

/// All trials, the best first.
struct StudyTrials {
  let study: ReportedStudy

  init(_ study: ReportedStudy) { self.study = study }

  private static let mostTrials = 500

  var section: Page.Section {
    let ranked = study.ranked
    let numbers = Set(ranked.map(\.number))
    let all = ranked + study.trials.filter { !numbers.contains($0.number) }
    let left = all.count - Self.mostTrials
    let table = DataTable(
      caption: left > 0
        ? "The best \(Self.mostTrials) trials; \(left) more are left out." : "Best first.",
      head: ["trial", "state"] + study.objectives
        + study.space.dimensions.indices.map { study.label($0) },
      rows: all.prefix(Self.mostTrials).map { trial in
        (
          Markup("\(trial.number)"),
          [.init(Self.words(trial))]
            + study.objectives.indices.map { index in
              .init(
                trial.values.indices.contains(index)
                  ? numberWords(study.shown(trial.values[index], index)) : "–")
            } + study.space.dimensions.indices.map { .init(study.words(trial, $0)) }
        )
      })
    return Page.Section(id: "trials", title: "Trials", content: table.markup)
  }

  private static func words(_ trial: Trial) -> String {
    guard trial.isFeasible else { return "breaks a constraint" }
    return trial.state == .pruned ? "ended early" : trial.state.rawValue
  }
}
