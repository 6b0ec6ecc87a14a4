internal import NetworkGraph
internal import Tables

/// Raw outputs of a model, row by row, and what they mean.
struct Outputs: Sendable {
  let values: [Float]
  let link: Link
  /// The levels of quantiles, ascending, one after the other in each row; empty where none are.
  let levels: [Double]

  init(_ values: [Float], link: Link, levels: [Double] = []) {
    self.values = values
    self.link = link
    self.levels = levels
  }

  /// What a network trained by a loss gives.
  init(_ values: [Float], of loss: any Loss) {
    self.init(values, link: loss.link, levels: loss.levels)
  }
}

extension TargetEncoder {
  /// What outputs say in the user's terms.
  func predictions(_ outputs: Outputs) -> Predictions {
    switch target {
    case .numbers(let targets): .numbers(numbers(outputs, of: targets.map(\.column)))
    case .classes(_, let levels): .classes(classes(outputs, of: levels))
    }
  }

  private func numbers(_ outputs: Outputs, of targets: [String]) -> NumberPredictions {
    guard outputs.levels.isEmpty else { return quantiles(outputs, of: targets) }
    let values = decode(outputs.values)
    return NumberPredictions(
      targets: targets, values: outputs.link == .exponential ? rates(values) : values)
  }

  /// Quantiles of each row in ascending order: where a network lets them cross, sorting them is
  /// never worse (Chernozhukov, Fernández-Val and Galichon 2010).
  private func quantiles(_ outputs: Outputs, of targets: [String]) -> NumberPredictions {
    let (decoded, levels) = (decode(outputs.values), outputs.levels)
    let width = targets.count * levels.count
    var quantiles = levels.map { NumberPredictions.Quantile(level: $0, values: []) }
    for start in stride(from: 0, to: decoded.count, by: width) {
      for target in targets.indices {
        let values = levels.indices.map { decoded[start + $0 * targets.count + target] }.sorted()
        for (index, value) in values.enumerated() { quantiles[index].values.append(value) }
      }
    }
    return NumberPredictions(targets: targets, quantiles: quantiles)
  }

  private func classes(_ outputs: Outputs, of levels: [String]) -> ClassPredictions {
    let values = outputs.values.map { Double($0) }
    guard outputs.link == .margin else {
      return ClassPredictions(
        classes: levels,
        probabilities: outputs.link == .sigmoid ? pairs(values) : shares(values, of: levels.count))
    }
    return ClassPredictions(
      classes: levels, kind: .score,
      values: levels.count == 2 ? values.flatMap { [-$0, $0] } : values)
  }
}
