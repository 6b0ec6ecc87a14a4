extension LinearModel {
  /// Ridge regression: least `Σ (W·x + c − t)² + Σ W²`, targets row-major.
  ///
  /// In closed form up to 1,000 inputs; by descent beyond, where that would take long.
  static func ridge(rows: FeatureRows, targets: [Float]) -> LinearModel {
    let outputs = targets.count / max(rows.count, 1)
    let centers = (0..<outputs).map { j in
      mean(stride(from: j, to: targets.count, by: outputs).map { Double(targets[$0]) }) ?? 0
    }
    let centered = targets.indices.map { targets[$0] - Float(centers[$0 % outputs]) }
    let problem = LinearProblem(rows: rows, target: .numbers(centered))
    let weights = closedForm(problem) ?? descent(problem)
    return model(problem, weights, intercepts: centers)
  }

  /// Logistic regression: least `Σ −log p + Σ W² / 2`; for two classes one output, the second's.
  static func logistic(rows: FeatureRows, classes: [Float], count: Int) -> LinearModel {
    let problem = LinearProblem(rows: rows, target: .classes(classes, count: count))
    return model(problem, descent(problem))
  }

  private static func closedForm(_ problem: LinearProblem) -> [Double]? {
    guard problem.inputs <= 1_000 else { return nil }
    var (squares, products) = problem.normalSums()
    for i in 0..<problem.inputs { squares[i * problem.inputs + i] += 1 }
    return solution(
      ofSymmetric: squares, size: problem.inputs, rightSides: products, width: problem.outputs)
  }

  /// Weights and intercepts by descent, with at most some 2·10¹⁰ operations.
  private static func descent(_ problem: LinearProblem) -> [Double] {
    let work = 4.0 * Double(problem.rowCount) * Double(problem.inputs * problem.outputs)
    let iterations = min(500, max(30, Int(2e10 / max(work, 1))))
    let penalty = 1 / Double(max(problem.rowCount, 1))
    let start = Array(repeating: 0.0, count: problem.parameterCount)
    return minimum(from: start, tolerance: 1e-5, iterations: iterations) {
      problem.objective($0, penalty: penalty)
    }
  }

  private static func model(
    _ problem: LinearProblem, _ parameters: [Double], intercepts: [Double]? = nil
  ) -> LinearModel {
    let split = problem.inputs * problem.outputs
    let fitted = parameters.count > split ? Array(parameters[split...]) : nil
    let centers = intercepts ?? Array(repeating: 0, count: problem.outputs)
    return LinearModel(
      inputs: problem.inputs, outputs: problem.outputs, weights: Array(parameters[..<split]),
      intercepts: zip(fitted ?? centers.map { _ in 0 }, centers).map { $0 + $1 },
      means: problem.means)
  }
}
