public import SpecSyntax
public import Tables

/// A first spec for a table, with the reason for each value beside it.
public struct StarterSpec: Sendable {
  private struct Line {
    var text: String
    var comment: String
  }

  private var lines: [Line] = []
  private let columns: StarterColumns
  private let compilation: Compilation
  private let values: [Resolution.Value]

  /// The spec that trains on `table` to predict `target`.
  ///
  /// - Parameters:
  ///   - path: the table's path as the spec shall name it.
  ///   - labels: the label file of images, likewise.
  public init(table: Table, path: String, target: [String], labels: String? = nil) {
    var entries = [PlainValue.Entry("source", .scalar(path))]
    if let labels { entries.append(.init("labels", .scalar(labels))) }
    if target.count == 1 { entries.append(.init("target", .scalar(target[0]))) }
    if target.count > 1 { entries.append(.init("target", .list(target.map { .scalar($0) }))) }
    if let sizes = table.imageShape {
      entries.append(.init("shape", .list(([1] + sizes).map { .integer($0) })))
    }
    var columns = StarterColumns(Self.compiled(entries, path, table))
    var compilation = Self.compiled(entries, path, table, columns)
    if compilation.features?.plans.isEmpty == true {
      columns = columns.keepingQuestions()
      compilation = Self.compiled(entries, path, table, columns)
    }
    (self.columns, self.compilation) = (columns, compilation)
    values = compilation.resolution?.values ?? []
    add("plumb: 1", "a model spec, language version 1")
    add("data:", "")
    for entry in entries {
      add("  \(entry.key): \(entry.value.text)", dataComment(entry.key, table))
    }
    addData()
    addModel()
    addTraining()
  }

  /// The table and the target as a spec, without the columns that are left out.
  private static func compiled(
    _ entries: [PlainValue.Entry], _ path: String, _ table: Table, _ columns: StarterColumns? = nil
  ) -> Compilation {
    var entries = entries
    if let ignored = columns?.ignored, !ignored.isEmpty {
      entries.append(.init("ignore", .list(ignored.map { .scalar($0.name) })))
    }
    return compile(
      SourceText(name: path, text: "plumb: 1\ndata: \(PlainValue.map(entries).text)\n"),
      in: Environment(
        loadText: { _, _ in .refused("a starter spec has no base") },
        loadTable: { _ in .table(table) }))
  }

  /// What is wrong with the table as data for a network; empty if nothing is.
  public var problems: [Diagnostic] { compilation.diagnostics.filter { $0.level == .error } }
  /// The texts that `problems` refer to.
  public var sources: [SourceText] { compilation.sources }

  /// The spec as text: each comment beside its value, or above it where the line would be long.
  public var text: String {
    let width = min(40, (lines.map(\.text.count).max() ?? 0)) + 2
    var result = ""
    for line in lines {
      guard !line.comment.isEmpty else {
        result += line.text + "\n"
        continue
      }
      let gap = String(repeating: " ", count: max(2, width - line.text.count))
      let beside = "\(line.text)\(gap)# \(line.comment)"
      let nearer = "\(line.text)  # \(line.comment)"
      let indent = String(line.text.prefix { $0 == " " })
      if beside.count <= 100 {
        result += beside + "\n"
      } else if nearer.count <= 100 {
        result += nearer + "\n"
      } else {
        let words = wrapped(line.comment, width: 92 - indent.count)
        for part in words.split(separator: "\n") { result += "\(indent)# \(part)\n" }
        result += line.text + "\n"
      }
    }
    return result
  }

  private mutating func add(_ text: String, _ comment: String) {
    lines.append(Line(text: text, comment: escapedForTerminal(comment)))
  }

  /// Adds the value at `path` as the compiler decided it.
  private mutating func add(value path: SpecPath) {
    guard case .key(let name)? = path.steps.last,
      let value = values.first(where: { $0.path == path.description })
    else { return }
    add("  \(name): \(value.value)", value.reason)
  }

  private func dataComment(_ key: String, _ table: Table) -> String {
    switch key {
    case "source":
      """
      \(counted(table.rowCount, "row")), \(counted(table.columns.count, "column")); \
      \(formWords(table))
      """
    case "target": targetWords
    case "shape": "channels, height, width"
    default: ""
    }
  }

  private func formWords(_ table: Table) -> String {
    let found = table.format.entries.filter {
      ["delimiter", "decimal", "header"].contains($0.name)
    }
    return found.map { entry in
      entry.name == "header"
        ? (entry.value == "true" ? "with header" : "no header") : "\(entry.name) \(entry.value)"
    }.joined(separator: ", ")
  }

  private var targetWords: String {
    guard let profile = compilation.profile, let spec = compilation.spec,
      let column = spec.data.targetColumns.first.flatMap({ profile.column($0) })
    else { return "" }
    if spec.data.task.value == .classification {
      let shown = column.levels.prefix(3).map {
        "\($0.name) \(percentText(Double($0.count) / Double(max(1, column.rows - column.missing))))"
      }
      let more = column.distinct > 3 ? ", …" : ""
      return "\(column.distinct) classes: \(shown.joined(separator: ", "))\(more)"
    }
    guard let low = column.minimum, let high = column.maximum, let median = column.median else {
      return ""
    }
    return "\(roundedText(low)) to \(roundedText(high)), median \(roundedText(median))"
  }

  private mutating func addData() {
    add(value: "data.task")
    addIgnored()
    if compilation.spec?.data.task.value == .regression { add(value: "data.target_scale") }
    addSplit()
  }

  /// The columns that are left out: a few one by one, many in one line.
  private mutating func addIgnored() {
    let ignored = columns.ignored
    guard let first = ignored.first else { return }
    let isAsked = ignored.contains { $0.isQuestion }
    if (2...6).contains(ignored.count) {
      add("  ignore:", isAsked ? "check: take off this list what is known before the target" : "")
      for column in ignored { add("    - \(scalarText(column.name))", column.reason) }
      return
    }
    var comment = ignored.prefix(4).map { "\($0.name) \($0.reason)" }.joined(separator: "; ")
    if ignored.count == 1 { comment = first.reason }
    if ignored.count > 4 { comment += "; …" }
    if isAsked { comment += "; check: use it if it is known before the target" }
    add("  ignore: \(PlainValue.list(ignored.map { .scalar($0.name) }).text)", comment)
  }

  private mutating func addSplit() {
    var entries: [PlainValue.Entry] = [
      .init("validation", .name("20%")), .init("test", .name("10%")), .init("seed", .integer(1)),
    ]
    var comment = "validation decides when to stop, test judges the result"
    if let group = columns.group {
      entries.append(.init("group", .scalar(group)))
      comment += "; rows with the same `\(group)` stay in one part"
    } else if let (key, column) = columns.otherSplit {
      let what = key == "time" ? "the latest rows" : "values it has not seen"
      comment += "; `\(key): \(scalarText(column))` would judge by \(what)"
    }
    add("  split: \(PlainValue.map(entries).text)", comment)
  }

  private mutating func addModel() {
    add("model:", "")
    add(value: "model.hidden_layers")
    add("  activation: relu", "the usual choice; cheap, and does not saturate")
  }

  private mutating func addTraining() {
    add("training:", "")
    for name in ["loss", "optimizer"] { add(value: SpecPath("training").key(name)) }
    if let rate = value("training.learning_rate.start") {
      add("  learning_rate: \(rate.value)", rate.reason)
    }
    add(value: "training.batch_size")
    add(value: "training.epochs")
    if let patience = value("training.early_stopping.patience") {
      add("  early_stopping: {patience: \(patience.value)}", patience.reason)
    }
    add("  seed: 42", "the same seed gives the same model")
  }

  private func value(_ path: SpecPath) -> Resolution.Value? {
    values.first { $0.path == path.description }
  }
}
