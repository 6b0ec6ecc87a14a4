public import SpecSyntax
public import Tensors

/// How weights are drawn before the first step.
public protocol Initializer: Sendable {
  /// The name in a spec: `he`.
  static var name: String { get }
  /// One sentence on what it does and when to use it.
  static var summary: String { get }
  /// The field that a bare value sets: `he: uniform` sets `distribution`.
  static var shorthand: String? { get }
  init(reading fields: inout FieldReader)
  /// The shape of the distribution; its mean is 0.
  var distribution: Distribution { get }
  /// The variance of one weight that joins `fanIn` inputs to `fanOut` outputs.
  func variance(fanIn: Int, fanOut: Int) -> Double
  /// Fills a weight matrix, which has an input per row; what lies beyond its columns stays as it
  /// is.
  func fill(_ weights: Matrix, fanIn: Int, fanOut: Int, from source: inout RandomSource)
}

/// The shape of the numbers an initialiser draws.
public enum Distribution: String, Sendable, CaseIterable {
  case normal, uniform
}

extension Initializer {
  public static var shorthand: String? { "distribution" }

  /// Draws the weights row by row, each for itself.
  public func fill(
    _ weights: Matrix, fanIn: Int, fanOut: Int, from source: inout RandomSource
  ) {
    let deviation = variance(fanIn: max(fanIn, 1), fanOut: max(fanOut, 1)).squareRoot()
    let bound = Float(deviation * 3.0.squareRoot())
    for row in 0..<weights.rows {
      for column in 0..<weights.columns {
        let value =
          switch distribution {
          case .normal: Float(deviation) * source.normal()
          case .uniform: bound * (2 * source.uniform() - 1)
          }
        weights.view[row * weights.stride + column] = value
      }
    }
  }
}

extension FieldReader {
  /// The field that all initialisers have.
  mutating func distribution() -> Located<Distribution> {
    field(
      "distribution",
      .choice([
        ("normal", .normal, "Gaussian numbers."),
        ("uniform", .uniform, "Numbers spread evenly over an interval of the same variance."),
      ]), default: .normal, doc: "The shape of the distribution the weights are drawn from.")
  }
}
