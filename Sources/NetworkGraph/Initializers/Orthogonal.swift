public import SpecSyntax
public import Tensors

/// `gain` times a random matrix with orthonormal rows or columns, whichever are fewer, each such
/// matrix as likely as the others (Saxe et al. 2014).
///
/// The mean square of a weight is `gain² / max(fanIn, fanOut)`.
public struct Orthogonal: Initializer {
  public static let name = "orthogonal"
  public static let summary =
    "Orthonormal rows or columns: keeps lengths and angles through deep networks."
  public static let shorthand: String? = "gain"

  @Located public var gain: Double

  public init(reading fields: inout FieldReader) {
    _gain = fields.field(
      "gain", .positive, default: 1,
      doc: "The length of each row or column; the root of 2 suits relu-like activations.")
  }

  public init(gain: Double = 1) {
    _gain = Located(wrappedValue: gain)
  }

  public var distribution: Distribution { .normal }

  public func variance(fanIn: Int, fanOut: Int) -> Double {
    gain * gain / Double(max(fanIn, fanOut))
  }

  /// Draws normal vectors and makes each orthogonal to those before it (Gram and Schmidt, in double
  /// precision); with lengths left positive, no direction is preferred.
  public func fill(_ weights: Matrix, fanIn: Int, fanOut: Int, from source: inout RandomSource) {
    let isTall = weights.rows >= weights.columns
    let length = max(weights.rows, weights.columns)
    var basis: [LongVector] = []
    while basis.count < min(weights.rows, weights.columns) {
      var vector = LongVector(length) { Double(source.normal()) }
      for earlier in basis { vector.subtract(earlier, times: vector.dot(earlier)) }
      let size = vector.dot(vector).squareRoot()
      // A vector in the span of the others, as good as impossible, is drawn anew.
      guard size > 1e-6 else { continue }
      vector.divide(by: size)
      let index = basis.count
      for place in 0..<length {
        let (row, column) = isTall ? (place, index) : (index, place)
        weights.view[row * weights.stride + column] = Float(gain * vector[place])
      }
      basis.append(vector)
    }
  }
}

/// A vector in double precision, eight values at a time.
private struct LongVector {
  private var parts: [SIMD8<Double>]

  init(_ count: Int, draw: () -> Double) {
    parts = Array(repeating: .zero, count: (count + 7) / 8)
    for i in 0..<count { parts[i / 8][i % 8] = draw() }
  }

  subscript(index: Int) -> Double { parts[index / 8][index % 8] }

  func dot(_ other: LongVector) -> Double {
    var total = SIMD8<Double>.zero
    for i in parts.indices { total += parts[i] * other.parts[i] }
    return total.sum()
  }

  mutating func subtract(_ other: LongVector, times factor: Double) {
    for i in parts.indices { parts[i] -= other.parts[i] * factor }
  }

  mutating func divide(by divisor: Double) {
    for i in parts.indices { parts[i] /= divisor }
  }
}
