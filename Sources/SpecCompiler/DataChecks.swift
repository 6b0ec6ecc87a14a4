import NetworkGraph
import SpecSyntax
import Tables

/// Checks of the spec against the table it names.
struct DataChecks {
  let data: DataSection
  let training: TrainingSection
  let facts: TableFacts
  let features: FeatureChoice
  /// Where the name of each column stands in the table's header line.
  let header: [String: SourceRange]
  /// Where the names stand that `data` refers to.
  let root: Node

  private var profile: DataProfile { facts.profile }

  func run(_ log: inout DiagnosticLog) {
    checkNames(&log)
    checkTarget(&log)
    DeclaredTypes(data: data, facts: facts, features: features, header: header, root: root)
      .run(&log)
    checkClassWeights(&log)
  }

  private func checkNames(_ log: inout DiagnosticLog) {
    for (path, names) in namedColumns {
      let node = root.at(path)
      let items = node?.sequence
      for (index, name) in names.enumerated() where profile.column(name) == nil {
        guard !log.isFull else { return }
        let item = items?[safe: index] ?? node
        log.report(unknownColumn(name, at: item?.range ?? data.$source, path: path, after: log))
      }
    }
    let targets = Set(data.target)
    for feature in data.features ?? [] {
      guard !log.isFull else { return }
      if profile.column(feature.name) == nil {
        log.report(
          unknownColumn(
            feature.name, at: feature.nameRange, path: SpecPath("data.features").key(feature.name),
            after: log))
      } else if targets.contains(feature.name), feature.value.use != .ignore {
        log.report(
          .targetAsFeature(feature.name, at: feature.nameRange, target: data.$target))
      }
    }
    let ignored = Set(data.ignore)
    if let name = data.target.first(where: { ignored.contains($0) }) {
      log.report(.targetIgnored(name, at: data.$ignore, target: data.$target))
    }
  }

  private var namedColumns: [(SpecPath, [String])] {
    [
      ("data.target", data.target), ("data.ignore", data.ignore),
      ("data.split.group", data.split.group.map { [$0] } ?? []),
      ("data.split.time", data.split.time.map { [$0] } ?? []),
    ]
  }

  private func unknownColumn(
    _ name: String, at range: SourceRange, path: SpecPath, after log: DiagnosticLog
  ) -> Diagnostic {
    let names = profile.columns.map(\.name)
    let similar = similar(to: name, among: names, after: log)
    let label = similar.first.flatMap { header[$0] }.map { Label($0, "similar name") }
    return .unknownColumn(
      name, file: profile.path, at: range, path: path, similar: similar, names: names,
      header: label)
  }

  /// The names that may be meant; none where there are so many names and findings already that
  /// comparing them all would take long.
  private func similar(
    to name: String, among names: [String], after log: DiagnosticLog
  ) -> [String] {
    guard log.diagnostics.count * names.count < 200_000 else { return [] }
    return nearest(to: name, among: names)
  }

  private func checkTarget(_ log: inout DiagnosticLog) {
    let items = root.at("data.target")?.sequence
    for (index, name) in data.targetColumns.enumerated() {
      guard let column = profile.column(name), !log.isFull else { continue }
      let whole = data.target.isEmpty ? data.$source : data.$target
      let place = items?[safe: index]?.range ?? whole
      if column.distinct <= 1 {
        log.report(.constantTarget(name, distinct: column.distinct, at: place))
      }
      if column.missing > 0 {
        log.report(
          .missingTargets(name, missing: column.missing, rows: column.rows, at: place))
      }
      checkLeastTarget(column, at: place, &log)
      guard column.mean == nil, column.distinct > 1 else { continue }
      if data.target.count > 1 {
        if data.task.value != .classification {
          log.report(
            .wordsAmongTargets(name, type: column.type, at: place, header: header[name]))
        }
      } else if data.task.value == .regression {
        log.report(.wordsAsNumbers(name, type: column.type, at: place, task: data.$task))
      }
    }
    if data.task.value == .classification, data.target.count > 1 {
      log.report(.severalClassTargets(at: data.$target, count: data.target.count))
    }
  }

  /// Losses of counts take no negative numbers.
  private func checkLeastTarget(
    _ column: ColumnProfile, at place: SourceRange, _ log: inout DiagnosticLog
  ) {
    guard let loss = training.loss.value, let least = loss.leastTarget,
      data.task.value != .classification, let minimum = column.minimum, minimum < least
    else { return }
    log.report(
      .targetBelowLoss(
        column.name, minimum: minimum, least: least, loss: lossText(loss), at: place,
        written: training.$loss))
  }

  private func checkClassWeights(_ log: inout DiagnosticLog) {
    guard case .named(let weights) = training.classWeights,
      let column = data.targetColumns.first.flatMap({ profile.column($0) }),
      column.levels.count == column.distinct
    else { return }
    let names = column.levels.map(\.name)
    let known = Set(names)
    for weight in weights where !known.contains(weight.name) {
      guard !log.isFull else { return }
      log.report(
        .unknownClass(
          weight.name, at: weight.nameRange, names: names,
          similar: similar(to: weight.name, among: names, after: log)))
    }
  }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
