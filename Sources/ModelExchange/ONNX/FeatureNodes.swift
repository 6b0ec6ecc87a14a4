import NetworkGraph
import Tables
import Tensors

/// The fitted preprocessing as nodes: one input for each column, `[rows, 1]`.
///
/// Numbers are scaled in double precision, as they are here, and handed to the network as floats.
struct FeatureNodes {
  /// What the network takes, `[rows, inputs]`.
  let output: String
  let remarks: [String]

  init(_ model: TrainedModel, in graph: inout ONNXGraph) {
    if model.takesTensor {
      output = Self.tensor(model, in: &graph)
      remarks = []
      return
    }
    var parts: [String] = []
    var remarks: [String] = []
    for run in Self.runs(of: model.features.features) {
      parts += Self.add(run, model, in: &graph)
      for feature in run { remarks += Self.remarks(on: feature) }
    }
    graph.scope = "inputs"
    var output = graph.concatenate(parts)
    let rest = model.graph.inputShape.count - model.features.width
    if rest > 0 { output = graph.pad(output, by: rest) }
    let shape = model.graph.inputShape
    self.output = shape.rank == 1 ? output : graph.reshape(output, to: shape.sizes)
    self.remarks = remarks
  }

  /// The one input of a network for images: the raw values in the shape that it takes.
  private static func tensor(_ model: TrainedModel, in graph: inout ONNXGraph) -> String {
    let shape = model.graph.inputShape
    let input = graph.addInput("input", .float, shape: shape.sizes)
    graph.scope = "inputs"
    let flat = graph.cast(graph.reshape(input, to: [shape.count]), to: .double)
    let fits = model.features.features.compactMap(\.numberFit)
    let values = graph.cast(graph.scaled(flat, by: fits), to: .float)
    return graph.reshape(values, to: shape.sizes)
  }

  /// Neighbours that are computed alike, as one block of columns.
  private static func runs(of features: [FittedFeature]) -> [[FittedFeature]] {
    var runs: [[FittedFeature]] = []
    for feature in features {
      if let last = runs.last?.last, feature.continues(last) {
        runs[runs.count - 1].append(feature)
      } else {
        runs.append([feature])
      }
    }
    return runs
  }

  /// The inputs of a block; none where a column has come to nothing.
  private static func add(
    _ run: [FittedFeature], _ model: TrainedModel, in graph: inout ONNXGraph
  ) -> [String] {
    let feature = run[0]
    let name = feature.plan.column
    graph.scope = name
    let needed = run.reduce(0) { $0 + $1.neededWidth }
    let room = run.reduce(0) { $0 + $1.width } - needed
    let values: String?
    switch feature.encoding {
    case .number:
      let fits = run.compactMap(\.numberFit)
      let inputs = run.map { graph.addInput($0.plan.column, $0.inputElement, shape: [1]) }
      let block = graph.cast(graph.concatenate(inputs), to: .double)
      values = graph.cast(graph.scaled(block, by: fits), to: .float)
    case .bins(let bins):
      let input = graph.addInput(name, feature.inputElement, shape: [1])
      let number = graph.scaled(graph.cast(input, to: .double), by: [bins.fit])
      values = bins.count == 0 ? nil : graph.cast(graph.bins(number, bins), to: .float)
    case .levels(let levels):
      let input = graph.addInput(name, .string, shape: [1])
      if case .index = feature.plan.form {
        values = graph.index(input, of: levels, feature.plan.unknown)
      } else {
        values = graph.oneHot(input, of: levels, feature.plan.unknown)
      }
    case .parts(let parts):
      let input = graph.addInput(name, .double, shape: [1])
      values = parts.isEmpty ? nil : graph.cast(graph.dateParts(input, parts), to: .float)
    }
    guard let values else { return room > 0 ? [graph.zeros(room, rowsOf: name)] : [] }
    return [room > 0 ? graph.pad(values, by: room) : values]
  }

  private static func remarks(on feature: FittedFeature) -> [String] {
    let name = feature.plan.column
    if case .parts = feature.encoding {
      return [
        "`\(name)` is a date: its input is the seconds since 1970-01-01 00:00 UTC, not a text"
      ]
    }
    if case .levels = feature.encoding, feature.plan.unknown == .error {
      return ["`\(name)` takes unknown levels as no level: the format cannot refuse a row"]
    }
    return feature.inputElement == .double && feature.isNumber
      ? ["`\(name)` is a double: its numbers lie too close together for single precision"] : []
  }
}

extension FittedFeature {
  /// What a plain or binned number was fitted with.
  var numberFit: NumericFit? {
    switch encoding {
    case .number(let fit): fit
    case .bins(let bins): bins.fit
    case .levels, .parts: nil
    }
  }

  fileprivate var isNumber: Bool { numberFit != nil }

  /// Whether the column is computed in one sweep with the one before it.
  fileprivate func continues(_ other: FittedFeature) -> Bool {
    guard case .number(let fit) = encoding, case .number(let last) = other.encoding else {
      return false
    }
    return fit.knots.isEmpty && last.knots.isEmpty && fit.clip == last.clip
      && inputElement == other.inputElement && other.width == other.neededWidth
      && width == neededWidth
  }

  /// The type of the column's input: a double where rounding to a float would move the scaled
  /// number by more than about 10⁻⁶, and for dates.
  var inputElement: ONNXGraph.Element {
    switch encoding {
    case .levels: return .string
    case .parts: return .double
    case .number, .bins: break
    }
    guard let fit = numberFit else { return .float }
    let center = fit.knots.isEmpty ? fit.center : fit.knots[fit.knots.count / 2]
    let spread =
      fit.knots.isEmpty ? fit.scale : (fit.knots[fit.knots.count - 1] - fit.knots[0]) / 4
    return abs(center) > 32 * spread && spread > 0 ? .double : .float
  }
}
