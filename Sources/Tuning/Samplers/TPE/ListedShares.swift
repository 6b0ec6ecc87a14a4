/// Logarithms of the probability of a value in each kernel of a dimension with steps or a choice,
/// worked out when asked for, once for kernels that are alike.
struct ListedShares {
  /// The stretch of the scale that a value owns.
  typealias Stretch = (low: Double, high: Double)

  /// For each kernel a number that it shares with kernels that are alike.
  private let classes: [Int32]
  private let classCount: Int
  private let stretch: (_ value: Double) -> Stretch
  private let share: (_ value: Double, Stretch, _ kernel: Int) -> Double
  private let shareWithin: (_ kernel: Int) -> Double
  /// Those that were asked for.
  private var values: [(value: Double, stretch: Stretch)] = []
  /// For each of them its logarithm in each class; NaN is not known yet.
  private var logShares: [Double] = []
  /// For each class what of it is within the range.
  private var within: [Double]

  init(_ normal: NormalKernels) {
    (classes, classCount) = (normal.classes, normal.classCount)
    within = [Double](repeating: .nan, count: normal.classCount)
    stretch = { normal.axis.stretch(of: $0) }
    share = { _, stretch, kernel in normal.share(of: kernel, from: stretch.low, to: stretch.high) }
    shareWithin = { normal.shareWithin($0) }
  }

  init(_ choice: ChoiceKernels) {
    classes = choice.observed.map { $0.map { Int32($0 + 1) } ?? 0 }
    classCount = choice.count + 1
    within = [Double](repeating: 1, count: choice.count + 1)
    stretch = { ($0, $0) }
    share = { value, _, kernel in choice.share(of: Int(value), observed: choice.observed[kernel]) }
    shareWithin = { _ in 1 }
  }

  /// The place of a value among those that were asked for.
  mutating func place(of value: Double) -> Int {
    if let place = values.firstIndex(where: { $0.value == value }) { return place }
    values.append((value, stretch(value)))
    logShares.append(contentsOf: repeatElement(.nan, count: classCount))
    return values.count - 1
  }

  /// That of one kernel.
  mutating func logShare(at place: Int, _ kernel: Int) -> Double {
    let kind = Int(classes[kernel])
    let index = place * classCount + kind
    if logShares[index].isNaN {
      if within[kind].isNaN { within[kind] = shareWithin(kernel) }
      let (value, stretch) = values[place]
      logShares[index] = logarithm(share(value, stretch, kernel) / within[kind])
    }
    return logShares[index]
  }

  /// Adds to each kernel what a value has in it, and drops those that then are not above the least.
  mutating func add(_ place: Int, to kept: inout KeptKernels, keeping least: Double) {
    let (value, stretch) = values[place]
    let row = place * classCount
    kept.add(keeping: least) { kernel in
      let kind = Int(classes[kernel])
      if logShares[row + kind].isNaN {
        if within[kind].isNaN { within[kind] = shareWithin(kernel) }
        logShares[row + kind] = logarithm(share(value, stretch, kernel) / within[kind])
      }
      return logShares[row + kind]
    }
  }
}
