internal import Tensors

/// The kernels of one numeric dimension: truncated normal distributions around the observations on
/// its scale, and last the prior, as wide as the range, in its middle.
///
/// A kernel is as wide as the way to the farther of its two neighbours, at least the range by the
/// number of kernels plus 1 or 100. An observation without a number has the prior's kernel.
struct NormalKernels {
  let axis: Axis
  let centres: [Double]
  let deviations: [Double]

  init(_ numbers: [Double?], axis: Axis) {
    self.axis = axis
    var centres: [Double] = []
    var observed: [Int] = []
    centres.reserveCapacity(numbers.count + 1)
    for (index, number) in numbers.enumerated() {
      guard let number else {
        centres.append((axis.low + axis.high) / 2)
        continue
      }
      observed.append(index)
      centres.append(axis.position(of: number))
    }
    centres.append((axis.low + axis.high) / 2)
    var deviations = [Double](repeating: axis.width, count: centres.count)
    let least = axis.width / min(100, Double(observed.count + 2))
    let sorted = observed.map { (centre: centres[$0], index: $0) }
      .sorted { $0.centre < $1.centre }
    for (place, entry) in sorted.enumerated() {
      // The ends of the range are neighbours of a single observation only.
      let isAlone = sorted.count == 1
      let below = place > 0 ? sorted[place - 1].centre : isAlone ? axis.low : entry.centre
      let above =
        place + 1 < sorted.count ? sorted[place + 1].centre : isAlone ? axis.high : entry.centre
      let wanted = max(entry.centre - below, above - entry.centre)
      deviations[entry.index] = min(max(wanted, least), axis.width)
    }
    (self.centres, self.deviations) = (centres, deviations)
  }

  /// A number drawn from a kernel.
  func draw(_ kernel: Int, _ source: inout RandomSource) -> Double {
    // A centre is within the range, and no kernel wider, so at least a third of draws is as well.
    while true {
      let position = centres[kernel] + deviations[kernel] * Double(source.normal())
      if position >= axis.low, position <= axis.high { return axis.number(at: position) }
    }
  }

  /// The share of a kernel's untruncated distribution that lies within the range.
  func shareWithin(_ kernel: Int) -> Double {
    share(of: kernel, from: axis.low, to: axis.high)
  }

  /// The share of a kernel's untruncated distribution between two positions.
  func share(of kernel: Int, from low: Double, to high: Double) -> Double {
    let (centre, deviation) = (centres[kernel], deviations[kernel])
    let (low, high) = ((low - centre) / deviation, (high - centre) / deviation)
    // Beyond 9 deviations there is less than a double can tell from nothing.
    if low > 0 {
      return normalShare(below: -low) - (high > 39 ? 0 : normalShare(below: -high))
    }
    if high < 0 { return normalShare(below: high) - (low < -39 ? 0 : normalShare(below: low)) }
    return 1 - (low < -9 ? 0 : normalShare(below: low)) - (high > 9 ? 0 : normalShare(below: -high))
  }
}
