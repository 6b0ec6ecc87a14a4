import Tensors
import Testing
@testable import Tuning

/// What the sampler leaves out to be fast changes nothing.
@Suite("TPE's densities")
struct TPEDensityTests {
  /// Trials that are near each other, as those of a search, some without a number.
  static func history(_ count: Int, seed: UInt64) -> [Trial] {
    var source = RandomSource(seed: seed)
    return (0..<count).map { number in
      let far = source.below(4) == 0
      let parameters = TPETests.space.dimensions.map { dimension -> Double? in
        let place = far ? source.fraction() : 0.4 + 0.15 * source.fraction()
        return source.below(9) == 0 ? nil : dimension.number(at: place)
      }
      return Trial(number: number, state: .complete, parameters: parameters, values: [0])
    }
  }

  static func mixture(_ trials: Range<Int>, _ history: [Trial]) -> ParzenMixture {
    ParzenMixture(
      of: Array(trials), in: history, space: TPETests.space,
      over: Array(TPETests.space.dimensions.indices))
  }

  /// Points drawn from a mixture, some of them alike.
  static func points(_ mixture: ParzenMixture, _ source: inout RandomSource) -> [[Double?]] {
    let points = (0..<24).map { _ -> [Double?] in
      let kernel = mixture.drawKernel(&source)
      return TPETests.space.dimensions.indices.map { mixture.draw($0, from: kernel, &source) }
    }
    return points + points.prefix(3)
  }

  /// Deviations from neighbours in a sorted list, as the definition has it.
  private func deviations(_ centres: [Double], _ axis: Axis) -> [Double] {
    let order = centres.indices.sorted {
      (centres[$0], $0) < (centres[$1], $1)
    }
    var deviations = [Double](repeating: 0, count: centres.count)
    for (place, index) in order.enumerated() {
      let below = place > 0 ? centres[index] - centres[order[place - 1]] : 0
      let above = place + 1 < order.count ? centres[order[place + 1]] - centres[index] : 0
      let ends = max(centres[index] - axis.low, axis.high - centres[index])
      let wanted = order.count == 1 ? ends : max(below, above)
      let least = axis.width / min(100, Double(order.count + 2))
      deviations[index] = min(max(wanted, least), axis.width)
    }
    return deviations
  }

  @Test("finds the neighbours without sorting", arguments: [0, 1, 2, 3, 7, 40, 150, 700])
  func neighbours(count: Int) throws {
    let history = Self.history(count, seed: 7)
    for (place, dimension) in TPETests.space.dimensions.enumerated() {
      guard let axis = Axis(dimension) else { continue }
      let numbers = history.map { $0.parameters[place] ?? .nan }
      let kernels = NormalKernels(numbers, axis: axis)
      let known = numbers.indices.filter { !numbers[$0].isNaN }
      let centres = known.map { axis.position(of: numbers[$0]) }
      #expect(known.map { kernels.centres[$0] } == centres)
      #expect(known.map { kernels.deviations[$0] } == deviations(centres, axis), "\(place)")
      // The same class means the same kernel.
      var first: [Int32: Int] = [:]
      for (kernel, kind) in kernels.classes.enumerated() where axis.step != nil {
        let like = first[kind, default: kernel]
        first[kind] = like
        #expect(kernels.centres[like] == kernels.centres[kernel])
        #expect(kernels.deviations[like] == kernels.deviations[kernel])
        #expect((0..<kernels.classCount).contains(Int(kind)))
      }
    }
  }

  /// The logarithm of a density from all kernels, one by one.
  private func logDensity(_ mixture: ParzenMixture, at point: [Double?]) -> Double {
    let sums = mixture.weights.indices.map { kernel in
      var sum = logarithm(mixture.weights[kernel])
      for (place, number) in point.enumerated() {
        guard let number, let kernels = mixture.kernels[place] else { continue }
        switch kernels {
        case .choice(let choice):
          sum += logarithm(choice.share(of: Int(number), observed: choice.observed[kernel]))
        case .normal(let normal) where normal.axis.step != nil:
          let (low, high) = normal.axis.stretch(of: number)
          sum += logarithm(
            normal.share(of: kernel, from: low, to: high) / normal.shareWithin(kernel))
        case .normal(let normal):
          let deviation = normal.deviations[kernel]
          let away = (normal.axis.position(of: number) - normal.centres[kernel]) / deviation
          sum -= away * away / 2 + logarithm(2.506628274631000502 * deviation)
          sum -= logarithm(normal.shareWithin(kernel))
        }
      }
      return sum
    }
    let top = sums.max() ?? 0
    return logarithm(sums.reduce(0) { $0 + exponential($1 - top) }) + top
  }

  @Test("has the sum over all kernels", arguments: [0, 5, 31, 32, 200, 500])
  func sums(count: Int) {
    let mixture = Self.mixture(0..<count, Self.history(count, seed: 3))
    var source = RandomSource(seed: 1)
    var points = Self.points(mixture, &source)
    points[1][0] = nil
    points[2][2] = nil
    for (point, found) in zip(points, mixture.logDensities(at: points)) {
      #expect(abs(found - logDensity(mixture, at: point)) < 1e-11)
    }
  }

  @Test("chooses what the whole densities would", arguments: [12, 60, 300, 600])
  func choice(count: Int) {
    for seed in 1...(UInt64(6)) {
      let history = Self.history(count, seed: seed)
      let (good, bad) = (count / 10, count / 10..<count)
      let (dense, sparse) = (Self.mixture(0..<good, history), Self.mixture(bad, history))
      var source = RandomSource(seed: seed)
      let points = Self.points(dense, &source)
      let ratios = zip(dense.logDensities(at: points), sparse.logDensities(at: points))
        .map { $0 - $1 }
      #expect(dense.best(of: points, over: sparse) == ratios.firstIndex(of: ratios.max() ?? 0))
    }
  }
}
