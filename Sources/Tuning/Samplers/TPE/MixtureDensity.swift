/// A mixture made ready to be asked at several points.
///
/// Kernels are taken from the last, the prior, to the first, some at a time, so that a point whose
/// density is already too high need not be followed to the end. Continuous dimensions are cheap and
/// asked of eight kernels beside each other. The others give probabilities, whose logarithms are at
/// most 0, so that a kernel which is already far below another is left out.
struct MixtureDensity {
  /// A point, and the sum over the kernels that were taken.
  struct Sum {
    fileprivate let positions: [ContinuousKernels.Position]
    /// The dimensions with steps and choices that are there, and the place of the value in each.
    fileprivate let values: [(dimension: Int, place: Int)]
    /// The logarithm of the greatest part, and the sum of all parts over that.
    fileprivate var top = -Double.infinity
    fileprivate var parts = 0.0
    fileprivate var blocksLeft: Int

    var isWhole: Bool { blocksLeft == 0 }
    /// Of the density when the sum is whole, of what is less before.
    var logarithm: Double { Tuning.logarithm(parts) + top }
  }

  private let continuous: ContinuousKernels
  private var listed: [(place: Int, shares: ListedShares)] = []
  private let prior: Int
  /// A thousand kernels that are below another by more are together less than 1e−14 of it.
  private let reach = 40.0
  /// So many times eight kernels are taken at a time.
  private static let stride = 4
  private var parts = [SIMD8<Double>](repeating: SIMD8(), count: stride)
  private var kept = KeptKernels(capacity: stride * 8)

  init(_ mixture: ParzenMixture) {
    prior = mixture.weights.count - 1
    var normals: [(place: Int, kernels: NormalKernels)] = []
    for (place, kernels) in mixture.kernels.enumerated() {
      switch kernels {
      case .normal(let normal) where normal.axis.step == nil: normals.append((place, normal))
      case .normal(let normal): listed.append((place, ListedShares(normal)))
      case .choice(let choice): listed.append((place, ListedShares(choice)))
      case nil: break
      }
    }
    continuous = ContinuousKernels(normals, weights: mixture.weights)
  }

  mutating func logDensity(at point: [Double?]) -> Double {
    var sum = begin(at: point)
    while !sum.isWhole { proceed(&sum) }
    return sum.logarithm
  }

  /// The sum at a point over the first kernels that are taken.
  mutating func begin(at point: [Double?]) -> Sum {
    var values: [(dimension: Int, place: Int)] = []
    values.reserveCapacity(listed.count)
    for index in listed.indices {
      guard let number = point[listed[index].place] else { continue }
      values.append((index, listed[index].shares.place(of: number)))
    }
    var sum = Sum(
      positions: continuous.positions(of: point), values: values,
      blocksLeft: continuous.blockCount)
    proceed(&sum)
    return sum
  }

  /// Takes more kernels.
  mutating func proceed(_ sum: inout Sum) {
    let blocks = max(0, sum.blocksLeft - MixtureDensity.stride)..<sum.blocksLeft
    continuous.logParts(sum.positions, of: blocks, into: &parts)
    var top = sum.top
    if blocks.upperBound == continuous.blockCount {
      top = parts[blocks.count - 1][prior % 8]
      for (dimension, place) in sum.values {
        top += listed[dimension].shares.logShare(at: place, prior)
      }
    }
    let least = top - reach
    kept.take(parts[..<blocks.count], first: blocks.lowerBound * 8, above: least)
    for (dimension, place) in sum.values {
      listed[dimension].shares.add(place, to: &kept, keeping: least)
    }
    top = max(top, kept.top)
    if sum.parts > 0 { sum.parts *= exponential(sum.top - top) }
    sum.parts += kept.sum(over: top)
    (sum.top, sum.blocksLeft) = (top, blocks.lowerBound)
  }
}
