public import SpecSyntax

/// What a person should know about a hyperparameter before changing it; `plumb explain KEY`
/// prints it with the rules about the key.
public struct KeyGuide: Sendable {
  public let path: SpecPath
  /// What it is, for somebody who knows what a network is.
  public let meaning: String
  /// How to choose among names; nil where the value is a size.
  public let choice: String?
  /// What happens when it grows and when it shrinks; nil where it has no size.
  public let grows: String?
  public let shrinks: String?
  /// The keys it moves together with, each with the reason.
  public let together: [(path: SpecPath, reason: String)]
  /// The default and why it is that.
  public let reason: String
  /// A drawing of at most 76 columns.
  public let picture: String?
  /// Settings to try beside each other, as `--set` takes them.
  public let trials: [String]

  init(
    _ path: SpecPath, meaning: String, choice: String? = nil, grows: String? = nil,
    shrinks: String? = nil, together: [(path: SpecPath, reason: String)] = [], reason: String,
    picture: String? = nil, trials: [String]
  ) {
    self.path = path
    self.meaning = meaning
    self.choice = choice
    self.grows = grows
    self.shrinks = shrinks
    self.together = together
    self.reason = reason
    self.picture = picture
    self.trials = trials
  }

  /// The commands that show the key's effect on the reader's own data.
  var commands: [String] {
    trials.map { "plumb train SPEC --seeds 3 --set '\($0)'" }
  }
}

/// The list of guides.
public enum KeyGuides {
  /// Every guide, in the order of the keys.
  public static let all: [KeyGuide] = [
    .features, .numericScale, .numericClip, .numericEmbed, .categoryEncode, .targetScale,
    .validation, .test, .stratify, .splitSeed,
    .hiddenLayers, .layers, .activation, .dropout, .normalization, .initializer,
    .loss, .optimizer, .learningRate, .schedule, .startRate, .warmup, .batchSize, .epochs,
    .earlyStopping, .patience, .gradientAccumulation, .gradientClipping, .regularization,
    .weightDecay, .weightAveraging, .classWeights, .labelSmoothing, .metrics, .seed, .checkpoint,
  ]

  /// The guide to the key at a path.
  public static func at(_ path: SpecPath) -> KeyGuide? { all.first { $0.path == path } }
}
