internal import Tensors

/// The tree-structured Parzen estimator as Optuna 5 defines it: draws from the density of good
/// trials, and of its draws takes the one with the greatest ratio to the density of the others.
///
/// With one objective the density is joint over all dimensions, and over the union of a space with
/// conditions (`ParzenMixture`); with several each dimension is drawn by itself. The first ten
/// trials are drawn at random. Sources: S. Watanabe, Tree-Structured Parzen Estimator (2023),
/// arXiv 2304.11127; for several objectives Y. Ozaki et al., Multiobjective Tree-Structured Parzen
/// Estimator, JAIR 73 (2022).
public struct TPESampler: Sampler {
  public static let name = "tpe"
  public static let summary = "draws where good trials are dense and bad ones are not"
  public static let learns = true

  /// Trials that end before it learns, and draws among which it chooses.
  static let startup = 10
  static let draws = 24

  public init() {}

  public func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
  {
    var (ended, objectives) = (0, 1)
    for index in history.indices {
      let isEnded = history[index].state == .complete || history[index].state == .pruned
      ended += isEnded ? 1 : 0
      objectives = max(objectives, history[index].values.count)
    }
    guard ended >= Self.startup else {
      return RandomSampler().parameters(of: number, after: history, in: space, seed: seed)
    }
    let split = TrialSplit(history, objectives: objectives)
    var source = source(number, seed: seed)
    return objectives > 1
      ? eachByItself(split, history, in: space, &source)
      : together(split, history, in: space, &source)
  }

  private func together(
    _ split: TrialSplit, _ history: [Trial], in space: Space, _ source: inout RandomSource
  ) -> [Double?] {
    let places = Array(space.dimensions.indices)
    let (dense, sparse) = (
      ParzenMixture(of: split.good, in: history, space: space, over: places),
      ParzenMixture(of: split.bad, in: history, space: space, over: places)
    )
    let candidates = (0..<Self.draws).map { _ in
      let kernel = dense.drawKernel(&source)
      var parameters: [Double?] = []
      parameters.reserveCapacity(places.count)
      for place in places {
        parameters.append(
          space.isActive(place, with: parameters)
            ? dense.draw(place, from: kernel, &source) ?? space.dimensions[place].number(at: 0)
            : nil)
      }
      return parameters
    }
    return candidates[dense.best(of: candidates, over: sparse)]
  }

  private func eachByItself(
    _ split: TrialSplit, _ history: [Trial], in space: Space, _ source: inout RandomSource
  ) -> [Double?] {
    var parameters = [Double?](repeating: nil, count: space.dimensions.count)
    for (place, dimension) in space.dimensions.enumerated()
    where space.isActive(place, with: parameters) {
      parameters[place] = dimension.number(at: 0)
      guard !dimension.isSingle else { continue }
      // A trial without this dimension says nothing about it.
      let (good, bad) = (
        split.good.filter { history[$0].parameters[place] != nil },
        split.bad.filter { history[$0].parameters[place] != nil }
      )
      let dense = ParzenMixture(
        of: good, in: history, space: space, over: [place], isEven: true)
      let sparse = ParzenMixture(of: bad, in: history, space: space, over: [place])
      let candidates = (0..<Self.draws).map { _ in
        var candidate = parameters
        candidate[place] = dense.draw(place, from: dense.drawKernel(&source), &source)
        return candidate
      }
      parameters = candidates[dense.best(of: candidates, over: sparse)]
    }
    return parameters
  }
}
