/// All pruners.
public enum Pruners {
  public static let all: [any Pruner.Type] = [NoPruner.self]

  /// The pruner with a name.
  public static func named(_ name: String) -> (any Pruner)? {
    all.first { $0.name == name }.map { $0.init() }
  }
}
