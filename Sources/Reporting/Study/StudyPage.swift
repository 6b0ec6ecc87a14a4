internal import Tuning

/// The page of a study: what was best, how it was found, and what it depended on.
public struct StudyPage: Sendable {
  private let study: ReportedStudy

  public init(_ study: ReportedStudy) { self.study = study }

  /// The whole document: the same for the same study, and nothing in it is fetched from elsewhere.
  public var html: String {
    var sections = [StudyResult(study).section, StudyHistory(study).section]
    if let front = ParetoSection(study) { sections.append(front.section) }
    sections.append(StudyValues(study).section)
    if study.space.dimensions.count > 1 { sections.append(StudyImportance(study).section) }
    if let curves = StudyCurves(study) { sections.append(curves.section) }
    sections.append(StudyTrials(study).section)
    let settings = study.settings
    return Page(
      title: "Study \(settings.name)",
      subtitle: """
        \(study.trials.count) trials of \(settings.space.dimensions.count) values for \
        \(study.objectiveWords)
        """,
      sections: sections,
      footer: """
        Plumb · sampler \(settings.sampler) · pruner \(settings.pruner) · seed \(settings.seed) · \
        \(settings.parallel) trials at a time
        """
    ).html
  }
}

extension ReportedStudy {
  /// Which way each objective is to go.
  var objectiveWords: String {
    zip(settings.directions, objectives).map {
      "\($0 == .minimize ? "small" : "large") \($1)"
    }.joined(separator: " and ")
  }
}

/// The best trial, and how many there were.
struct StudyResult {
  let study: ReportedStudy

  init(_ study: ReportedStudy) { self.study = study }

  var section: Page.Section {
    guard let best = study.ranked.first, let value = best.value else {
      let words =
        study.trials.isEmpty ? "There is no trial yet." : "No trial came to a result so far."
      return Page.Section(
        id: "result", title: "Result", content: paragraph(words) + facts(counts))
    }
    let banner = Markup(
      "div", ["class": "banner good"],
      Markup(
        "strong", [:],
        prose(
          "Trial \(best.number): `\(study.objectives[0])` \(numberWords(study.shown(value)))"))
        + paragraph(
          """
          The best of many is partly luck: its value here is better than what it gives on rows and \
          seeds that had no part in choosing it. `plumb tune` ends with such a measurement.
          """))
    let values = DataTable(
      caption: "What the best trial tries.", head: ["key", "value"],
      rows: study.space.dimensions.indices.map { index in
        (
          Markup("code", [:], study.space.dimensions[index].name),
          [.init(Markup("code", [:], study.words(best, index)))]
        )
      }, kind: "words")
    return Page.Section(
      id: "result", title: "Result", content: [banner, facts(counts), values.markup].joined)
  }

  private var counts: [(name: String, value: String)] {
    let states: [(Trial.State, String)] = [
      (.complete, "complete"), (.pruned, "ended early"), (.failed, "failed"),
      (.running, "running"), (.waiting, "waiting"),
    ]
    let found = states.compactMap { state, name -> (name: String, value: String)? in
      let count = study.trials.count { $0.state == state }
      return count > 0 || state == .complete ? (name, "\(count)") : nil
    }
    let broken = study.trials.count { !$0.isFeasible }
    return found + (broken > 0 ? [("break a constraint", "\(broken)")] : [])
  }
}

/// What came of the trials in their order.
struct StudyHistory {
  let study: ReportedStudy

  init(_ study: ReportedStudy) { self.study = study }

  var section: Page.Section {
    let charts = study.objectives.indices.compactMap(chart)
    let content =
      charts.isEmpty ? paragraph("No trial has a value so far.") : grid(charts)
    return Page.Section(id: "history", title: "History", content: content)
  }

  private func chart(_ objective: Int) -> Markup? {
    let points = study.trials.compactMap { trial -> HistoryChart.Point? in
      guard trial.values.indices.contains(objective), trial.isFeasible else { return nil }
      return .init(
        number: trial.number, value: study.shown(trial.values[objective], objective),
        isComplete: trial.state == .complete)
    }
    guard !points.isEmpty else { return nil }
    let name = study.objectives[objective]
    let chart = HistoryChart(
      points: points, valueName: name,
      isMaximized: study.settings.directions[objective] == .maximize)
    return figure(
      capitalised(name), chart.drawing("\(name) of \(points.count) trials by their number"),
      "Each trial's value; of one that was ended early, the last before that.")
  }
}

/// The curves of all trials, the best of them pointed out.
struct StudyCurves {
  private let study: ReportedStudy
  private let trials: [Trial]

  /// Nil where no trial has a curve.
  init?(_ study: ReportedStudy) {
    trials = study.trials.filter { $0.curve.count > 1 }
    guard !trials.isEmpty else { return nil }
    self.study = study
  }

  var section: Page.Section {
    let best = study.ranked.filter { $0.curve.count > 1 }.prefix(3)
    let numbers = Set(best.map(\.number))
    func curve(_ trial: Trial) -> ThreadChart.Curve {
      .init(
        name: "trial \(trial.number)",
        points: trial.curve.map { (Double($0.step), study.shown($0.value)) })
    }
    let chart = ThreadChart(
      curves: trials.filter { !numbers.contains($0.number) }.map(curve), marked: best.map(curve),
      xName: "step", yName: study.objectives[0])
    let early = trials.count { $0.state == .pruned }
    return Page.Section(
      id: "curves", title: "Curves",
      content: grid([
        figure(
          "On the way", chart.drawing("\(study.objectives[0]) of each trial by step"),
          """
          The value of each trial after each step by which trials are compared: an epoch, or one \
          of several runs. \(early) of \(study.trials.count) trials were ended early.
          """)
      ]))
  }
}
