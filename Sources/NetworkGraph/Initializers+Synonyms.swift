public import SpecSyntax

extension Initializers {
  /// What initialisers are called in Keras and PyTorch.
  public static let synonyms: [String: ForeignName] = [
    "kaiming": "he", "kaimingnormal": "he", "kaiminguniform": "he", "henormal": "he",
    "heuniform": "he", "heinitialization": "he", "msra": "he",
    "xavier": "glorot", "xaviernormal": "glorot", "xavieruniform": "glorot",
    "glorotnormal": "glorot", "glorotuniform": "glorot",
    "lecunnormal": "lecun", "lecununiform": "lecun", "fanin": "lecun",
    "variancescaling": ["he", "glorot"], "orthogonalinitializer": "orthogonal",
    "orthonormal": "orthogonal",
    "zeros": .none("use `he` or `glorot`: with equal weights all units learn the same"),
    "ones": .none("use `he` or `glorot`: with equal weights all units learn the same"),
    "constant": .none("use `he` or `glorot`: with equal weights all units learn the same"),
    "normal": .none("use `{he: normal}`, whose width suits the layer"),
    "randomnormal": .none("use `{he: normal}`, whose width suits the layer"),
    "truncatednormal": .none("use `{he: normal}`, whose width suits the layer"),
    "uniform": .none("use `{he: uniform}`, whose width suits the layer"),
    "randomuniform": .none("use `{he: uniform}`, whose width suits the layer"),
  ]
}
