/// All pruners.
public enum Pruners {
  public static let all: [any Pruner.Type] = [
    NoPruner.self, MedianPruner.self, ASHAPruner.self, HyperbandPruner.self, WilcoxonPruner.self,
  ]

  /// The pruner with a name and with fields as a spec names them.
  public static func named(_ name: String, options: [String: Double] = [:]) -> (any Pruner)? {
    all.first { $0.name == name }.map { $0.init(options: options) }
  }
}

extension [String: Double] {
  /// An option that is a whole number; beyond a billion there is no difference.
  func count(_ name: String) -> Int? { self[name].map { Int(Swift.min($0, 1e9)) } }
}
