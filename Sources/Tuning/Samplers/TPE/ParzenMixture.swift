internal import Tensors

/// A mixture of kernels around observed trials, one for each and a prior: a density over a space.
///
/// A kernel is a product over dimensions. In a space with conditions it is one over those that are
/// there: a trial of which a dimension was not there has the prior's kernel in it, so that the
/// mixture stays a density whatever the dimensions that decide are.
struct ParzenMixture {
  /// The kernels of one dimension.
  enum Kernels {
    case normal(NormalKernels)
    case choice(ChoiceKernels)
  }

  let space: Space
  /// Of the observations in order, then of the prior; their sum is 1.
  let weights: [Double]
  /// For each dimension of the space; nil where there is nothing to choose, or it is left out.
  let kernels: [Kernels?]

  /// - Parameters:
  ///   - trials: places in the history of the observations.
  ///   - places: dimensions of the space that the density is over.
  ///   - isEven: whether old observations count as much as new ones.
  init(
    of trials: [Int], in history: [Trial], space: Space, over places: [Int], isEven: Bool = false
  ) {
    self.space = space
    weights = ParzenMixture.weights(of: trials.count, isEven: isEven)
    var kernels = [Kernels?](repeating: nil, count: space.dimensions.count)
    let columns = ParzenMixture.columns(of: trials, in: history, over: places)
    for (numbers, place) in zip(columns, places) where !space.dimensions[place].isSingle {
      let dimension = space.dimensions[place]
      if let axis = Axis(dimension) {
        kernels[place] = .normal(NormalKernels(numbers, axis: axis))
      } else {
        kernels[place] = .choice(ChoiceKernels(numbers, count: dimension.valueCount ?? 1))
      }
    }
    self.kernels = kernels
  }

  /// For each place the numbers of the trials; NaN of one where it is not there.
  private static func columns(
    of trials: [Int], in history: [Trial], over places: [Int]
  ) -> [[Double]] {
    var columns = places.map { _ in [Double](repeating: .nan, count: trials.count) }
    for (row, trial) in trials.enumerated() {
      let parameters = history[trial].parameters
      for (column, place) in places.enumerated() {
        if let number = parameters[place] { columns[column][row] = number }
      }
    }
    return columns
  }

  /// 1 for the last 25 and the prior, for those before a ramp up to it; then divided by the sum.
  static func weights(of count: Int, isEven: Bool) -> [Double] {
    var weights = [Double](repeating: 1, count: count + 1)
    let ramp = count - 25
    if !isEven, ramp > 0 {
      let first = 1 / Double(count)
      for index in 0..<ramp {
        let share = ramp > 1 ? Double(index) / Double(ramp - 1) : 0
        weights[index] = first + share * (1 - first)
      }
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// A kernel drawn by weight.
  func drawKernel(_ source: inout RandomSource) -> Int {
    var place = source.fraction()
    for (kernel, weight) in weights.enumerated() {
      place -= weight
      if place < 0 { return kernel }
    }
    return weights.count - 1
  }

  /// A number of one dimension drawn from a kernel; nil where the density is not over it.
  func draw(_ place: Int, from kernel: Int, _ source: inout RandomSource) -> Double? {
    switch kernels[place] {
    case .normal(let normal): normal.draw(kernel, &source)
    case .choice(let choice): choice.draw(kernel, &source)
    case nil: nil
    }
  }
}
