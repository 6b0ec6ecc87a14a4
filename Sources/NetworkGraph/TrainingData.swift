public import Tensors

/// Examples in memory, one row each, ready to be gathered into batches by number.
public struct TrainingData {
  public let rowCount: Int
  let features: View
  let featureCount: Int
  let featureStride: Int
  let targets: View
  let targetCount: Int
  let weights: View?

  /// Copies rows.
  ///
  /// - Parameters:
  ///   - features: row-major, `featureStride` floats a row, of which `featureCount` are used.
  ///   - targets: row-major, `targetCount` numbers a row; the class index for classes.
  ///   - weights: how much each row counts; nil where all count 1.
  public init(
    features: [Float], featureCount: Int, featureStride: Int? = nil, targets: [Float],
    targetCount: Int = 1, weights: [Float]? = nil
  ) {
    self.init(
      features: TrainingData.view(of: features), featureCount: featureCount,
      featureStride: featureStride, targets: targets, targetCount: targetCount, weights: weights)
  }

  /// Takes features where they are, and copies the rest; the view must not change.
  public init(
    features: View, featureCount: Int, featureStride: Int? = nil, targets: [Float],
    targetCount: Int = 1, weights: [Float]? = nil
  ) {
    let stride = featureStride ?? featureCount
    precondition(featureCount > 0 && stride >= featureCount, "a row holds its features")
    precondition(targetCount > 0, "a row has a target")
    let rowCount = targets.count / targetCount
    precondition(
      targets.count == rowCount * targetCount && features.count == rowCount * stride,
      "features and targets have the same number of rows")
    precondition(weights.map { $0.count == rowCount } ?? true, "every row has one weight")
    self.rowCount = rowCount
    self.features = features
    self.featureCount = featureCount
    self.featureStride = stride
    self.targets = TrainingData.view(of: targets)
    self.targetCount = targetCount
    self.weights = weights.map(TrainingData.view)
  }

  /// Whether rows count differently.
  public var isWeighted: Bool { weights != nil }

  /// All row numbers in order.
  public var rows: [Int32] { (0..<Int32(rowCount)).map { $0 } }

  private static func view(of values: [Float]) -> View {
    let view = Arena(floatCount: values.count).whole
    view.copy(from: values)
    return view
  }
}
