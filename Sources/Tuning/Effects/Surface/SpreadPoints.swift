/// Points that fill a cube evenly, each with its own number: those of Sobol's sequence after its
/// first, which lies in a corner.
struct SpreadPoints {
  private let sequences: [SobolSequence]

  init(dimensions: Int) {
    sequences = (0..<dimensions).map { SobolSequence(dimension: $0) }
  }

  /// The point of a number, from −1 to 1 along each dimension.
  subscript(number: Int) -> [Double] { sequences.map { 2 * $0[number + 1] - 1 } }
}
