extension ParzenMixture {
  /// The logarithm of the density at each point: of numbers with steps and choices the probability
  /// of the value, of others the density on their scale.
  func logDensities(at points: [[Double?]]) -> [Double] {
    var density = MixtureDensity(self)
    return points.map { density.logDensity(at: $0) }
  }
}

/// A mixture made ready to be asked at several points.
///
/// Continuous dimensions are cheap and asked of all kernels, eight beside each other. The others
/// give probabilities, whose logarithms are at most 0, so that a kernel which is already far below
/// the prior, of which all is known, is left out.
private struct MixtureDensity {
  private struct Continuous {
    let place: Int
    let axis: Axis
    /// −½ ((x − centre) / deviation)² is −((x − centre) · scale)².
    let centres, scales, offsets: [SIMD8<Double>]
  }

  private let weights: [SIMD8<Double>]
  private var continuous: [Continuous] = []
  private var listed: [(place: Int, shares: ListedShares)] = []
  private let prior: Int
  /// A thousand kernels that are below the prior by more are together less than 1e−14 of it.
  private let reach = 40.0

  init(_ mixture: ParzenMixture) {
    prior = mixture.weights.count - 1
    // What fills up the last eight has no weight.
    weights = blocks(of: mixture.weights.map(logarithm), filler: -.infinity)
    for (place, kernels) in mixture.kernels.enumerated() {
      switch kernels {
      case .normal(let normal) where normal.axis.step == nil:
        continuous.append(MixtureDensity.continuous(normal, place))
      case .normal(let normal): listed.append((place, ListedShares(normal)))
      case .choice(let choice): listed.append((place, ListedShares(choice)))
      case nil: break
      }
    }
  }

  private static func continuous(_ normal: NormalKernels, _ place: Int) -> Continuous {
    let rootOfTwoPi = 2.506628274631000502
    // Most kernels are as narrow as may be and wholly within, so the last logarithm serves again.
    var (last, offset) = (0.0, 0.0)
    let offsets = normal.deviations.indices.map { kernel in
      let scale = normal.deviations[kernel] * normal.shareWithin(kernel)
      if scale != last { (last, offset) = (scale, -logarithm(rootOfTwoPi * scale)) }
      return offset
    }
    return Continuous(
      place: place, axis: normal.axis, centres: blocks(of: normal.centres, filler: 0),
      scales: blocks(of: normal.deviations.map { 0.5.squareRoot() / $0 }, filler: 0),
      offsets: blocks(of: offsets, filler: 0))
  }

  mutating func logDensity(at point: [Double?]) -> Double {
    var sums = weights
    for dimension in continuous {
      guard let number = point[dimension.place] else { continue }
      let position = SIMD8(repeating: dimension.axis.position(of: number))
      for block in sums.indices {
        let distance = (position - dimension.centres[block]) * dimension.scales[block]
        sums[block] += dimension.offsets[block] - distance * distance
      }
    }
    var priorSum = sums[prior / 8][prior % 8]
    for index in listed.indices {
      guard let number = point[listed[index].place] else { continue }
      priorSum += listed[index].shares.logShare(of: number, prior)
    }
    let least = priorSum - reach
    var kept: [(kernel: Int, sum: Double)] = []
    for (index, block) in sums.enumerated() where any(block .> least) {
      for lane in 0..<8 where block[lane] > least { kept.append((index * 8 + lane, block[lane])) }
    }
    for index in listed.indices {
      guard let number = point[listed[index].place] else { continue }
      listed[index].shares.add(number, to: &kept, keeping: least)
    }
    let top = kept.reduce(priorSum) { max($0, $1.sum) }
    return logarithm(kept.reduce(0) { $0 + exponential($1.sum - top) }) + top
  }
}

/// Logarithms of the probability of one value in each kernel, worked out when asked for, once for
/// kernels that are alike.
private struct ListedShares {
  private let classes: [Int]
  private let logShares: (_ value: Double) -> (_ kernel: Int) -> Double
  /// For each value that was asked for those of the classes; NaN is not known yet.
  private var tables: [Double: [Double]] = [:]
  private let unknown: [Double]

  init(_ normal: NormalKernels) {
    classes = normal.classes
    unknown = [Double](repeating: .nan, count: normal.classCount)
    logShares = { value in
      let (low, high) = normal.axis.stretch(of: value)
      return { kernel in
        logarithm(normal.share(of: kernel, from: low, to: high) / normal.shareWithin(kernel))
      }
    }
  }

  init(_ choice: ChoiceKernels) {
    classes = choice.observed.map { $0.map { $0 + 1 } ?? 0 }
    unknown = [Double](repeating: .nan, count: choice.count + 1)
    logShares = { value in
      { kernel in logarithm(choice.share(of: Int(value), observed: choice.observed[kernel])) }
    }
  }

  mutating func logShare(of value: Double, _ kernel: Int) -> Double {
    var one = [(kernel: kernel, sum: 0.0)]
    add(value, to: &one, keeping: -.infinity)
    return one.first?.sum ?? -.infinity
  }

  /// Adds what a value has in each kernel to the kernel's sum, and drops those that fall too low.
  mutating func add(
    _ value: Double, to sums: inout [(kernel: Int, sum: Double)], keeping least: Double
  ) {
    var table = tables.removeValue(forKey: value) ?? unknown
    let logShare = logShares(value)
    var count = 0
    for (kernel, sum) in sums {
      var share = table[classes[kernel]]
      if share.isNaN {
        share = logShare(kernel)
        table[classes[kernel]] = share
      }
      guard sum + share > least else { continue }
      sums[count] = (kernel, sum + share)
      count += 1
    }
    sums.removeLast(sums.count - count)
    tables[value] = table
  }
}

private func blocks(of values: [Double], filler: Double) -> [SIMD8<Double>] {
  stride(from: 0, to: values.count, by: 8).map { start in
    var block = SIMD8(repeating: filler)
    for lane in 0..<min(8, values.count - start) { block[lane] = values[start + lane] }
    return block
  }
}
