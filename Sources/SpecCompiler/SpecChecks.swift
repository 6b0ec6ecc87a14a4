import NetworkGraph
import SpecSyntax
import Tables

/// Checks of a spec's sections against each other, once the task is known.
struct SpecChecks {
  let spec: Spec
  /// The tree in which the author's names stand.
  let root: Node
  /// How many classes the target has, where the table tells.
  let classes: Int?
  /// How many rows have a target, and how many of them train the network, where the table tells.
  let rows: Int?
  let trainRows: Int?
  let mistakes: ReadingMistakes

  func run(_ log: inout DiagnosticLog) {
    if !mistakes.hideTask {
      if !mistakes.hide("training.loss") {
        checkLoss(&log)
        checkTargetScale(&log)
        checkMetrics(&log)
        checkMonitor(&log)
      }
      checkTaskSettings(&log)
    }
    checkSearch(&log)
    checkRows(&log)
  }

  /// Counts of rows that the table does not have, or that leave none for training.
  private func checkRows(_ log: inout DiagnosticLog) {
    let split = spec.data.split
    guard let rows, let trainRows, rows > 0, trainRows == 0, !split.sharesTakeAll else { return }
    let parts = [
      (name: "validation", amount: split.validation, at: split.$validation),
      (name: "test", amount: split.test, at: split.$test),
    ]
    let counts = parts.filter { if case .count = $0.amount { true } else { false } }
    guard
      let part = counts.max(by: { $0.amount.of(.max) < $1.amount.of(.max) })
        ?? parts.max(by: { $0.amount.of(rows) < $1.amount.of(rows) })
    else { return }
    let written = root.at("data.split")?.mapping
    let other = parts.first { $0.name != part.name && written?[$0.name] != nil }
    log.report(
      .splitTakesRows(
        part.amount.text, rows: rows, at: part.at, path: SpecPath("data.split").key(part.name),
        other: other.map { ($0.at, $0.amount.text) }))
  }

  private func checkLoss(_ log: inout DiagnosticLog) {
    guard let task = spec.data.task.value, let loss = spec.training.loss.value,
      spec.training.$loss.upper > 0, root.at("training.loss") != nil
    else { return }
    if task == .classification, loss.target == .binary, let classes, classes > 2 {
      log.report(.binaryLossForClasses(classes, at: lossName.range, target: targetRange))
      return
    }
    guard (loss.target == .numbers) != (task == .regression) else { return }
    let better =
      task == .regression ? "mse" : classes == 2 ? "binary_cross_entropy" : "cross_entropy"
    log.report(
      .lossOfAnotherTask(
        lossText(loss), task: task, better: better, at: lossName.range,
        value: root.at("training.loss")?.range ?? lossName.range, target: targetRange))
  }

  /// A loss of counts is wrong on a scale on which the target may be negative or fractional.
  private func checkTargetScale(_ log: inout DiagnosticLog) {
    guard let loss = spec.training.loss.value, loss.link == .exponential,
      let scale = spec.data.targetScale.value, scale != .none,
      let node = root.at("data.target_scale")
    else { return }
    log.report(.scaledCounts(lossText(loss), at: node.range, loss: lossName.range))
  }

  /// The name of the loss as written, without its fields.
  private var lossName: Node {
    let node = root.at("training.loss")?.resolved
    return node?.mapping?.entries.first?.key ?? node ?? root
  }

  private var targetRange: SourceRange? { root.at("data.target")?.range }

  private func checkMetrics(_ log: inout DiagnosticLog) {
    guard let names = spec.training.metrics.value, let node = root.at("training.metrics") else {
      return
    }
    let items = node.sequence
    for (index, name) in names.enumerated() {
      guard !log.isFull else { return }
      let place = (items?[safe: index] ?? node).range
      checkMetric(name, at: place, path: SpecPath("training.metrics").index(index), &log)
    }
  }

  /// Whether a metric exists, judges the task, and says something of it.
  func checkMetric(
    _ name: String, at range: SourceRange, path: SpecPath, _ log: inout DiagnosticLog
  ) {
    guard let metric = MetricName.named(name) else {
      let task = spec.data.task.value
      let names = MetricName.all.filter { task == nil || $0.task == task }.map(\.name)
      log.report(.unknownMetric(name, names: names, at: range, path: path))
      return
    }
    if let task = spec.data.task.value, metric.task != task {
      let names = MetricName.all.filter { $0.task == task }.map(\.name)
      log.report(.metricOfAnotherTask(name, task: task, names: names, at: range, path: path))
    } else if let loss = spec.training.loss.value, loss.link == .margin, metric.needsProbabilities {
      log.report(
        .metricOfProbabilities(
          name, loss: lossText(loss), at: range, path: path, written: lossName.range))
    } else if let count = MetricName.candidates(in: name), let classes, classes <= count {
      log.report(
        .metricAlwaysOne(name, classes: classes, at: range, path: path, target: targetRange))
    }
  }

  private func checkMonitor(_ log: inout DiagnosticLog) {
    guard let stopping = spec.training.earlyStopping.value ?? nil,
      root.at("training.early_stopping.monitor") != nil,
      !mistakes.hide("training.early_stopping.monitor")
    else { return }
    let path: SpecPath = "training.early_stopping.monitor"
    let monitor = stopping.monitor
    guard monitor != "validation.loss", monitor != "training.loss" else { return }
    let known = monitor.hasPrefix("validation.")
      && MetricName.named(String(monitor.dropFirst("validation.".count))) != nil
    guard known else {
      let metrics = MetricName.all.map { "validation.\($0.name)" }
      let names = ["validation.loss", "training.loss"] + metrics
      log.report(.unknownMonitor(monitor, names: names, at: stopping.$monitor, path: path))
      return
    }
    checkMetric(
      String(monitor.dropFirst("validation.".count)), at: stopping.$monitor, path: path, &log)
  }

  /// Settings that only the other task uses.
  private func checkTaskSettings(_ log: inout DiagnosticLog) {
    guard let task = spec.data.task.value else { return }
    let unused: [SpecPath] =
      task == .regression
      ? ["training.class_weights", "training.label_smoothing"]
      : ["data.target_scale"]
    for path in unused { reportUnused(path, by: task.rawValue, &log) }
    if let loss = spec.training.loss.value, loss.link == .margin, task == .classification {
      reportUnused("training.label_smoothing", by: "the loss `\(lossText(loss))`", &log)
    }
  }

  private func reportUnused(_ path: SpecPath, by user: String, _ log: inout DiagnosticLog) {
    guard case .key(let name)? = path.steps.last,
      let key = root.at(path.parent)?.mapping?.entry(name)?.key, !mistakes.hide(path),
      let text = root.at(path)?.scalar?.text, !["auto", "none", "0", "false"].contains(text)
    else { return }
    log.report(.noEffect(key, because: "\(user) does not use it", path: path))
  }

  /// What stands against an optimiser that searches along lines over all rows.
  private func checkSearch(_ log: inout DiagnosticLog) {
    guard let optimizer = spec.training.optimizer.value, optimizer.needsAllRows else { return }
    let name = optimizerText(optimizer)
    if let rows = trainRows, let batch = spec.training.batchSize.value,
      let node = root.at("training.batch_size"), node.scalar?.text != "auto"
    {
      let rowsPerStep = batch * spec.training.gradientAccumulation
      if rowsPerStep < rows {
        log.report(
          .partOfRows(name, rowsPerStep: rowsPerStep, rows: rows, batch: batch, at: node.range))
      }
    }
    if let key = root.at("training")?.mapping?.entry("gradient_clipping")?.key,
      spec.training.gradientClipping != nil
    {
      log.report(
        .noEffect(
          key, because: "`\(name)` finds the length of its steps by a search",
          path: "training.gradient_clipping"))
    }
    if spec.model.layers == nil, spec.model.dropout > 0 {
      log.report(.noiseInSearch(name, at: spec.model.$dropout, path: "model.dropout"))
    }
    for layer in spec.model.layers ?? [] where layer.op.name.hasSuffix("dropout") {
      log.report(.noiseInSearch(name, at: layer.range, path: layer.path))
    }
  }
}
