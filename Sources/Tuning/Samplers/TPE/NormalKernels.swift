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
  /// For each kernel a number that it shares with kernels that are alike, below `classCount`; told
  /// apart where there are steps.
  private(set) var classes: [Int32]
  private(set) var classCount = 1

  /// - Parameter numbers: of the observations; NaN of one without.
  init(_ numbers: [Double], axis: Axis) {
    self.axis = axis
    var centres = [Double](repeating: (axis.low + axis.high) / 2, count: numbers.count + 1)
    var classes = [Int32](repeating: 0, count: numbers.count + 1)
    var places = ValuePlaces(axis)
    var known: [Int32] = []
    known.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() where !number.isNaN {
      (centres[index], classes[index]) = places.take(number)
      known.append(Int32(index))
    }
    let least = axis.width / min(100, Double(known.count + 2))
    deviations = [Double](repeating: least, count: numbers.count + 1)
    deviations[numbers.count] = axis.width
    if known.count < numbers.count {
      for (index, number) in numbers.enumerated() where number.isNaN {
        deviations[index] = axis.width
      }
    }
    (self.centres, self.classes, classCount) = (centres, classes, places.count)
    widen(known)
  }

  /// Gives those with a neighbour farther away than the least deviation what they are to have.
  ///
  /// In cells of half the least deviation only the outermost can have one, in another cell. So
  /// nothing needs to be sorted.
  private mutating func widen(_ known: [Int32]) {
    let count = 2 * min(100, known.count + 2)
    let scale = Double(count) / axis.width
    // Of equal ones the first is the lower one, as it would be when sorted.
    var lowest = [Int32](repeating: -1, count: count)
    var highest = lowest
    for index in known {
      let centre = centres[Int(index)]
      let place = (centre - axis.low) * scale
      let cell = place < Double(count) ? Int(place) : count - 1
      if lowest[cell] < 0 || centre < centres[Int(lowest[cell])] { lowest[cell] = index }
      if highest[cell] < 0 || centre >= centres[Int(highest[cell])] { highest[cell] = index }
    }
    var before = -1
    for cell in 0..<count where lowest[cell] >= 0 {
      let index = Int(lowest[cell])
      if before >= 0 {
        let gap = centres[index] - centres[before]
        widen(before, to: gap)
        widen(index, to: gap)
      }
      before = Int(highest[cell])
    }
    // The ends of the range are neighbours of a single observation only.
    if known.count == 1 {
      widen(before, to: max(centres[before] - axis.low, axis.high - centres[before]))
    }
  }

  private mutating func widen(_ kernel: Int, to deviation: Double) {
    guard deviation > deviations[kernel] else { return }
    deviations[kernel] = min(deviation, axis.width)
    // No other is like it.
    classes[kernel] = Int32(classCount)
    classCount += 1
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
