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
    var generation: [(place: Int, standing: Standing)] = []
    for place in history.indices {
      guard let standing = Standing(history[place]) else { continue }
      generation.append((place, standing))
      guard generation.count == state.constants.population else { continue }
      let points = ranked(generation, history).map { trial in
        axes.indices.map { index in
          let (axis, number) = (axes[index], history[trial].parameters[places[index]])
          return number.map { (axis.position(of: $0) - axis.low) / axis.width } ?? 0.5
        }
      }
      state.tell(points)
      generation.removeAll(keepingCapacity: true)
    }
    return state
  }

  /// The places of trials in the history, from best to worst.
  private static func ranked(
    _ trials: [(place: Int, standing: Standing)], _ history: [Trial]
  ) -> [Int] {
    var fronts = [Int](repeating: 0, count: trials.count)
    let complete = trials.indices.filter { trials[$0].standing.group == .complete }
    if complete.contains(where: { history[trials[$0].place].values.count > 1 }) {
      let values = complete.map { history[trials[$0].place].values }
      for (index, front) in zip(complete, nonDominatedFronts(of: values)) { fronts[index] = front }
    }
    return trials.indices.sorted { a, b in
      let (first, second) = (trials[a].standing, trials[b].standing)
      // Fronts are of complete trials; those of others are 0, and never beside one.
      return first.group == second.group && fronts[a] != fronts[b]
        ? fronts[a] < fronts[b] : first < second
    }.map { trials[$0].place }
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
