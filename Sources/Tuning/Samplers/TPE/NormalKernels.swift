internal import Tensors

/// The kernels of one numeric dimension: truncated normal distributions around the observations on
/// its scale, and last the prior, as wide as the range, in its middle.
///
/// A kernel is as wide as the way to the farther of its two neighbours, at least the range by the
/// number of kernels plus 1 or 100. An observation without a number has the prior's kernel.
struct NormalKernels {
  let axis: Axis
  private(set) var centres: [Double]
  private(set) var deviations: [Double]
  /// For each kernel a number that it shares with kernels that are alike, below `classCount`.
  private(set) var classes: [Int]
  private(set) var classCount = 1

  init(_ numbers: [Double?], axis: Axis) {
    self.axis = axis
    centres = [Double](repeating: (axis.low + axis.high) / 2, count: numbers.count + 1)
    deviations = [Double](repeating: axis.width, count: numbers.count + 1)
    classes = [Int](repeating: 0, count: numbers.count + 1)
    var sorted: [(centre: Double, index: Int)] = []
    sorted.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      if let number { sorted.append((axis.position(of: number), index)) }
    }
    sorted.sort { $0.centre < $1.centre }
    let least = axis.width / min(100, Double(sorted.count + 2))
    var last = (centre: Double.nan, deviation: 0.0)
    for (place, entry) in sorted.enumerated() {
      // The ends of the range are neighbours of a single observation only.
      let isAlone = sorted.count == 1
      let below = place > 0 ? sorted[place - 1].centre : isAlone ? axis.low : entry.centre
      let above =
        place + 1 < sorted.count ? sorted[place + 1].centre : isAlone ? axis.high : entry.centre
      let wanted = max(entry.centre - below, above - entry.centre)
      let deviation = min(max(wanted, least), axis.width)
      if last != (entry.centre, deviation) { classCount += 1 }
      last = (entry.centre, deviation)
      (centres[entry.index], deviations[entry.index]) = last
      classes[entry.index] = classCount - 1
    }
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
    if low > 0 {
      return normalShare(below: -low) - (high > 39 ? 0 : normalShare(below: -high))
    }
    if high < 0 { return normalShare(below: high) - (low < -39 ? 0 : normalShare(below: low)) }
    // Beyond 8.3 deviations there is less than a double can tell from nothing beside 1.
    return 1 - (low < -8.3 ? 0 : normalShare(below: low))
      - (high > 8.3 ? 0 : normalShare(below: -high))
  }
}
