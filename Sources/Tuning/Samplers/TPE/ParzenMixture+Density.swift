extension ParzenMixture {
  /// The logarithm of the density at each point: of numbers with steps and choices the probability
  /// of the value, of others the density on their scale.
  func logDensities(at points: [[Double?]]) -> [Double] {
    // Eight kernels lie beside each other; what fills up the last eight has no weight.
    let base = blocks(of: weights.map(logarithm), filler: -.infinity)
    var sums = [[SIMD8<Double>]](repeating: base, count: points.count)
    for (place, kernels) in kernels.enumerated() {
      switch kernels {
      case .normal(let normal) where normal.axis.step == nil:
        addContinuous(normal, at: points.map { $0[place] }, to: &sums)
      case .normal(let normal):
        let classes = KernelClasses(normal)
        addListed(at: points.map { $0[place] }, to: &sums) { classes.logShares(of: $0) }
      case .choice(let choice):
        addListed(at: points.map { $0[place] }, to: &sums) { number in
          choice.observed.map { logarithm(choice.share(of: Int(number), observed: $0)) }
        }
      case nil: break
      }
    }
    return sums.map(logOfSum)
  }

  private func addContinuous(
    _ normal: NormalKernels, at numbers: [Double?], to sums: inout [[SIMD8<Double>]]
  ) {
    let centres = blocks(of: normal.centres, filler: 0)
    // −½ ((x − centre) / deviation)² = −((x − centre) · scale)².
    let scales = blocks(of: normal.deviations.map { 0.5.squareRoot() / $0 }, filler: 0)
    let rootOfTwoPi = 2.506628274631000502
    let offsets = blocks(
      of: normal.deviations.indices.map {
        -logarithm(rootOfTwoPi * normal.deviations[$0] * normal.shareWithin($0))
      }, filler: 0)
    for (index, number) in numbers.enumerated() {
      guard let number else { continue }
      let position = SIMD8(repeating: normal.axis.position(of: number))
      for block in centres.indices {
        let distance = (position - centres[block]) * scales[block]
        sums[index][block] += offsets[block] - distance * distance
      }
    }
  }

  /// Adds what depends on the value only, worked out once for each.
  private func addListed(
    at numbers: [Double?], to sums: inout [[SIMD8<Double>]], _ logShares: (Double) -> [Double]
  ) {
    var known: [Double: [SIMD8<Double>]] = [:]
    for (index, number) in numbers.enumerated() {
      guard let number else { continue }
      let column = known[number] ?? blocks(of: logShares(number), filler: 0)
      known[number] = column
      for block in column.indices { sums[index][block] += column[block] }
    }
  }

  private func blocks(of values: [Double], filler: Double) -> [SIMD8<Double>] {
    stride(from: 0, to: values.count, by: 8).map { start in
      var block = SIMD8(repeating: filler)
      for lane in 0..<min(8, values.count - start) { block[lane] = values[start + lane] }
      return block
    }
  }

  /// log Σ exp of all lanes.
  private func logOfSum(_ blocks: [SIMD8<Double>]) -> Double {
    var greatest = SIMD8(repeating: -Double.infinity)
    for block in blocks { greatest.replace(with: block, where: block .> greatest) }
    let top = greatest.max()
    guard top > -.infinity else { return top }
    var sum = 0.0
    for block in blocks {
      // A thousandth of the last digit, and less, is left out.
      guard any(block .> top - 44) else { continue }
      for lane in 0..<8 where block[lane] > top - 44 { sum += exponential(block[lane] - top) }
    }
    return logarithm(sum) + top
  }
}

/// Kernels of a dimension with steps of which many are alike, so that each is worked out once.
private struct KernelClasses {
  let normal: NormalKernels
  /// For each kernel the number of its class, and for each class one of its kernels.
  private var classes: [Int]
  private var kernels: [Int] = []
  private var shares: [Double] = []

  init(_ normal: NormalKernels) {
    self.normal = normal
    classes = []
    classes.reserveCapacity(normal.centres.count)
    var known: [SIMD2<Double>: Int] = [:]
    for kernel in normal.centres.indices {
      let key = SIMD2(normal.centres[kernel], normal.deviations[kernel])
      let number = known[key] ?? kernels.count
      if number == kernels.count {
        known[key] = number
        kernels.append(kernel)
        shares.append(normal.shareWithin(kernel))
      }
      classes.append(number)
    }
  }

  /// For each kernel the logarithm of the probability of a number.
  func logShares(of number: Double) -> [Double] {
    let (low, high) = normal.axis.stretch(of: number)
    let logShares = zip(kernels, shares).map { kernel, within in
      logarithm(normal.share(of: kernel, from: low, to: high) / within)
    }
    return classes.map { logShares[$0] }
  }
}
