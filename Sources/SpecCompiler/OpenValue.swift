import NetworkGraph
import SpecSyntax
import Tables

/// A value that the author may leave open: where it stands, and how a decision on it gets into a
/// spec that was read before.
struct OpenValue: Sendable {
  let path: SpecPath
  private let put: @Sendable (Node, inout Spec) -> Void

  private init<Value>(
    _ path: SpecPath, _ type: FieldType<Value>,
    put: @escaping @Sendable (Setting<Value>, inout Spec) -> Void
  ) {
    self.path = path
    self.put = { node, spec in
      if let value = read(node, as: type) { put(.value(value), &spec) }
    }
  }

  /// Puts what stands in a node into a spec.
  func put(_ node: Node, into spec: inout Spec) { put(node, &spec) }

  /// What depends on nothing comes first; each value may depend on those before it.
  static let all = [
    OpenValue("data.task", .choice(TaskKind.choices)) { $1.data.task = $0 },
    OpenValue("data.category.encode", .choice(CategorySection.Encoding.choices)) {
      $1.data.category.encode = $0
    },
    OpenValue("data.target_scale", .choice(TargetScale.choices)) { $1.data.targetScale = $0 },
    OpenValue("training.loss", .loss) { $1.training.loss = $0 },
    OpenValue("model.hidden_layers", ModelSection.widths) { $1.model.hiddenLayers = $0 },
    OpenValue("model.initializer", .initializer) { $1.model.initializer = $0 },
    OpenValue("training.optimizer", .optimizer) { $1.training.optimizer = $0 },
    OpenValue("training.learning_rate.start", .positive) { $1.training.learningRate.start = $0 },
    OpenValue("training.batch_size", .positive) { $1.training.batchSize = $0 },
    OpenValue("training.epochs", .positive) { $1.training.epochs = $0 },
    OpenValue("training.early_stopping", EarlyStoppingSpec.type.orNone) {
      $1.training.earlyStopping = $0
    },
    OpenValue("training.metrics", .list(of: .text("metric"))) { $1.training.metrics = $0 },
  ]
}
