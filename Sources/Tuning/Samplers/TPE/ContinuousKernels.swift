/// The weights of kernels and what they are in all continuous dimensions, eight kernels beside each
/// other.
struct ContinuousKernels {
  /// Eight kernels of a dimension: −½ ((x − centre) / deviation)² is −((x − centre) · scale)².
  private struct Terms {
    var centre, scale, offset: SIMD8<Double>
  }

  /// A dimension that is there at a point, and where.
  typealias Position = (dimension: Int, x: Double)

  private let dimensions: [(place: Int, axis: Axis)]
  private let logWeights: [SIMD8<Double>]
  /// Of the first eight kernels those of each dimension, then of the next eight.
  private var terms: [Terms] = []

  var blockCount: Int { logWeights.count }

  init(_ normals: [(place: Int, kernels: NormalKernels)], weights: [Double]) {
    dimensions = normals.map { ($0.place, $0.kernels.axis) }
    // What fills up the last eight has no weight.
    logWeights = blocks(of: eachOnce(weights) { logarithm($0) }, filler: -.infinity)
    let columns = normals.map { ContinuousKernels.terms(of: $0.kernels) }
    terms.reserveCapacity(columns.count * logWeights.count)
    for block in logWeights.indices { for column in columns { terms.append(column[block]) } }
  }

  private static func terms(of normal: NormalKernels) -> [Terms] {
    let rootOfTwoPi = 2.506628274631000502
    let parts = normal.deviations.indices.map { normal.deviations[$0] * normal.shareWithin($0) }
    // Most kernels are as narrow as may be and wholly within.
    let offsets = blocks(of: eachOnce(parts) { -logarithm(rootOfTwoPi * $0) }, filler: 0)
    let scales = blocks(of: normal.deviations.map { 0.5.squareRoot() / $0 }, filler: 0)
    let centres = blocks(of: normal.centres, filler: 0)
    return offsets.indices.map {
      Terms(centre: centres[$0], scale: scales[$0], offset: offsets[$0])
    }
  }

  func positions(of point: [Double?]) -> [Position] {
    dimensions.enumerated().compactMap { dimension, entry in
      point[entry.place].map { (dimension, entry.axis.position(of: $0)) }
    }
  }

  /// The logarithms of some kernels at a point.
  func logParts(
    _ positions: [Position], of blocks: Range<Int>, into parts: inout [SIMD8<Double>]
  ) {
    for (index, block) in blocks.enumerated() {
      var sum = logWeights[block]
      for (dimension, x) in positions {
        let term = terms[block * dimensions.count + dimension]
        let distance = (SIMD8(repeating: x) - term.centre) * term.scale
        sum += term.offset - distance * distance
      }
      parts[index] = sum
    }
  }
}

/// What a function makes of numbers, of those alike in a row once.
private func eachOnce(_ values: [Double], _ function: (Double) -> Double) -> [Double] {
  var (last, result) = (Double.nan, 0.0)
  return values.map { value in
    if value != last { (last, result) = (value, function(value)) }
    return result
  }
}

private func blocks(of values: [Double], filler: Double) -> [SIMD8<Double>] {
  stride(from: 0, to: values.count, by: 8).map { start in
    var block = SIMD8(repeating: filler)
    for lane in 0..<min(8, values.count - start) { block[lane] = values[start + lane] }
    return block
  }
}
