internal import Tensors

/// Tries every combination once, in an order that depends on the seed, so that what was tried is
/// spread over the whole grid whenever the study ends.
public struct GridSampler: Sampler {
  public static let name = "grid"
  public static let summary = "tries every combination once, in mixed order"
  public static let learns = false

  public init() {}

  public func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
  {
    let grid = Grid(space)
    let order = MixedOrder(
      count: grid.count, source: RandomSource(seed: seed).split("search").split("grid"))
    // Trials that were asked for have numbers too, so places are not numbers of trials.
    let tried = Set(history.map(\.parameters))
    for place in 0..<grid.count {
      let combination = grid.combination(at: order[place])
      if !tried.contains(combination) { return combination }
    }
    return nil
  }
}
