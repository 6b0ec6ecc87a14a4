internal import NetworkGraph
internal import Tables

/// The two models every network is compared with, fitted to the same training rows.
struct Baselines: Sendable {
  let constant: ConstantModel
  let linear: LinearModel
  /// How many training rows the linear model was fitted to.
  let linearRows: Int
  private let target: TargetEncoder
  /// The levels of the quantiles that are wanted, if any.
  private let levels: [Double]
  /// What is added to the linear model's outputs for each level and target.
  private let shifts: [Double]

  /// Fits both; where quantiles are wanted, the linear model's line is moved until their share of
  /// the training rows lies below it.
  init(train: PreparedRows, target: TargetEncoder, levels: [Double] = []) {
    self.target = target
    self.levels = levels
    constant = ConstantModel(train: train, target: target, levels: levels)
    // More rows move a straight line no more, and would take as long as the network.
    let train = train.spread(over: Self.greatestRows)
    linearRows = train.count
    switch target.target {
    case .classes(_, let levels):
      linear = .logistic(rows: train.features, classes: train.targets, count: levels.count)
    case .numbers:
      linear = .ridge(rows: train.features, targets: train.targets)
    }
    shifts = levels.isEmpty ? [] : Self.shifts(of: linear, train: train, levels: levels)
  }

  /// The most rows that the linear model is fitted to; of more, so many evenly spread ones.
  static let greatestRows = 100_000

  /// Fits both to the training rows of a job.
  init(_ job: Job) {
    self.init(
      train: job.preparation.train, target: job.preparation.target,
      levels: job.recipe.loss.levels)
  }

  /// What the linear model says about rows, in the user's terms.
  func linearPredictions(_ rows: PreparedRows) -> Predictions {
    let outputs = linear.values(for: rows.features)
    guard !levels.isEmpty else {
      return target.predictions(Outputs(outputs.map { Float($0) }, link: link))
    }
    var shifted: [Float] = []
    shifted.reserveCapacity(rows.count * shifts.count)
    for start in stride(from: 0, to: outputs.count, by: linear.outputs) {
      for (index, shift) in shifts.enumerated() {
        shifted.append(Float(outputs[start + index % linear.outputs] + shift))
      }
    }
    return target.predictions(Outputs(shifted, link: .identity, levels: levels))
  }

  private var link: Link {
    guard case .classes = target.target else { return .identity }
    return linear.outputs == 1 ? .sigmoid : .softmax
  }

  /// The quantiles of what the line leaves over on the training rows, level by level.
  private static func shifts(
    of linear: LinearModel, train: PreparedRows, levels: [Double]
  ) -> [Double] {
    let outputs = linear.values(for: train.features)
    let left = (0..<linear.outputs).map { target in
      stride(from: target, to: outputs.count, by: linear.outputs)
        .map { Double(train.targets[$0]) - outputs[$0] }.sorted()
    }
    return levels.flatMap { level in left.map { quantile(level, ofSorted: $0) } }
  }
}

/// Says the same about every row: the classes' shares, or the mean or quantiles of every target.
struct ConstantModel: Sendable {
  private let one: Predictions

  init(train: PreparedRows, target: TargetEncoder, levels: [Double] = []) {
    switch (target.target, train.truth) {
    case (.classes(_, let levels), .classes(let codes)):
      let shares = classCounts(codes, of: levels.count).map {
        Double($0) / Double(max(codes.count, 1))
      }
      one = .classes(ClassPredictions(classes: levels, probabilities: shares))
    case (.numbers(let targets), .numbers(let values)):
      let names = targets.map(\.column)
      let columns = targets.indices.map { offset in
        stride(from: offset, to: values.count, by: targets.count).map { values[$0] }
      }
      guard levels.isEmpty else {
        let sorted = columns.map { $0.sorted() }
        let quantiles = levels.map { level in
          NumberPredictions.Quantile(
            level: level, values: sorted.map { quantile(level, ofSorted: $0) })
        }
        one = .numbers(NumberPredictions(targets: names, quantiles: quantiles))
        return
      }
      one = .numbers(NumberPredictions(targets: names, values: columns.map { mean($0) ?? 0 }))
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
      one.values = (0..<count).flatMap { _ in one.values }
      return .classes(one)
    case .numbers(var one):
      one.values = (0..<count).flatMap { _ in one.values }
      for index in one.quantiles.indices {
        let values = one.quantiles[index].values
        one.quantiles[index].values = (0..<count).flatMap { _ in values }
      }
      return .numbers(one)
    }
  }
}
