/// The rows that judge a run, with what each model says about them.
struct JudgedRows: Sendable {
  /// `test`, `validation` or `training`.
  let part: String
  let truth: Truth
  let network: Predictions
  let constant: Predictions
  let linear: Predictions

  init(
    part: String, truth: Truth, network: Predictions, constant: Predictions, linear: Predictions
  ) {
    self.part = part
    self.truth = truth
    self.network = network
    self.constant = constant
    self.linear = linear
  }

  /// The rows of several folds one after the other.
  init(joining folds: [JudgedRows]) {
    precondition(!folds.isEmpty, "there are no folds to join")
    self.init(
      part: folds[0].part, truth: .joining(folds.map(\.truth)),
      network: .joining(folds.map(\.network)), constant: .joining(folds.map(\.constant)),
      linear: .joining(folds.map(\.linear)))
  }
}

extension Truth {
  /// What is true of several lists of rows, one after the other.
  fileprivate static func joining(_ parts: [Truth]) -> Truth {
    parts.dropFirst().reduce(parts[0]) { joined, next in
      switch (joined, next) {
      case (.classes(let first), .classes(let second)): .classes(first + second)
      case (.numbers(let first), .numbers(let second)): .numbers(first + second)
      case (.classes, .numbers), (.numbers, .classes):
        preconditionFailure("folds of one table have one task")
      }
    }
  }
}

extension Predictions {
  /// What one kind of model says about several lists of rows, one after the other.
  fileprivate static func joining(_ parts: [Predictions]) -> Predictions {
    parts.dropFirst().reduce(parts[0]) { joined, next in
      switch (joined, next) {
      case (.classes(var first), .classes(let second)):
        first.values += second.values
        return .classes(first)
      case (.numbers(var first), .numbers(let second)):
        first.values += second.values
        for index in first.quantiles.indices {
          first.quantiles[index].values += second.quantiles[index].values
        }
        return .numbers(first)
      case (.classes, .numbers), (.numbers, .classes):
        preconditionFailure("folds of one table have one task")
      }
    }
  }
}
