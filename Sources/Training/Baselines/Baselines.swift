internal import NetworkGraph
internal import Tables

/// The two models every network is compared with, fitted to the same training rows.
struct Baselines: Sendable {
  let constant: ConstantModel
  let linear: LinearModel
  private let target: TargetEncoder

  init(train: PreparedRows, target: TargetEncoder) {
    self.target = target
    constant = ConstantModel(train: train, target: target)
    switch target.target {
    case .classes(_, let levels):
      linear = .logistic(rows: train.features, classes: train.targets, count: levels.count)
    case .numbers:
      linear = .ridge(rows: train.features, targets: train.targets)
    }
  }

  /// What the linear model says about rows, in the user's terms.
  func linearPredictions(_ rows: PreparedRows) -> Predictions {
    let outputs = linear.values(for: rows.features)
    return target.predictions(
      outputs.map { Float($0) }, link: linear.outputs == 1 ? .sigmoid : .softmax)
  }
}

/// Says the same about every row: the classes' shares, or the mean of every target.
struct ConstantModel: Sendable {
  private let one: Predictions

  init(train: PreparedRows, target: TargetEncoder) {
    switch (target.target, train.truth) {
    case (.classes(_, let levels), .classes(let codes)):
      let shares = classCounts(codes, of: levels.count).map {
        Double($0) / Double(max(codes.count, 1))
      }
      one = .classes(ClassPredictions(classes: levels, probabilities: shares))
    case (.numbers(let targets), .numbers(let values)):
      let means = targets.indices.map { offset in
        mean(stride(from: offset, to: values.count, by: targets.count).map { values[$0] }) ?? 0
      }
      one = .numbers(NumberPredictions(targets: targets.map(\.column), values: means))
    case (.classes, .numbers), (.numbers, .classes):
      preconditionFailure("classes are predicted of classes, numbers of numbers")
    }
  }

  /// The class that is always the answer; nil for numbers.
  var majority: String? {
    guard case .classes(let one) = one else { return nil }
    return one.classes[one.winner(0)]
  }

  /// The same answer for so many rows.
  func predictions(_ count: Int) -> Predictions {
    switch one {
    case .classes(var one):
      one.probabilities = (0..<count).flatMap { _ in one.probabilities }
      return .classes(one)
    case .numbers(var one):
      one.values = (0..<count).flatMap { _ in one.values }
      return .numbers(one)
    }
  }
}
