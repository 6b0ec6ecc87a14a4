import SpecSyntax

// The findings about what a search looks for, and how.

extension Diagnostic {
  static func missingObjective(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .unusableObjective, "the objective names no measure", at: range,
      label: "minimize or maximize what?", path: path,
      helps: [Help("write `minimize: validation.loss`")])
  }

  static func tooManyObjectives(
    _ count: Int, limit: Int, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .unusableObjective, "a search has at most \(limit) objectives, and these are more",
      at: range, label: "too many", path: path,
      helps: [Help("keep two, and bound what the others measure in `constraints`")])
  }

  static func unusableObjective(
    _ objective: SearchObjective, because reason: String, better: String?
  ) -> Diagnostic {
    Diagnostic(
      .unusableObjective,
      "a search cannot follow `\(escapedForTerminal(objective.measure))`: \(reason)",
      at: objective.$measure, label: "not a measure of trials", path: "search.objective",
      notes: ["measures: `validation.loss`, `validation.METRIC`, and costs beside one of them"],
      helps: [
        better.map {
          Help("follow `\($0)`", fix: Fix("use `\($0)`", [Edit(objective.$measure, $0)], .unsafe))
        } ?? Help("follow `validation.loss` or a metric of the validation rows")
      ])
  }

  static func wrongDirection(
    _ objective: SearchObjective, key: SourceRange?
  ) -> Diagnostic {
    let right = objective.direction == .minimize ? "maximize" : "minimize"
    let size = objective.direction == .minimize ? "large" : "small"
    return Diagnostic(
      .wrongDirection, "`\(objective.measure)` is good where it is \(size)",
      at: key ?? objective.$measure, label: "ends with the worst", path: "search.objective",
      helps: [
        Help(
          "write `\(right): \(objective.measure)`",
          fix: key.map { Fix("use `\(right)`", [Edit($0, right)], .unsafe) })
      ])
  }

  static func changingObjective(
    _ objective: SearchObjective, with key: SearchedPlace, metric: String
  ) -> Diagnostic {
    Diagnostic(
      .changingObjective,
      "`validation.loss` means something else in each trial, because `\(key.path)` is searched",
      at: objective.$measure, label: "does not compare", path: "search.objective",
      secondary: [Label(key.nameRange, "changes the loss")],
      helps: [Help("follow a metric, such as `\(metric)`")])
  }

  static func unjudgedSearch(at range: SourceRange, split: SourceRange) -> Diagnostic {
    Diagnostic(
      .unjudgedSearch, "no rows judge the trials: the spec keeps none for validation", at: range,
      label: "measured on validation rows", path: "search.objective",
      secondary: [Label(split, "none")],
      helps: [Help("write `folds: 5`"), Help("or keep rows: `validation: 20%` in `data.split`")])
  }

  static func uncountableGrid(
    _ key: SearchedPlace, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unfitSampler, "a grid cannot count the real numbers of `\(key.path)`", at: range,
      label: "goes through all values", path: "search.sampler",
      secondary: [Label(key.nameRange, "has no `step`")],
      helps: [
        Help("write a `step`, or the values: `choice: […]`"),
        Help(
          "or spread the trials evenly", fix: Fix("use `sobol`", [Edit(range, "sobol")], .unsafe)),
      ])
  }

  static func samplerOfNumbers(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unfitSampler, "`cma` searches numbers, and every key here is a choice", at: range,
      label: "has nothing to move", path: "search.sampler",
      helps: [
        Help("use a sampler for choices", fix: Fix("use `tpe`", [Edit(range, "tpe")], .unsafe))
      ])
  }

  static func unfinishedGrid(
    _ count: Int?, trials: Int, at range: SourceRange, sampler: SourceRange
  ) -> Diagnostic {
    let all = count.map { "\($0)" } ?? "more than a million"
    var helps = [
      Help(
        "spread the trials evenly", fix: Fix("use `sobol`", [Edit(sampler, "sobol")], .unsafe))
    ]
    if let count, !range.isEmpty {
      helps.insert(
        Help(
          "try all of them", fix: Fix("use `\(count)`", [Edit(range, "\(count)")], .unsafe)),
        at: 0)
    }
    return Diagnostic(
      .unfinishedGrid, "the grid has \(all) combinations, and there are \(trials) trials",
      at: sampler, label: "leaves some out", path: "search.sampler", helps: helps)
  }

  static func idlePruner(
    _ name: String, because reason: String, help: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .idlePruner, "`\(name)` never ends a trial: \(reason)", at: range,
      label: "nothing to compare", path: "search.pruner", helps: [Help(help)])
  }

  static func unreachableConstraint(
    _ name: String, limit: Double, least: Double, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unreachableConstraint,
      "every network of the space has more than \(numberText(limit)) \(name)", at: range,
      label: "the smallest has \(numberText(least))",
      path: SpecPath("search.constraints").key(name),
      helps: [Help("raise the limit above \(numberText(least)), or search smaller networks")])
  }
}
