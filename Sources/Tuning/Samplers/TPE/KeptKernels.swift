/// Kernels of a mixture that count at a point, each with the logarithm of its part.
struct KeptKernels {
  private(set) var count = 0
  private var entries: [(kernel: Int32, sum: Double)]

  /// - Parameter capacity: how many there are at most.
  init(capacity: Int) {
    entries = [(kernel: Int32, sum: Double)](repeating: (0, 0), count: capacity)
  }

  /// Takes those of a stretch of kernels, eight beside each other, that are above the least.
  ///
  /// - Parameter first: the first of them.
  mutating func take(_ parts: ArraySlice<SIMD8<Double>>, first: Int, above least: Double) {
    var (kept, kernel) = (0, Int32(first))
    var entries = entries.mutableSpan
    for part in parts {
      for lane in 0..<8 {
        // Written over by the next where it does not stay.
        entries[kept] = (kernel, part[lane])
        kept += part[lane] > least ? 1 : 0
        kernel += 1
      }
    }
    count = kept
  }

  /// Adds to each what a function gives for it, and drops those that are then not above the least.
  @inline(__always)
  mutating func add(keeping least: Double, _ logShare: (_ kernel: Int) -> Double) {
    var (kept, all) = (0, count)
    var entries = entries.mutableSpan
    for index in 0..<all {
      let kernel = entries[index].kernel
      let sum = entries[index].sum + logShare(Int(kernel))
      entries[kept] = (kernel, sum)
      kept += sum > least ? 1 : 0
    }
    count = kept
  }

  /// The greatest; minus infinity without any.
  var top: Double {
    var top = -Double.infinity
    for entry in entries[..<count] { top = max(top, entry.sum) }
    return top
  }

  /// The sum of all parts, divided by what has a logarithm.
  func sum(over logarithm: Double) -> Double {
    var sum = 0.0
    for entry in entries[..<count] { sum += exponential(entry.sum - logarithm) }
    return sum
  }
}
