internal import Tensors

/// One dimension of a Sobol sequence in Gray-code order, 32 bits deep.
///
/// Direction numbers: S. Joe and F. Y. Kuo, Constructing Sobol sequences with better
/// two-dimensional projections, SIAM J. Sci. Comput. 30 (2008). Scrambling: a random linear matrix
/// and a digital shift, J. Matoušek, On the L2-discrepancy for anchored boxes, J. Complexity 14
/// (1998).
struct SobolSequence {
  /// How many dimensions there are numbers for.
  static var dimensionLimit: Int { SobolDirections.table.count + 1 }

  /// What each binary digit of a point's Gray code flips, the first digit in the highest bit.
  private(set) var directions: [UInt32]
  private(set) var shift: UInt32 = 0

  /// - Precondition: the dimension is in `0 ..< dimensionLimit`.
  init(dimension: Int) {
    guard dimension > 0 else {
      directions = (0..<32).map { 1 << (31 - $0) }
      return
    }
    let row = SobolDirections.table[dimension - 1]
    let (coefficients, first) = (row[0], row.dropFirst())
    let degree = first.count
    var directions = first.enumerated().map { $1 << UInt32(31 - $0) }
    // m_k = 2 a_1 m_{k−1} ⊕ 2² a_2 m_{k−2} ⊕ … ⊕ 2^s m_{k−s} ⊕ m_{k−s}, m shifted up by 32 − k.
    for k in degree..<32 {
      var value = directions[k - degree] ^ (directions[k - degree] >> UInt32(degree))
      for j in 1..<degree where (coefficients >> UInt32(degree - 1 - j)) & 1 == 1 {
        value ^= directions[k - j]
      }
      directions.append(value)
    }
    self.directions = directions
  }

  /// The same with its digits mixed: each becomes a random sum of itself and those before it, and
  /// is flipped or not.
  func scrambled(by source: RandomSource) -> SobolSequence {
    var (source, result) = (source, self)
    // Row i of a lower triangular matrix with ones on its diagonal, the first digit highest.
    let rows = (0..<UInt32(32)).map { digit -> UInt32 in
      let own: UInt32 = 1 << (31 - digit)
      return own | (UInt32(truncatingIfNeeded: source.next()) & ~(own | (own - 1)))
    }
    result.directions = directions.map { direction in
      var mixed: UInt32 = 0
      for (digit, row) in rows.enumerated() where (row & direction).nonzeroBitCount & 1 == 1 {
        mixed |= 1 << UInt32(31 - digit)
      }
      return mixed
    }
    result.shift = UInt32(truncatingIfNeeded: source.next())
    return result
  }

  /// The point of a number, in `0 ..< 1`; the numbers begin anew after 2³².
  subscript(number: Int) -> Double {
    let index = UInt32(truncatingIfNeeded: number)
    let gray = index ^ (index >> 1)
    var bits = shift
    for digit in 0..<32 where (gray >> UInt32(digit)) & 1 == 1 { bits ^= directions[digit] }
    return Double(bits) * 0x1p-32
  }
}
