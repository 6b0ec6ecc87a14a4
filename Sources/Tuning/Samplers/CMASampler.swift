internal import Tensors

/// CMA-ES: a normal distribution that moves, stretches and narrows towards the better trials.
///
/// It is over the numbers that are always there; choices and numbers with a condition are drawn by
/// themselves. Ended trials in the order of their numbers make up its generations, so that its
/// state follows from the history; with several at a time a generation may begin before the last
/// one's end. Worth it from about 100 trials on. Several objectives are ranked by fronts.
public struct CMASampler: Sampler {
  public static let name = "cma"
  public static let summary = "moves a normal distribution; for numbers, from 100 trials on"
  public static let learns = true

  public init() {}

  public func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
  {
    var source = source(number, seed: seed)
    var parameters: [Double?] = space.dimensions.map { $0.number(at: source.fraction()) }
    let axes = space.dimensions.map { dimension in
      dimension.condition == nil && !dimension.isSingle ? Axis(dimension) : nil
    }
    let places = axes.indices.filter { axes[$0] != nil }
    let used = axes.compactMap(\.self)
    guard !used.isEmpty else { return space.pruned(parameters) }
    let state = CMASampler.state(after: history, places, used)
    let point = draw(from: state, &source)
    for (index, place) in places.enumerated() {
      parameters[place] = used[index].number(at: used[index].low + point[index] * used[index].width)
    }
    return space.pruned(parameters)
  }

  /// The distribution after all generations that are full, in shares of the axes.
  static func state(after history: [Trial], _ places: [Int], _ axes: [Axis]) -> CMAState {
    var state = CMAState(
      mean: [Double](repeating: 0.5, count: axes.count), step: 1.0 / 6)
    let ended = history.filter(\.isFinished)
    let population = state.constants.population
    for start in stride(from: 0, to: ended.count - population + 1, by: population) {
      let generation = ranked(Array(ended[start..<start + population]))
      state.tell(
        generation.map { trial in
          zip(places, axes).map { place, axis in
            guard let number = trial.parameters[place] else { return 0.5 }
            return (axis.position(of: number) - axis.low) / axis.width
          }
        })
    }
    return state
  }

  /// Trials from best to worst.
  private static func ranked(_ trials: [Trial]) -> [Trial] {
    let standings = trials.compactMap(Standing.init)
    let isComplete = standings.map { $0.group == .complete }
    var fronts = standings.map { _ in 0 }
    if trials.contains(where: { $0.values.count > 1 }) {
      let places = standings.indices.filter { isComplete[$0] }
      for (place, front) in zip(places, nonDominatedFronts(of: places.map { trials[$0].values })) {
        fronts[place] = front
      }
    }
    return trials.indices.sorted { a, b in
      isComplete[a] && isComplete[b] && fronts[a] != fronts[b]
        ? fronts[a] < fronts[b] : standings[a] < standings[b]
    }.map { trials[$0] }
  }

  /// A point within the unit cube; cut off only after many draws outside.
  private func draw(from state: CMAState, _ source: inout RandomSource) -> [Double] {
    let count = state.mean.count
    var point: [Double] = []
    for _ in 0...(10 * count) {
      point = state.point(of: (0..<count).map { _ in Double(source.normal()) })
      if point.allSatisfy({ (0...1).contains($0) }) { return point }
    }
    return point.map { min(max($0, 0), 1) }
  }
}
