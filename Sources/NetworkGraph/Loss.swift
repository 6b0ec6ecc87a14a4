public import SpecSyntax
public import Tensors

/// What training makes small.
public protocol Loss: Sendable {
  /// The name in a spec: `cross_entropy`.
  static var name: String { get }
  /// One sentence on what it measures and when to use it.
  static var summary: String { get }
  /// The field that a bare value sets: `huber: 1.5` sets `delta`.
  static var shorthand: String? { get }
  init(reading fields: inout FieldReader)

  /// What the targets are.
  var target: TargetKind { get }
  /// What turns outputs into predictions.
  var link: Link { get }
  /// The levels of the quantiles that are predicted, ascending; empty where outputs are none.
  ///
  /// The outputs of one level follow another's: first every target's lowest quantile.
  var levels: [Double] { get }
  /// The least number that a target may be; nil where any will do.
  var leastTarget: Double? { get }
  /// How many outputs the network needs for this many classes, or this many target columns.
  func outputUnits(classes: Int, targets: Int) -> Int
  /// The weighted sum of the losses of all examples; writes the gradient of that sum divided by
  /// `batch.normaliser`.
  func evaluate(_ batch: borrowing LossBatch) -> Double
}

extension Loss {
  public static var shorthand: String? { nil }
  /// The loss's name in a spec.
  public var name: String { Self.name }

  public var levels: [Double] { [] }
  public var leastTarget: Double? { nil }

  public func outputUnits(classes: Int, targets: Int) -> Int {
    switch target {
    case .classIndex: classes
    case .numbers, .binary: targets * max(1, levels.count)
    }
  }

  /// How many numbers an example's target has, for a network of so many outputs.
  public func targetCount(outputs: Int) -> Int {
    switch target {
    case .classIndex: 1
    case .numbers, .binary: outputs / max(1, levels.count)
    }
  }

  /// How many terms an example adds to the sum, whose mean is the loss.
  public func termsPerExample(outputs: Int) -> Int {
    switch target {
    case .classIndex: 1
    case .numbers, .binary: outputs
    }
  }
}

/// What a loss compares outputs with.
public enum TargetKind: String, Sendable, CaseIterable {
  /// One number per output.
  case numbers
  /// The index of the right class, as one number per example.
  case classIndex
  /// 0 or 1 per output.
  case binary
}

/// The function that turns outputs into what a person asks for.
public enum Link: String, Sendable, CaseIterable {
  /// The output is the prediction.
  case identity
  /// Probabilities over all outputs, which sum to 1.
  case softmax
  /// One probability per output.
  case sigmoid
  /// The exponential of each output: a rate, always above 0.
  case exponential
  /// A score per class, the highest of which wins, or one score that is above 0 for the second of
  /// two classes. Scores are no probabilities.
  case margin
}

/// Everything a loss looks at; a column is an example.
///
/// Not copyable: a small network would notice the copy at every step.
public struct LossBatch: ~Copyable {
  public var outputs: Matrix
  /// Numbers per target, or one row of class indices.
  public var targets: Matrix
  /// How much each example counts; nil where all count 1.
  public var weights: View?
  /// The share of each classification target that is spread over all classes.
  public var smoothing: Float
  /// What the gradient is divided by.
  public var normaliser: Float
  /// Where the gradient goes, if it is wanted.
  public var gradient: Matrix?
  /// Where the loss of each column goes, if it is wanted; losses with `levels` have no such.
  public var losses: View?

  public init(
    outputs: Matrix, targets: Matrix, weights: View? = nil, smoothing: Float = 0,
    normaliser: Float = 1, gradient: Matrix? = nil, losses: View? = nil
  ) {
    self.outputs = outputs
    self.targets = targets
    self.weights = weights
    self.smoothing = smoothing
    self.normaliser = normaliser
    self.gradient = gradient
    self.losses = losses
  }
}
