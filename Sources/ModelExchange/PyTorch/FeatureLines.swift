import NetworkGraph
import Tables
import Tensors

/// The fitted preprocessing as expressions of Python, each some columns of inputs.
struct FeatureLines {
  private(set) var expressions: [String] = []
  private(set) var helpers: Set<PythonHelper> = []
  /// What would be too long to read in the file, by name and column.
  private(set) var fitted = Fitted()

  /// Numbers and texts that travel with the weights.
  struct Fitted: Encodable {
    var knots: [String: [Double]] = [:]
    var edges: [String: [Double]] = [:]
    var levels: [String: [String]] = [:]
    var numbers: [[Double]] = []

    var isEmpty: Bool {
      knots.isEmpty && edges.isEmpty && levels.isEmpty && numbers.isEmpty
    }
  }

  /// Lists of at most so many members stand in the file itself.
  private static let mostMembers = 24

  init(_ model: TrainedModel) {
    if model.takesTensor {
      fitted.numbers = model.features.features.compactMap(\.numberFit).map {
        [$0.fill, $0.center, $0.scale]
      }
      return
    }
    for run in Self.runs(of: model.features.features) {
      if let expression = expression(run) { expressions.append(expression) }
      let room = run.reduce(0) { $0 + $1.width - $1.neededWidth }
      // What the training rows do not have, such as a level of other rows, has zeros for inputs.
      if room > 0 { expressions.append("torch.zeros(rows, \(room))") }
    }
    let rest = model.graph.inputShape.count - model.features.width
    if rest > 0 { expressions.append("torch.zeros(rows, \(rest))") }
  }

  /// Neighbours of one kind that are scaled by centre and scale.
  private static func runs(of features: [FittedFeature]) -> [[FittedFeature]] {
    var runs: [[FittedFeature]] = []
    for feature in features {
      if let last = runs.last?.last, case .number(let fit) = feature.encoding,
        case .number(let before) = last.encoding, fit.knots.isEmpty, before.knots.isEmpty,
        fit.clip == before.clip, feature.plan.kind == last.plan.kind,
        last.width == last.neededWidth
      {
        runs[runs.count - 1].append(feature)
      } else {
        runs.append([feature])
      }
    }
    return runs
  }

  private mutating func expression(_ run: [FittedFeature]) -> String? {
    let feature = run[0]
    let column = feature.plan.column
    switch feature.encoding {
    case .number: return numbers(run)
    case .bins(let bins):
      guard bins.count > 0 else { return nil }
      helpers.insert(.bins)
      let edges = list(bins.edges, column, in: \.edges, called: "edges")
      return "bins(\(numbers(run)), \(edges))"
    case .levels(let levels):
      let other = feature.plan.unknown == .ownLevel ? "True" : "False"
      let isIndex = if case .index = feature.plan.form { true } else { false }
      guard isIndex || feature.neededWidth > 0 else { return nil }
      helpers.insert(isIndex ? .indices : .oneHot)
      let cells = "table[\(python(column))]"
      let name = isIndex ? "indices" : "one_hot"
      let strict = feature.plan.unknown == .error ? ", only_known=True" : ""
      return "\(name)(\(cells), \(texts(levels, column)), other=\(other)\(strict))"
    case .parts(let parts):
      return parts.isEmpty ? nil : dates(column, parts, feature.dateOrder)
    }
  }

  /// Numbers, or what is yes or no, scaled and clipped.
  private mutating func numbers(_ run: [FittedFeature]) -> String {
    guard let fit = run[0].numberFit else { return "" }
    let column = run[0].plan.column
    var result: String
    if fit.knots.isEmpty {
      let isTruth = run[0].plan.kind == .boolean
      helpers.insert(isTruth ? .truths : .scaled)
      let rows = run.compactMap { feature in
        feature.numberFit.map { "\(python(feature.plan.column)): \(python($0))" }
      }
      result = "\(isTruth ? "truths" : "scaled")(table, \(python(mapping: rows)))"
    } else {
      helpers.insert(.ranked)
      let knots = list(fit.knots, column, in: \.knots, called: "knots")
      let isTruth = run[0].plan.kind == .boolean
      if isTruth { helpers.insert(.truth) }
      let reading = isTruth ? ", read=truth" : ""
      result = "ranked(table[\(python(column))], \(python(fit.fill)), \(knots)\(reading))"
    }
    if fit.clip == .smooth {
      helpers.insert(.smooth)
      result = "smooth(\(result))"
    }
    return result
  }

  private mutating func dates(
    _ column: String, _ parts: [FittedFeature.FittedPart], _ order: DateOrder?
  ) -> String {
    helpers.insert(.parts)
    let letters =
      switch order {
      case .dayFirst: "dmy"
      case .monthFirst: "mdy"
      case .yearFirst, nil: "ymd"
      }
    let rows = parts.map { part in
      let name = part.part.rawValue
      let reading = part.part == .weekday ? "datetime.weekday" : "attrgetter(\"\(name)\")"
      return "\(reading): \(python(part.fit))"
    }
    return "parts(table[\(python(column))], \"\(letters)\", \(python(mapping: rows)))"
  }

  private mutating func list(
    _ values: [Double], _ column: String,
    in place: WritableKeyPath<Fitted, [String: [Double]]>, called name: String
  ) -> String {
    guard values.count > Self.mostMembers else {
      return "[\(values.map { python($0) }.joined(separator: ", "))]"
    }
    fitted[keyPath: place][column] = values
    return "FITTED[\"\(name)\"][\(python(column))]"
  }

  private mutating func texts(_ levels: [String], _ column: String) -> String {
    guard levels.count > Self.mostMembers else { return python(levels) }
    fitted.levels[column] = levels
    return "FITTED[\"levels\"][\(python(column))]"
  }
}

/// What stands for a missing number, what is subtracted and what it is divided by.
private func python(_ fit: NumericFit) -> String {
  "(\(python(fit.fill)), \(python(fit.center)), \(python(fit.scale)))"
}

/// Entries as a dictionary, each on a line of its own where there are several.
private func python(mapping entries: [String]) -> String {
  guard entries.count > 1 else { return "{\(entries.joined())}" }
  return "{\n" + entries.map { "            \($0),\n" }.joined() + "        }"
}
