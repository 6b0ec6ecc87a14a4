internal import Tensors

/// Fills the space evenly with the points of a Sobol sequence, scrambled by the study's seed.
///
/// A trial is the point of its number; powers of two of trials fill best. Dimensions beyond
/// `SobolSequence.dimensionLimit` are drawn by themselves.
public struct SobolSampler: Sampler {
  public static let name = "sobol"
  public static let summary = "fills the space evenly, best with 16, 32, 64, … trials"
  public static let learns = false

  public init() {}

  public func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
  {
    var source = source(number, seed: seed)
    let scrambling = RandomSource(seed: seed).split("search").split("sobol")
    let numbers = space.dimensions.enumerated().map { place, dimension in
      guard place < SobolSequence.dimensionLimit else {
        return dimension.number(at: source.fraction())
      }
      let sequence = SobolSequence(dimension: place)
        .scrambled(by: scrambling.split(UInt64(place)))
      return dimension.number(at: sequence[number])
    }
    return space.pruned(numbers)
  }
}
