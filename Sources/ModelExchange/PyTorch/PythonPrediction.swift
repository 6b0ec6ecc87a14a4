import NetworkGraph
import Tables

/// The lines of Python that turn outputs into predictions, and those that print them.
struct PythonPrediction {
  let lines: [String]
  let printing: [String]

  init(_ model: TrainedModel) {
    switch model.target.target {
    case .classes(_, let levels):
      let name = model.link == .margin ? "scores" : "probabilities"
      let column = model.link == .margin ? "score" : "probability"
      lines = [
        "\(name) = \(Self.perClass(model.link, levels.count))",
        "names = [CLASSES[place] for place in \(name).argmax(1)]",
        "return {\"class\": names, \"\(name)\": \(name)}",
      ]
      printing = [
        "writer.writerow([\"prediction\"] + [f\"\(column)_{name}\" for name in CLASSES])",
        "for name, values in zip(predictions[\"class\"], predictions[\"\(name)\"]):",
        "    writer.writerow([name] + values.tolist())",
      ]
    case .numbers(let targets):
      lines = Self.numbers(targets, model)
      let names =
        targets.count == 1 ? ["prediction"] : targets.map { "prediction_\($0.column)" }
      let quantiles = model.levels.count > 1 ? model.levels : []
      let more = quantiles.flatMap { level in
        names.map { "quantile_\(level)" + $0.dropFirst("prediction".count) }
      }
      let values =
        quantiles.isEmpty
        ? "predictions[\"value\"]"
        : "torch.cat([predictions[\"value\"], predictions[\"quantiles\"].flatten(1)], dim=1)"
      printing = [
        "writer.writerow(\(python(names + more)))",
        "writer.writerows(\(values).tolist())",
      ]
    }
  }

  private static func perClass(_ link: Link, _ count: Int) -> String {
    switch link {
    case .sigmoid: "torch.cat([torch.sigmoid(-outputs), torch.sigmoid(outputs)], dim=1)"
    case .margin where count == 2: "torch.cat([-outputs, outputs], dim=1)"
    case .margin: "outputs"
    case .softmax, .identity, .exponential: "torch.softmax(outputs, dim=1)"
    }
  }

  private static func numbers(
    _ targets: [TargetEncoder.NumericTarget], _ model: TrainedModel
  ) -> [String] {
    let count = max(1, model.levels.count)
    func list(_ values: [Double]) -> String {
      values.count == 1
        ? python(values[0])
        : "torch.tensor([\(values.map { python($0) }.joined(separator: ", "))]).double()"
    }
    var values =
      count > 1 || targets.count > 1
      ? "outputs.unflatten(1, (\(count), \(targets.count)))" : "outputs"
    if targets.contains(where: { $0.mean != 0 || $0.deviation != 1 }) {
      values += " * \(list(targets.map(\.deviation))) + \(list(targets.map(\.mean)))"
    }
    var lines = ["values = \(values)"]
    if targets.contains(where: \.isLog) { lines.append("values = torch.expm1(values)") }
    if model.link == .exponential { lines.append("values = torch.exp(values)") }
    guard count > 1 else {
      return lines + ["return {\"value\": values\(targets.count > 1 ? "[:, 0]" : "")}"]
    }
    let middle =
      model.levels.indices.min {
        abs(model.levels[$0] - 0.5) < abs(model.levels[$1] - 0.5)
      } ?? 0
    return lines + [
      "quantiles = values.sort(dim=1).values",
      "return {\"value\": quantiles[:, \(middle)], \"quantiles\": quantiles}",
    ]
  }
}
