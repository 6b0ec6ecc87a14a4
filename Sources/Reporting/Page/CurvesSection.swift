import Training

/// How training went, epoch by epoch.
struct CurvesSection {
  let run: ReportedRun

  init(_ run: ReportedRun) { self.run = run }

  var section: Page.Section {
    let epochs = run.run.epochs
    var figures = [loss(epochs)]
    for name in Set(epochs.flatMap(\.metrics.keys)).sorted() {
      figures.append(metric(name, epochs))
    }
    figures += [rate(epochs), gradient(epochs)]
    let stop =
      switch run.outcome.stopped {
      case .finished: "All \(run.outcome.epochs) epochs were trained."
      case .earlyStopping:
        "Training stopped after \(run.outcome.epochs) epochs, as there was no more progress."
      case .interrupted: "Training was interrupted after \(run.outcome.epochs) epochs."
      }
    let thinned =
      epochs.count > 4 * LineChart.mostPieces
      ? " Of so many epochs, the curves show the least and the greatest values." : ""
    return Page.Section(
      id: "training", title: "Training", content: paragraph(stop + thinned) + grid(figures))
  }

  private var mark: (x: Double, name: String) {
    (Double(run.outcome.bestEpoch), "best: epoch \(run.outcome.bestEpoch)")
  }

  private func chart(
    _ yName: String, _ lines: [LineChart.Line], isMarked: Bool = true
  ) -> LineChart {
    LineChart(xName: "epoch", yName: yName, lines: lines, mark: isMarked ? mark : nil)
  }

  private func points(
    _ epochs: [EpochReport], _ value: (EpochReport) -> Double?
  ) -> [(x: Double, y: Double)] {
    epochs.compactMap { epoch in value(epoch).map { (Double(epoch.epoch), $0) } }
  }

  private func loss(_ epochs: [EpochReport]) -> Markup {
    let training = points(epochs) { $0.trainingLoss }
    let validation = points(epochs) { $0.validationLoss }
    var lines = [LineChart.Line(name: "training", points: training)]
    if !validation.isEmpty { lines.append(.init(name: "validation", points: validation)) }
    let best = epochs.first { $0.epoch == run.outcome.bestEpoch }
    let value = best?.validationLoss.map { ": \(numberWords($0)) on the validation rows" } ?? ""
    return figure(
      "Loss",
      chart("loss", lines).drawing(
        "Loss of training and validation rows by epoch; best at epoch \(run.outcome.bestEpoch)"),
      """
      Best at epoch \(run.outcome.bestEpoch)\(value). The training loss is the mean over an \
      epoch's steps, with dropout and smoothing where the spec has them.
      """)
  }

  private func metric(_ name: String, _ epochs: [EpochReport]) -> Markup {
    let values = points(epochs) { $0.metrics[name] }
    return figure(
      "Validation \(name)",
      chart(name, [.init(name: name, points: values)]).drawing("\(name) by epoch"),
      "The metric that decides which epoch is best.")
  }

  private func rate(_ epochs: [EpochReport]) -> Markup {
    let values = points(epochs) { $0.learningRate }
    let (first, last) = (values.first?.y ?? 0, values.last?.y ?? 0)
    return figure(
      "Learning rate",
      chart("rate", [.init(name: "rate", points: values)]).drawing("Learning rate by epoch"),
      "Of each epoch's last step: \(numberWords(first)) first, \(numberWords(last)) last.")
  }

  private func gradient(_ epochs: [EpochReport]) -> Markup {
    let values = points(epochs) { $0.gradientNorm }
    return figure(
      "Length of the gradient",
      chart("length", [.init(name: "length", points: values)]).drawing(
        "Greatest length of the gradient by epoch"),
      "The greatest in each epoch, before clipping. Jumps mean steps that went astray.")
  }
}
