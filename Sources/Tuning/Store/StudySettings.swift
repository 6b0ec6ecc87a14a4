/// What a study is: nothing of it may change while it goes on, or trials would not compare.
public struct StudySettings: Sendable, Hashable {
  /// Whether an objective is to become small or large.
  public enum Direction: String, Sendable, Hashable {
    case minimize, maximize

    /// The value as people see it of one where smaller is better, and the other way round.
    public func turned(_ value: Double) -> Double { self == .maximize ? -value : value }
  }

  public var name: String
  public var seed: UInt64
  public var space: Space
  /// One for each objective. Values of a `Trial` are small where they are good all the same.
  public var directions: [Direction]
  /// Names of `Samplers` and `Pruners`.
  public var sampler: String
  public var pruner: String
  /// The pruner's fields, by the names that a spec has for them.
  public var prunerOptions: [String: Double]
  /// How many trials may run at a time. A trial knows the results of those so many before it, so
  /// this belongs to the study and not to the machine.
  public var parallel: Int
  /// What else trials depend on, as digests of the spec and its table: by name, in order.
  public var identity: [String: String]

  public init(
    name: String, seed: UInt64, space: Space, directions: [Direction] = [.minimize],
    sampler: String, pruner: String, prunerOptions: [String: Double] = [:], parallel: Int = 4,
    identity: [String: String] = [:]
  ) {
    (self.name, self.seed, self.space, self.directions) = (name, seed, space, directions)
    (self.sampler, self.pruner, self.prunerOptions) = (sampler, pruner, prunerOptions)
    (self.parallel, self.identity) = (parallel, identity)
  }
}
