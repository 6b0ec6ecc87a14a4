internal import Tensors

/// Chooses what a trial tries.
public protocol Sampler: Sendable {
  /// As a spec writes it.
  static var name: String { get }
  /// What it does, in a line of help.
  static var summary: String { get }
  /// Whether the choice depends on what trials gave.
  static var learns: Bool { get }

  init()

  /// The numbers of a trial, nil where a dimension is not there; nil in place of all when there is
  /// nothing more to try.
  ///
  /// - Parameters:
  ///   - number: of the trial, from 0.
  ///   - history: `[Trial].known(to:parallel:)` of the trial: all that have a lower number.
  ///   - seed: of the study; the same arguments give the same choice.
  func parameters(of number: Int, after history: [Trial], in space: Space, seed: UInt64)
    -> [Double?]?
}

extension Sampler {
  /// The source of random numbers of a trial.
  func source(_ number: Int, seed: UInt64) -> RandomSource {
    RandomSource(seed: seed).split("search").split(UInt64(number))
  }
}

extension RandomSource {
  /// A multiple of 2⁻⁵³ in `0 ..< 1`.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
