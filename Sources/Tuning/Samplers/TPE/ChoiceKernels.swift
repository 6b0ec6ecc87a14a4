internal import Tensors

/// The kernels of one choice: each prefers the value that was observed, the more so the more
/// observations there are; the last one, the prior, and those without a value prefer none.
struct ChoiceKernels {
  let count: Int
  /// The number of the observed value of each kernel; nil where all are alike.
  let observed: [Int?]
  /// The share of the observed value, and of each other one.
  let shareOfObserved, shareOfOther: Double

  /// - Parameter numbers: of the observations; NaN of one without.
  init(_ numbers: [Double], count: Int) {
    self.count = count
    let values = numbers.map { number in
      Int(exactly: number).flatMap { (0..<count).contains($0) ? $0 : nil }
    }
    observed = values + [nil]
    let smoothing = 1 / Double(values.count { $0 != nil } + 1)
    shareOfOther = smoothing / (1 + Double(count) * smoothing)
    shareOfObserved = (1 + smoothing) / (1 + Double(count) * smoothing)
  }

  /// A value drawn from a kernel.
  func draw(_ kernel: Int, _ source: inout RandomSource) -> Double {
    guard let value = observed[kernel] else { return Double(source.below(count)) }
    var place = source.fraction()
    for other in 0..<count {
      place -= share(of: other, observed: value)
      if place < 0 { return Double(other) }
    }
    return Double(value)
  }

  /// The share of a value in kernels around an observed one, or without.
  func share(of value: Int, observed: Int?) -> Double {
    guard let observed else { return 1 / Double(count) }
    return value == observed ? shareOfObserved : shareOfOther
  }
}
