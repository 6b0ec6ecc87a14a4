public import NetworkGraph
public import SpecSyntax

/// How the network learns.
public struct TrainingSection: FieldReadable {
  @Located public var loss: Setting<any Loss>
  @Located public var optimizer: Setting<any Optimizer>
  public var learningRate: LearningRateSpec
  @Located public var batchSize: Setting<Int>
  @Located public var epochs: Setting<Int>
  @Located public var earlyStopping: Setting<EarlyStoppingSpec?>
  @Located public var gradientAccumulation: Int
  @Located public var gradientClipping: GradientClippingSpec?
  @Located public var regularization: RegularizationSpec?
  @Located public var weightAveraging: WeightAveraging?
  @Located public var classWeights: ClassWeights
  @Located public var labelSmoothing: Double
  @Located public var metrics: Setting<[String]>
  @Located public var seed: Int
  @Located public var checkpoint: CheckpointSpec?

  public init(reading fields: inout FieldReader) {
    _loss = fields.auto(
      "loss", .loss, doc: "What training makes small.")
    _optimizer = fields.auto(
      "optimizer", .optimizer, doc: "How a gradient becomes a step.")
    learningRate = fields.section(
      "learning_rate", LearningRateSpec.self, shorthand: "start",
      doc: "The size of each step: a number, or a schedule with its fields.")
    _batchSize = fields.auto(
      "batch_size", .positive, doc: "Rows of each step's gradient.")
    _epochs = fields.auto(
      "epochs", .positive, doc: "Passes over the training rows, at the most.")
    _earlyStopping = fields.auto(
      "early_stopping", EarlyStoppingSpec.type.orNone,
      doc: "When to stop before the last epoch; `none` never stops early.")
    _gradientAccumulation = fields.field(
      "gradient_accumulation", .integer(1...1_000_000), default: 1,
      doc: """
        Batches whose gradients make one step together, as one large batch would; steps, and \
        schedules with them, are counted after it.
        """)
    _gradientClipping = fields.optional(
      "gradient_clipping", .section(show: { $0.text }),
      doc: "Keeps single gradients from throwing the weights far off.")
    _regularization = fields.optional(
      "regularization", RegularizationSpec.type,
      doc: """
        Penalties on the weights, not on biases and normalizations; the reported loss leaves them \
        out.
        """)
    _weightAveraging = fields.optional(
      "weight_averaging", WeightAveraging.type,
      doc: """
        Makes the mean of the weights over training the model: validation, the best epoch and the \
        finished run use it as soon as there is one. Running statistics of batch normalization \
        are averaged with the weights.
        """)
    _classWeights = fields.field(
      "class_weights", ClassWeights.type, default: .none,
      doc: "How much each class counts: `none`, `balanced`, or a mapping of classes to weights.")
    _labelSmoothing = fields.field(
      "label_smoothing", .fraction, default: 0,
      doc: "The share of each label that is spread over all classes.")
    _metrics = fields.auto(
      "metrics", .list(of: .text("metric")),
      doc: "What is measured on the validation and test rows.")
    _seed = fields.field(
      "seed", .nonNegative, default: 42,
      doc: "Seed of the weights, the order of rows and dropout.")
    _checkpoint = fields.optional(
      "checkpoint", .section(show: { "{every: \($0.every)}" }),
      doc: """
        When the state of training is saved, to go on from there with `--resume`; `none` saves \
        about once a minute. When interrupted, it is always saved.
        """)
  }
}

/// The text of a loss as a spec writes it.
func lossText(_ loss: any Loss) -> String { type(of: loss).name }
/// The text of an optimiser as a spec writes it.
func optimizerText(_ optimizer: any Optimizer) -> String { type(of: optimizer).name }

/// When training stops before the last epoch.
public struct EarlyStoppingSpec: FieldReadable {
  @Located public var monitor: String
  @Located public var patience: Int
  @Located public var minDelta: Double
  @Located public var restoreBest: Bool

  public init(reading fields: inout FieldReader) {
    _monitor = fields.field(
      "monitor", .text("measure"), default: "validation.loss",
      doc: "What has to improve: `validation.loss`, `training.loss` or `validation.METRIC`.")
    _patience = fields.field(
      "patience", .positive, default: 20, doc: "Epochs without improvement before stopping.")
    _minDelta = fields.field(
      "min_delta", .nonNegative, default: 0.0001, doc: "The least change that counts.")
    _restoreBest = fields.field(
      "restore_best", .boolean, default: true,
      doc: "Whether the weights of the best epoch are kept.")
  }

  static var type: FieldType<EarlyStoppingSpec> {
    .section { spec in
      """
      {monitor: \(spec.monitor), patience: \(spec.patience), \
      min_delta: \(numberText(spec.minDelta)), restore_best: \(spec.restoreBest)}
      """
    }
  }
}

/// How large gradients are cut.
public struct GradientClippingSpec: FieldReadable {
  @Located public var norm: Double?
  @Located public var value: Double?

  public init(reading fields: inout FieldReader) {
    _norm = fields.optional(
      "norm", .positive, doc: "The greatest length of the whole gradient.")
    _value = fields.optional(
      "value", .positive, doc: "The greatest size of any one component.")
    let isUnlimited = ["norm", "value"].allSatisfy { name in
      fields.node(name).map { $0.scalar?.isNull == true || $0.scalar?.text == "none" } ?? true
    }
    if isUnlimited {
      fields.reportMissing(
        .emptyClipping(at: fields.range, path: fields.path), or: ["norm", "value"])
    }
  }

  var text: String {
    let parts = [norm.map { "norm: \(numberText($0))" }, value.map { "value: \(numberText($0))" }]
    return "{" + parts.compactMap { $0 }.joined(separator: ", ") + "}"
  }
}

/// How much each class counts.
public enum ClassWeights: Sendable, Equatable {
  case none
  /// Each class by rows / (classes · rows of the class).
  case balanced
  /// By name; classes that are not named count 1.
  case named([NamedValue<Double>])

  static var type: FieldType<ClassWeights> {
    .scalarOr(
      .choice([("none", false, "all classes alike"), ("balanced", true, "rare classes more")]),
      .map(of: .positive),
      first: { $0 ? .balanced : .none }, second: { .named($0) },
      show: { weights in
        switch weights {
        case .none: "none"
        case .balanced: "balanced"
        case .named(let values):
          "{" + values.map { "\(scalarText($0.name)): \(numberText($0.value))" }
            .joined(separator: ", ") + "}"
        }
      })
  }
}

/// When the state of training is saved; the finished run keeps the last one.
public struct CheckpointSpec: FieldReadable {
  @Located public var every: Int

  public init(reading fields: inout FieldReader) {
    _every = fields.field("every", .positive, default: 10,
      doc: "Epochs between two checkpoints; one more follows the last epoch and stays in the run.")
  }
}
