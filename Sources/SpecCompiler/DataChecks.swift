import NetworkGraph
import SpecSyntax
import Tables

/// Checks of the spec against the table it names.
struct DataChecks {
  let data: DataSection
  let training: TrainingSection
  let table: TableFacts
  /// Where the names stand that `data` refers to.
  let root: Node

  /// What the checks need of a table.
  struct TableFacts {
    var profile: DataProfile
    var badCells: [BadCell]
    var badCellCount: Int
    /// The place of the header line among the sources, if the table has one.
    var header: SourceRange?
    var headerText: String
  }

  func run(_ log: inout DiagnosticLog) {
    checkNames(&log)
    checkTarget(&log)
    checkTypes(&log)
    checkBadCells(&log)
    checkClassWeights(&log)
  }

  private func checkNames(_ log: inout DiagnosticLog) {
    for (path, names) in namedColumns {
      for (index, name) in names.enumerated() where table.profile.column(name) == nil {
        let node = root.at(path)
        let item = node?.sequence?[safe: index] ?? node
        log.report(unknownColumn(name, at: item?.range ?? data.$source, path: path))
      }
    }
    for feature in data.features ?? [] {
      if table.profile.column(feature.name) == nil {
        log.report(
          unknownColumn(
            feature.name, at: feature.nameRange, path: SpecPath("data.features").key(feature.name)))
      } else if data.target.contains(feature.name), feature.value.use != .ignore {
        log.report(
          .targetAsFeature(feature.name, at: feature.nameRange, target: data.$target))
      }
    }
    if data.target.contains(where: { data.ignore.contains($0) }) {
      let name = data.target.first { data.ignore.contains($0) } ?? ""
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

  private func unknownColumn(_ name: String, at range: SourceRange, path: SpecPath) -> Diagnostic {
    let names = table.profile.columns.map(\.name)
    let similar = nearest(to: name, among: names)
    var label: Label?
    if let first = similar.first, let header = table.header,
      let found = table.headerText.utf8Offset(of: first)
    {
      let start = header.lower + found
      label = Label(
        SourceRange(source: header.source, lower: start, upper: start + first.utf8.count),
        "similar name")
    }
    return .unknownColumn(
      name, file: table.profile.path, at: range, path: path, similar: similar, names: names,
      header: label)
  }

  private func checkTarget(_ log: inout DiagnosticLog) {
    for name in data.targetColumns {
      guard let column = table.profile.column(name) else { continue }
      let place = data.target.isEmpty ? data.$source : data.$target
      if column.distinct <= 1 {
        log.report(.constantTarget(name, distinct: column.distinct, at: place))
      }
      if column.missing > 0 {
        log.report(
          .missingTargets(name, missing: column.missing, rows: column.rows, at: place))
      }
      checkLeastTarget(column, at: place, &log)
      if data.task.value == .regression, column.mean == nil, column.distinct > 1 {
        log.report(
          .wordsAsNumbers(name, type: column.type, at: place, task: data.$task))
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

  private func checkTypes(_ log: inout DiagnosticLog) {
    for feature in data.features ?? [] {
      guard let column = table.profile.column(feature.name) else { continue }
      let wanted = feature.value.use
      let isNumber = column.type == .numeric || column.mean != nil
      let hasCells = table.badCells.contains { $0.column == feature.name }
      if wanted == .numeric, !isNumber || (hasCells && column.missing == column.rows) {
        log.report(
          .columnType(
            feature.name, wanted: "numeric", column: column, at: feature.value.$use,
            example: table.badCells.first { $0.column == feature.name }))
      }
      if wanted == .date, column.type != .date {
        log.report(
          .columnType(
            feature.name, wanted: "date", column: column, at: feature.value.$use,
            example: table.badCells.first { $0.column == feature.name }))
      }
    }
  }

  private func checkBadCells(_ log: inout DiagnosticLog) {
    var counts: [String: Int] = [:]
    for cell in table.badCells { counts[cell.column, default: 0] += 1 }
    guard !table.badCells.isEmpty else { return }
    let used = FeatureChoice(data, profile: table.profile).plans.map(\.column) + data.targetColumns
    for name in used {
      guard let cell = table.badCells.first(where: { $0.column == name }),
        let column = table.profile.column(name), column.missing < column.rows
      else { continue }
      let declared = data.features?.first { $0.name == name }?.value.$use
      log.report(
        .badCell(
          cell, count: counts[name] ?? 1, more: table.badCellCount > table.badCells.count,
          file: table.profile.path, at: declared ?? data.$source))
    }
  }

  private func checkClassWeights(_ log: inout DiagnosticLog) {
    guard case .named(let weights) = training.classWeights,
      let column = data.targetColumns.first.flatMap({ table.profile.column($0) }),
      column.levels.count == column.distinct
    else { return }
    let names = column.levels.map(\.name)
    for weight in weights where !names.contains(weight.name) {
      log.report(
        .unknownClass(
          weight.name, at: weight.nameRange, names: names,
          similar: nearest(to: weight.name, among: names)))
    }
  }
}

extension String {
  /// The offset in bytes at which a name stands as a whole cell of a header line.
  fileprivate func utf8Offset(of name: String) -> Int? {
    let (text, wanted) = (Array(utf8), Array(name.utf8))
    guard !wanted.isEmpty, text.count >= wanted.count else { return nil }
    let isWord: (UInt8) -> Bool = {
      $0 >= 0x80 || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
        || $0 == 0x5F
    }
    for start in 0...(text.count - wanted.count) {
      guard text[start..<(start + wanted.count)].elementsEqual(wanted) else { continue }
      let end = start + wanted.count
      if start > 0, isWord(text[start - 1]) { continue }
      if end < text.count, isWord(text[end]) { continue }
      return start
    }
    return nil
  }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
