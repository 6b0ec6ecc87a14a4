public import SpecSyntax
import Tables

extension DiagnosticCode {
  public static let unknownColumn = DiagnosticCode(
    "D201", "unknown-column", title: "a column that the table does not have",
    explanation: """
      The spec names a column that is not in the table's header. Names are compared exactly; \
      the message shows the nearest ones.
      """)
  public static let columnType = DiagnosticCode(
    "D202", "column-of-another-type", title: "a column whose cells are not of the declared type",
    explanation: """
      The spec says what the column holds, and the table's cells say otherwise. Declare the type \
      that the cells have, or name the cells that stand for a missing value.
      """)
  public static let unreadableData = DiagnosticCode(
    "D203", "unreadable-data", title: "a table that cannot be read",
    explanation: "The file is missing, damaged, or not a table; the message says where it fails.")
  public static let constantTarget = DiagnosticCode(
    "D204", "constant-target", title: "a target that never varies",
    explanation: "With one value everywhere there is nothing to learn.")
  public static let badCell = DiagnosticCode(
    "D205", "bad-cell", .warning, title: "a cell that is not of its column's type",
    explanation: """
      The column is numeric except for a few cells, which are taken as missing. If the text is a \
      mark for a missing value, pin it under `data.format.missing`.
      """)
  public static let missingTargets = DiagnosticCode(
    "D206", "missing-targets", .warning, title: "rows without a target",
    explanation: "Rows whose target is missing are used neither for training nor for judging.")
  public static let targetAsFeature = DiagnosticCode(
    "D207", "target-as-feature", title: "the target among the inputs",
    explanation: "A network that is given the answer learns nothing else.")
  public static let unknownClass = DiagnosticCode(
    "D208", "unknown-class", title: "a class that the target does not have",
    explanation: "`class_weights` names a class that no row of the table has.")
  public static let wordsAsNumbers = DiagnosticCode(
    "D209", "words-for-regression", title: "a target of words for regression",
    explanation: "Regression predicts numbers; this target holds words. Classify it instead.")
  public static let noInputs = DiagnosticCode(
    "D210", "no-inputs", title: "no column is left as an input",
    explanation: "Every column is the target, ignored or useless. The message lists why.")
  public static let shapeOfAnotherSize = DiagnosticCode(
    "D211", "shape-of-another-size", title: "sizes that do not multiply to the inputs",
    explanation: """
      `shape` says how the inputs of one example are arranged; the product of its sizes has to be \
      the number of inputs that the table gives.
      """)

  public static let targetBelowLoss = DiagnosticCode(
    "D212", "target-below-loss", title: "a target with numbers that the loss cannot take",
    explanation: """
      A Poisson loss models counts and rates, which are never negative; this target is somewhere. \
      Another loss fits it, or the rows are mistakes.
      """)

  public static let outsideProject = DiagnosticCode(
    "D213", "outside-project", title: "a path that leads out of the project",
    explanation: """
      Specs are checked that others wrote, so `lint`, `advise`, `compile` and `resolve` follow no \
      path out of the project, through links neither. The project is the folder with `.git` above \
      the spec, or else the outermost with `.plumb.yaml`. Where there is neither, it is the folder \
      above the spec's own, or the current folder if the spec lies further below that. \
      `--allow-outside` follows every path.
      """)

  /// The codes of checks against the table, and of sections against each other.
  public static let compilerCodes: [DiagnosticCode] = [
    emptyClipping, splitTakesAll, lossOfAnotherTask, metricOfAnotherTask, unknownMetric,
    partOfRows, noiseInSearch, unreadableBase, circularBase, badOverride, unknownColumn,
    columnType, unreadableData,
    constantTarget, badCell, missingTargets, targetAsFeature, unknownClass, wordsAsNumbers,
    noInputs, shapeOfAnotherSize, targetBelowLoss, outsideProject, unusableProfile,
    staleProfile, scaledCounts,
    metricOfProbabilities, metricAlwaysOne, unknownInput,
  ]
}

extension Diagnostic {
  static func unknownColumn(
    _ name: String, file: String, at range: SourceRange, path: SpecPath, similar: [String],
    names: [String], header: Label?
  ) -> Diagnostic {
    let shown = names.prefix(20).map(escapedForTerminal).joined(separator: ", ")
    let more = names.count > 20 ? ", and \(names.count - 20) more" : ""
    return Diagnostic(
      .unknownColumn,
      "column `\(escapedForTerminal(name))` is not in `\(escapedForTerminal(file))`", at: range,
      label: "no such column", path: path, secondary: header.map { [$0] } ?? [],
      notes: ["columns: \(shown)\(more)"],
      helps: similar.isEmpty
        ? [Help("use one of the table's columns")]
        : similar.map {
          Help(
            "did you mean `\(escapedForTerminal($0))`?",
            fix: Fix("use `\($0)`", [Edit(range, scalarText($0))], .unsafe))
        })
  }

  /// `bad` cells of the column, of which `cell` is the first, are not of the wanted type.
  static func columnType(
    _ column: ColumnProfile, wanted: ColumnType, bad: Int, cell: BadCell?, place: DeclaredPlace,
    header: SourceRange?
  ) -> Diagnostic {
    let good = column.rows - column.missing
    let found =
      bad == 0
      ? "the column holds \(counted(column.distinct, "different text"))"
      : good == 0
        ? "none of its \(counted(bad, "value")) is \(wanted.phrase)"
        : "only \(good) of its \(counted(good + bad, "value")) are \(wanted.phrase)"
    let better = cell.flatMap { Double($0.value) } == nil ? "category" : "numeric"
    return Diagnostic(
      .columnType,
      "column `\(escapedForTerminal(column.name))` is declared \(wanted.rawValue), but it is not",
      at: place.range, label: found, path: SpecPath("data.features").key(column.name),
      secondary: header.map { [Label($0, "this column")] } ?? [],
      notes: [cell.map { "\($0.place) holds `\(shown($0))`" } ?? column.evidence],
      helps: [
        Help(
          "declare it \(better == "category" ? "a category" : "numeric"), or `ignore` it",
          fix: place.isType
            ? Fix("use `\(better)`", [Edit(place.range, better)], .unsafe) : nil)
      ])
  }

  private static func shown(_ cell: BadCell) -> String { escapedForTerminal(cell.value) }

  static func unreadableData(
    _ error: TableError, at range: SourceRange, path: SpecPath = "data.source"
  ) -> Diagnostic {
    let place = error.line.map { ", line \($0)" } ?? ""
    return Diagnostic(
      .unreadableData, "`\(escapedForTerminal(error.path))`\(place): \(error.message)", at: range,
      label: "this table", path: path, helps: [Help(error.hint ?? "check the path and the file")])
  }

  static func outsideProject(
    _ file: String, root: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .outsideProject,
      """
      `\(escapedForTerminal(file))` lies outside the project, which is \
      `\(escapedForTerminal(root))`
      """, at: range, label: "not followed", path: path,
      helps: [
        Help("move the file into the project, or give `--allow-outside` if you trust the spec")
      ])
  }

  static func constantTarget(_ name: String, distinct: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .constantTarget,
      "the target `\(escapedForTerminal(name))` has \(distinct == 0 ? "no value" : "one value")",
      at: range, label: "nothing to learn", path: "data.target",
      helps: [Help("choose another target column, or a table with more variety")])
  }

  static func badCell(
    _ cell: BadCell, count: Int, file: String, at range: SourceRange, header: SourceRange?
  ) -> Diagnostic {
    let others = count > 1 ? " and \(count - 1) other\(count > 2 ? "s" : "")" : ""
    return Diagnostic(
      .badCell,
      """
      \(cell.place) of `\(escapedForTerminal(file))` holds `\(shown(cell))`\(others) in the \
      \(cell.expected.rawValue) column `\(escapedForTerminal(cell.column))`
      """, at: range, label: "read from here", path: SpecPath("data.features").key(cell.column),
      secondary: header.map { [Label($0, "this column")] } ?? [],
      notes: ["such cells count as missing"],
      helps: [
        Help(
          """
          if it means missing, add it: \
          `format: {missing: ["", \(escapedForTerminal(quotedText(cell.value)))]}`
          """)
      ])
  }

  static func missingTargets(
    _ name: String, missing: Int, rows: Int, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .missingTargets,
      "\(missing) of \(rows) rows have no target `\(escapedForTerminal(name))`", at: range,
      label: "left out of training", path: "data.target",
      helps: [Help("fill the cells, or remove the rows from the table")])
  }

  static func targetAsFeature(
    _ name: String, at range: SourceRange, target: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .targetAsFeature, "the target `\(escapedForTerminal(name))` is also a feature", at: range,
      label: "gives the answer away", path: SpecPath("data.features").key(name),
      secondary: [Label(target, "the target")], helps: [Help("remove it from `features`")])
  }

  static func targetIgnored(
    _ name: String, at range: SourceRange, target: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .targetAsFeature, "the target `\(escapedForTerminal(name))` is also listed in `ignore`",
      at: range, label: "target and ignored", path: "data.ignore",
      secondary: [Label(target, "the target")],
      helps: [Help("remove it from `ignore`; a target is never an input")])
  }

  static func unknownClass(
    _ name: String, at range: SourceRange, names: [String], similar: [String]
  ) -> Diagnostic {
    Diagnostic(
      .unknownClass, "the target has no class `\(escapedForTerminal(name))`", at: range,
      label: "no such class", path: SpecPath("training.class_weights").key(name),
      notes: ["classes: " + names.prefix(20).map(escapedForTerminal).joined(separator: ", ")],
      helps: similar.isEmpty
        ? [Help("use one of the classes")]
        : similar.map {
          Help(
            "did you mean `\($0)`?",
            fix: Fix("use `\($0)`", [Edit(range, scalarText($0))], .unsafe))
        })
  }

  static func wordsAsNumbers(
    _ name: String, type: ColumnType, at range: SourceRange, task: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .wordsAsNumbers,
      "the target `\(escapedForTerminal(name))` holds words, which regression cannot predict",
      at: range, label: "a column of type \(type.rawValue)", path: "data.task",
      secondary: [Label(task, "numbers are wanted")],
      helps: [
        Help(
          "classify it",
          fix: Fix("use `classification`", [Edit(task, "classification")], .unsafe))
      ])
  }

  /// One of several targets holds words.
  static func wordsAmongTargets(
    _ name: String, type: ColumnType, at range: SourceRange, header: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      .wordsAsNumbers,
      "the target `\(escapedForTerminal(name))` holds words, but several targets must be numbers",
      at: range, label: "a column of type \(type.rawValue)", path: "data.target",
      secondary: header.map { [Label($0, "this column")] } ?? [],
      helps: [Help("remove it from `target`, or predict it alone, in a spec of its own")])
  }

  static func targetBelowLoss(
    _ name: String, minimum: Double, least: Double, loss: String, at range: SourceRange,
    written: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .targetBelowLoss,
      """
      the target `\(escapedForTerminal(name))` goes down to \(numberText(minimum)), but the loss \
      `\(loss)` takes numbers from \(numberText(least))
      """, at: range, label: "not only counts", path: "data.target",
      secondary: [Label(written, "models counts and rates")],
      helps: [
        Help("use a loss for any numbers", fix: Fix("use `mse`", [Edit(written, "mse")], .unsafe)),
        Help("or remove the rows, if they are mistakes"),
      ])
  }

  static func severalClassTargets(at range: SourceRange, count: Int) -> Diagnostic {
    Diagnostic(
      .wordsAsNumbers, "classification has one target, not \(count)", at: range,
      label: "several columns", path: "data.target",
      helps: [Help("keep one, or write `task: regression` for numeric targets")])
  }

  static func noInputs(_ reasons: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .noInputs, "no column is left as an input", at: range, label: "of this table",
      path: "data.features", notes: Array(reasons.prefix(20)),
      helps: [Help("list the columns to use under `features`")])
  }

  static func shapeOfAnotherSize(
    _ sizes: [Int], inputs: Int, at range: SourceRange
  ) -> Diagnostic {
    let product = sizes.map(String.init).joined(separator: " × ")
    return Diagnostic(
      .shapeOfAnotherSize, "`shape` does not have the \(inputs) values of one example", at: range,
      label: product, path: "data.shape",
      helps: [Help("write sizes whose product is \(inputs), or remove the key")])
  }
}
