/// All samplers.
public enum Samplers {
  public static let all: [any Sampler.Type] = [
    RandomSampler.self, GridSampler.self, SobolSampler.self, TPESampler.self, CMASampler.self,
  ]

  /// The sampler with a name.
  public static func named(_ name: String) -> (any Sampler)? {
    all.first { $0.name == name }.map { $0.init() }
  }
}
