/// Draws each value by itself.
public struct RandomSampler: Sampler {
  public static let name = "random"
  public static let summary = "draws each value by itself"
  public static let learns = false

  public init() {}

  public func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
  {
    var source = source(number, seed: seed)
    // Drawn for all, so that a value does not depend on whether another is there.
    return space.pruned(space.dimensions.map { $0.number(at: source.fraction()) })
  }
}
