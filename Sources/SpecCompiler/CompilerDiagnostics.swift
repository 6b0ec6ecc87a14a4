public import SpecSyntax

extension DiagnosticCode {
  /// Checks of a spec's sections against each other and against the table.
  public static let emptyClipping = DiagnosticCode(
    "K111", "clipping-without-limit", title: "gradient clipping that clips nothing",
    explanation: "`gradient_clipping` needs `norm` or `value`; without either it does nothing.")
  public static let splitTakesAll = DiagnosticCode(
    "K112", "no-rows-for-training", title: "validation and test take every row",
    explanation: """
      The shares of `split` are taken from all rows; what is left trains the network. \
      Together they must stay below the whole.
      """)
  public static let lossOfAnotherTask = DiagnosticCode(
    "L310", "loss-contradicts-task", title: "a loss that does not fit the target",
    explanation: """
      Classes need a loss over classes (`cross_entropy`, `focal`, `hinge`, for two classes also \
      `binary_cross_entropy`), numbers a loss over distances (`mse`, `mae`, `huber`, `quantile`) \
      or counts (`poisson`). Any other pairing trains something else than was meant: classes taken \
      for numbers get distances between them that nobody meant, and a likelihood that excludes \
      the observed values is not defined. Ratings in order may be predicted as numbers: write \
      `task: regression`.
      """)
  public static let metricOfAnotherTask = DiagnosticCode(
    "K113", "metric-of-another-task", title: "a metric that does not fit the target",
    explanation: "Accuracy judges classes, R² judges numbers; the message lists what fits.")
  public static let metricOfProbabilities = DiagnosticCode(
    "K115", "metric-of-probabilities", title: "a metric of probabilities where there are none",
    explanation: """
      Hinge losses train scores that tell classes apart, but not how likely each is. `log_loss` \
      and `brier` judge probabilities, which cross-entropies give.
      """)
  public static let metricAlwaysOne = DiagnosticCode(
    "K116", "metric-always-one", title: "a metric that can only be 1",
    explanation: """
      `top_K` is the share of rows whose class is among the K most probable. Where there are no \
      more than K classes, every row is right.
      """)
  public static let scaledCounts = DiagnosticCode(
    "L321", "scaled-counts", title: "a loss of counts on a scaled target",
    explanation: """
      A Poisson loss compares counts with the exponential of the output, so the target has to \
      reach it as it is: `target_scale: none`, which is its default.
      """)
  public static let unknownMetric = DiagnosticCode(
    "K114", "unknown-metric", title: "a measure that does not exist",
    explanation: "Metrics and the measure that early stopping watches are known by name.")
  public static let partOfRows = DiagnosticCode(
    "K131", "part-of-the-rows", title: "an optimizer that needs all rows gets a part of them",
    explanation: """
      `lbfgs` compares losses and gradients from step to step, which says something about the \
      weights only where the rows are the same. Each step takes `batch_size` rows times \
      `gradient_accumulation`, and together they have to hold all training rows.
      """)
  public static let noiseInSearch = DiagnosticCode(
    "K132", "noise-in-line-search", .warning, title: "dropout beside a line search",
    explanation: """
      Dropout draws anew for every step. `lbfgs` takes what that changes in the gradient for \
      curvature of the loss, and its steps go astray.
      """)
  public static let unreadableBase = DiagnosticCode(
    "K121", "unreadable-base", title: "a base spec that cannot be read",
    explanation: "`extends` names a file, relative to the spec; it has to be a readable spec.")
  public static let circularBase = DiagnosticCode(
    "K122", "circular-base", title: "specs that extend each other",
    explanation: "A spec cannot, directly or through others, extend itself.")
  public static let badOverride = DiagnosticCode(
    "K123", "unusable-override", title: "an override that is not `key=value`",
    explanation: "`--set` takes the path of a value, `=`, and the value as YAML.")
}

extension Diagnostic {
  static func missingTarget(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .missingKey, "`data` has no key `target`", at: range, label: "which column of this table?",
      path: path,
      helps: [Help("add `target: COLUMN`, the column that the network shall predict")])
  }

  static func emptyClipping(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .emptyClipping, "`gradient_clipping` has neither `norm` nor `value`", at: range,
      label: "clips nothing", path: path,
      helps: [Help("add `norm: 1.0`, or write `gradient_clipping: none`")])
  }

  static func partOfRows(
    _ optimizer: String, rowsPerStep: Int, rows: Int, batch: Int, at range: SourceRange
  ) -> Diagnostic {
    let parts = (rows + batch - 1) / batch
    return Diagnostic(
      .partOfRows, "`\(optimizer)` needs all \(rows) training rows in each step", at: range,
      label: rowsPerStep == 1 ? "a step has one row" : "a step has \(rowsPerStep) rows",
      path: "training.batch_size",
      helps: [
        Help("leave `batch_size` out, or write `batch_size: \(rows)`"),
        Help("or go through the rows in parts: `gradient_accumulation: \(parts)`"),
      ])
  }

  static func noiseInSearch(
    _ optimizer: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .noiseInSearch, "`\(optimizer)` takes the noise of dropout for curvature", at: range,
      label: "other values are cut at every step", path: path,
      helps: [
        Help("leave dropout out, and hold the weights back by `regularization`"),
        Help("or take another optimizer: `adamw`"),
      ])
  }

  static func tooManyLayers(limit: Int, at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .outOfRange, "`\(path)` has more than \(limit) layers, which is out of range", at: range,
      label: "too many layers", path: path, helps: [Help("write at most \(limit) layers")])
  }

  static func splitTakesAll(
    at range: SourceRange, other: SourceRange?, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .splitTakesAll, "validation and test together leave no rows for training", at: range,
      label: "this share", path: path, secondary: other.map { [Label($0, "and this one")] } ?? [],
      helps: [Help("lower one of them; 20% and 10% are usual")])
  }

  /// `other` is the part beside it, if it is written, with its amount.
  static func splitTakesRows(
    _ amount: String, rows: Int, at range: SourceRange, path: SpecPath,
    other: (range: SourceRange, amount: String)?
  ) -> Diagnostic {
    Diagnostic(
      .splitTakesAll,
      "validation and test leave none of the \(counted(rows, "row")) for training", at: range,
      label: "\(amount) of \(rows)", path: path,
      secondary: other.map { [Label($0.range, "and \($0.amount)")] } ?? [],
      helps: [Help("write shares: 20% and 10% are usual")])
  }

  static func unreadableBase(_ node: Node, path: String, reason: String) -> Diagnostic {
    Diagnostic(
      .unreadableBase, "the base `\(escapedForTerminal(path))` cannot be read: \(reason)",
      at: node.range, label: "this file", path: "extends",
      helps: [Help("write the path of a spec, relative to this file")])
  }

  static func circularBase(_ node: Node, path: String) -> Diagnostic {
    Diagnostic(
      .circularBase, "`\(escapedForTerminal(path))` extends, in the end, itself", at: node.range,
      label: "closes the circle", path: "extends", helps: [Help("remove one `extends`")])
  }

  static func badOverride(_ text: String) -> Diagnostic {
    Diagnostic(
      .badOverride, "`--set \(escapedForTerminal(text))` is not `key=value`", at: .none,
      helps: [Help("write it as in `--set training.batch_size=64`")])
  }

  static func lossOfAnotherTask(
    _ loss: String, task: TaskKind, better: String, at range: SourceRange, value: SourceRange,
    target: SourceRange?
  ) -> Diagnostic {
    let kind = task == .classification ? "classes" : "numbers"
    return Diagnostic(
      .lossOfAnotherTask, "the loss `\(loss)` does not fit a target of \(kind)", at: range,
      label: "needs a target of \(task == .classification ? "numbers" : "classes")",
      path: "training.loss",
      secondary: target.map { [Label($0, "holds \(kind)")] } ?? [],
      helps: [
        Help(
          "use a loss for \(task.rawValue)",
          fix: Fix("use `\(better)`", [Edit(value, better)], .unsafe))
      ])
  }

  static func scaledCounts(
    _ name: String, at range: SourceRange, loss place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .scaledCounts, "the loss `\(name)` needs the target as it is, not scaled", at: range,
      label: "changes the counts", path: "data.target_scale",
      secondary: [Label(place, "models counts and rates")],
      helps: [
        Help("leave the target as it is", fix: Fix("use `none`", [Edit(range, "none")], .unsafe))
      ])
  }

  static func metricAlwaysOne(
    _ name: String, classes: Int, at range: SourceRange, path: SpecPath, target: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      .metricAlwaysOne, "the metric `\(name)` is always 1, because there are \(classes) classes",
      at: range, label: "every row is right", path: path,
      secondary: target.map { [Label($0, "\(classes) classes")] } ?? [],
      helps: [
        Help(
          classes > 2
            ? "write a number below \(classes), such as `top_\(classes - 1)`"
            : "use `accuracy`, which asks for the most probable class")
      ])
  }

  static func metricOfProbabilities(
    _ name: String, loss: String, at range: SourceRange, path: SpecPath, written: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .metricOfProbabilities,
      "the metric `\(name)` needs probabilities, and the loss `\(loss)` gives scores", at: range,
      label: "cannot be measured", path: path,
      secondary: [Label(written, "asks for a margin between scores")],
      helps: [
        Help("use a metric of classes or of their order, such as `accuracy` or `roc_auc`"),
        Help("or a loss that gives probabilities, such as `cross_entropy`"),
      ])
  }

  static func binaryLossForClasses(
    _ classes: Int, at range: SourceRange, target: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      .lossOfAnotherTask,
      "the loss `binary_cross_entropy` is for two classes, but the target has \(classes)",
      at: range, label: "tells two classes apart", path: "training.loss",
      secondary: target.map { [Label($0, "\(classes) classes")] } ?? [],
      helps: [
        Help(
          "use the loss for several classes",
          fix: Fix("use `cross_entropy`", [Edit(range, "cross_entropy")], .unsafe))
      ])
  }

  static func metricOfAnotherTask(
    _ name: String, task: TaskKind, names: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .metricOfAnotherTask, "the metric `\(name)` does not judge \(task.rawValue)", at: range,
      label: "judges the other task", path: path,
      notes: ["for \(task.rawValue): " + names.map { "`\($0)`" }.joined(separator: ", ")],
      helps: [Help("use one of the metrics for \(task.rawValue)")])
  }

  static func unknownMetric(
    _ name: String, names: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    let foreign = MetricName.synonyms[Synonyms.normalised(name)]
    let renamed = foreign?.names.filter { names.contains($0) } ?? []
    let similar = renamed.isEmpty ? nearest(to: name, among: names) : renamed
    if let words = foreign?.words {
      return Diagnostic(
        .unknownMetric, "`\(escapedForTerminal(name))` is not a known metric", at: range,
        label: "not a known metric", path: path, helps: [Help(words)])
    }
    return Diagnostic(
      .unknownMetric, "`\(escapedForTerminal(name))` is not a known metric", at: range,
      label: "not a known metric", path: path,
      notes: ["known: " + names.map { "`\($0)`" }.joined(separator: ", ")],
      helps: similar.isEmpty
        ? [Help("use one of the known metrics")]
        : similar.map {
          Help(
            "did you mean `\($0)`?",
            fix: Fix(
              "use `\($0)`",
              [Edit(range, path.isWithin("training.metrics") ? $0 : "validation.\($0)")],
              .unsafe))
        })
  }

  static func unknownMonitor(
    _ name: String, names: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    let meant = monitorSynonym(name)
    let similar = names.contains(meant) ? [meant] : nearest(to: meant, among: names)
    return Diagnostic(
      .unknownMetric, "`\(escapedForTerminal(name))` cannot be monitored", at: range,
      label: "not a known measure", path: path,
      notes: ["known: `validation.loss`, `training.loss`, `validation.METRIC`"],
      helps: similar.isEmpty
        ? [
          Help(
            "watch the validation loss",
            fix: Fix("use `validation.loss`", [Edit(range, "validation.loss")], .unsafe))
        ]
        : similar.prefix(1).map {
          Help("did you mean `\($0)`?", fix: Fix("use `\($0)`", [Edit(range, $0)], .unsafe))
        })
  }

  /// `val_loss` and `eval/acc` of other programs as `validation.loss` and `validation.accuracy`.
  private static func monitorSynonym(_ name: String) -> String {
    let prefixes = [
      ("validation", "validation"), ("valid", "validation"), ("val", "validation"),
      ("eval", "validation"), ("train", "training"),
    ]
    for (prefix, rows) in prefixes {
      guard let separator = name.dropFirst(prefix.count).first, name.hasPrefix(prefix),
        "_./-".contains(separator)
      else { continue }
      let measure = String(name.dropFirst(prefix.count + 1))
      let foreign = MetricName.synonyms[Synonyms.normalised(measure)]?.names.first
      return "\(rows).\(measure == "loss" ? measure : foreign ?? measure)"
    }
    return name
  }
}
