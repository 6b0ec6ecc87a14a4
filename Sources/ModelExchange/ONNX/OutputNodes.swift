import NetworkGraph
import Tables

extension ONNXGraph {
  /// Adds what turns the network's outputs into predictions, and the graph's outputs: `class` with
  /// `probabilities` or `scores`, or `value` and, for several quantiles, `quantiles`.
  mutating func addPredictions(of network: String, _ model: TrainedModel) {
    scope = "prediction"
    switch model.target.target {
    case .classes(_, let levels): addClasses(network, levels, model.link)
    case .numbers(let targets): addNumbers(network, targets, model)
    }
  }

  private mutating func addClasses(_ outputs: String, _ levels: [String], _ link: Link) {
    let values: String
    switch link {
    case .sigmoid:
      let second = add("Sigmoid", [outputs])
      values = concatenate([add("Sigmoid", [add("Neg", [outputs])]), second])
    case .margin where levels.count == 2:
      values = concatenate([add("Neg", [outputs]), outputs])
    case .margin: values = outputs
    case .softmax, .identity, .exponential:
      values = add("Softmax", [outputs], [.integer("axis", 1)])
    }
    let winner = add("ArgMax", [values], [.integer("axis", 1), .integer("keepdims", 0)])
    let label = add(
      "LabelEncoder", [winner],
      [
        .integers("keys_int64s", Array(levels.indices)), .texts("values_strings", levels),
        .text("default_string", ""),
      ], domain: ONNXMessage.machineLearning)
    addOutput(label, as: "class", .string, shape: [])
    addOutput(
      values, as: link == .margin ? "scores" : "probabilities", .float, shape: [levels.count])
  }

  private mutating func addNumbers(
    _ outputs: String, _ targets: [TargetEncoder.NumericTarget], _ model: TrainedModel
  ) {
    let count = max(1, model.levels.count)
    let values = unscaled(outputs, targets, times: count, model.link)
    guard !model.levels.isEmpty else {
      return addOutput(
        cast(values, to: .float), as: "value", .float, shape: [targets.count])
    }
    // A network may let its quantiles cross; they are put in order for each target.
    let byLevel = add("Reshape", [values, constant(integers: [0, count, targets.count])])
    let sorted = addFirst(
      of: 2, "TopK", [byLevel, constant(integers: [count])],
      [.integer("axis", 1), .integer("largest", 0), .integer("sorted", 1)])
    let quantiles = cast(sorted, to: .float)
    let middle = model.levels.indices.min {
      abs(model.levels[$0] - 0.5) < abs(model.levels[$1] - 0.5)
    }
    let value = add(
      "Slice",
      [
        quantiles, constant(integers: [middle ?? 0]), constant(integers: [(middle ?? 0) + 1]),
        constant(integers: [1]),
      ])
    addOutput(
      reshape(value, to: [targets.count]), as: "value", .float, shape: [targets.count])
    guard count > 1 else { return }
    addOutput(quantiles, as: "quantiles", .float, shape: [count, targets.count])
  }

  /// Outputs in the unit of each target, as doubles.
  private mutating func unscaled(
    _ outputs: String, _ targets: [TargetEncoder.NumericTarget], times count: Int, _ link: Link
  ) -> String {
    let all = (0..<count).flatMap { _ in targets }
    let deviations = constant(doubles: all.map(\.deviation), shape: [1, all.count])
    let means = constant(doubles: all.map(\.mean), shape: [1, all.count])
    var values = add(
      "Add", [add("Mul", [cast(outputs, to: .double), deviations]), means])
    // One scale holds for all targets of a model.
    if targets.contains(where: \.isLog) {
      values = add("Sub", [add("Exp", [values]), scalar(1)])
    }
    return link == .exponential ? add("Exp", [values]) : values
  }
}
